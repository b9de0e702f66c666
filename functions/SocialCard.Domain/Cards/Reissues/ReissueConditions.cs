namespace SocialCard.Domain.Cards;

/// <summary>What a region asks of an application for a new card, and of the loss that it may follow.</summary>
internal static class ReissueConditions
{
    /// <summary>Why no new card can be applied for; null if one can.</summary>
    public static Refusal? NotReissuable(Card card, FileReissue command, RegionPolicy policy, DateTimeOffset now)
    {
        var rules = policy.Reissue;
        if (card.Reissue is { IsLive: true })
        {
            return ReissueRefusals.Running;
        }

        if (card.ReplacedBy is not null || card.Civil.Ended is not null || card.Social.Reason is StateReason.Spare || NeverTookPlace(card))
        {
            return card.HasEnded;
        }

        if (command.Channel is ServiceChannel.Online && rules.InPersonOnly)
        {
            return ReissueRefusals.InPersonOnly;
        }

        if (!rules.Deliveries.Contains(command.Delivery)
            || (command is { Channel: ServiceChannel.Online, Delivery: CardDelivery.Instant }))
        {
            return ReissueRefusals.DeliveryNotOffered;
        }

        if (command.Waiver is { } waiver && !rules.Waivers.Contains(waiver))
        {
            return ReissueRefusals.WaiverNotOffered;
        }

        if (command.Reason is ReissueReason.BankChanged && command.BankId == card.BankId)
        {
            return ReissueRefusals.SameBank;
        }

        var today = ChinaTime.DateOf(now);
        if (command.Reason is ReissueReason.Expired && card.ReceivedOn is not null
            && (card with { Term = card.Term ?? CardTerm.Of(rules) }).Validity.RenewableFrom is { } from && today < from)
        {
            return ReissueRefusals.NotRenewableYet(from);
        }

        var isMinor = policy.Activation.IsMinor(command.HolderBirthDate, today);
        return command.Agent is { } agent ? agent.NotAccepted(rules.Agent, isMinor, today, policy.Activation.GuardianDocuments)
            : isMinor ? Refusal.GuardianRequired
            : null;
    }

    /// <summary>Whether the card counts as lost: what is suspended because it is lost is lost, whatever else is said of it.</summary>
    public static bool IsLoss(Card card, ReissueReason reason) =>
        card.Social.State is not SocialState.Cancelled
        && (reason is ReissueReason.Lost or ReissueReason.Stolen or ReissueReason.PasswordLeaked || card.Loss.Reports.Count > 0);

    /// <summary>Whether the application takes the formal loss report in the same visit.</summary>
    public static bool TakesReport(Card card, ReissuePolicy rules) =>
        rules.LossPrecondition is ReissuePrecondition.SameVisit && FormalLossOf(card) is null;

    /// <summary>Why the loss is not proven as the region asks; null if it is.</summary>
    public static Refusal? LossNotProven(Card card, FileReissue command, ReissuePolicy rules, DateTimeOffset now) =>
        (rules.LossPrecondition, FormalLossOf(card)) switch
        {
            (ReissuePrecondition.None, _) => null,
            (_, null) => ReissueRefusals.FormalReportRequired,
            (ReissuePrecondition.ReportPeriodOver, { } report) when report.Sides.Any(side => side.ExpiresAt > now) =>
                ReissueRefusals.ReportPeriodRunning,
            (_, { } report)
                when rules.Where is ServicePlace.AcceptingPoint && report.By != command.By => ReissueRefusals.AcceptingPointOnly,
            _ => null,
        };

    /// <summary>The formal loss report that holds for the card.</summary>
    public static LossReport? FormalLossOf(Card card) => card.Loss.Reports.FirstOrDefault(report => report.Kind is LossReportKind.Formal);

    /// <summary>The formal loss report that an application takes with it.</summary>
    public static ReportLoss FormalReportOf(FileReissue command, RegionPolicy policy) => new(
        command.ReportId,
        LossReportKind.Formal,
        command.Reason switch
        {
            ReissueReason.Stolen => LossReason.Stolen,
            ReissueReason.PasswordLeaked => LossReason.PasswordLeaked,
            _ => LossReason.Lost,
        },
        policy.LossReports.Formal.Linkage.For(command.Channel) is LossLinkage.BothRequired ? LossScope.Both : LossScope.Social,
        command.Channel,
        command.By,
        new LossReporter(command.HolderBirthDate, command.Agent));

    // The card before it goes on, and it is for that one that a new card is applied for.
    private static bool NeverTookPlace(Card card) =>
        card is { Replaces: not null, ReceivedOn: null, Social.State: SocialState.Cancelled };
}
