using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    internal const int CurrentGeneration = 3;

    /// <summary>The latest application for a new card in place of this one.</summary>
    public Reissue? Reissue { get; init; }

    /// <summary>When new cards were applied for within the last month, oldest first; a new card takes them over.</summary>
    public IReadOnlyList<DateTimeOffset> ReissuesFiled { get; init; } = [];

    /// <summary>The reissue by which this card was issued; null for a first card.</summary>
    public string? IssuedByReissue { get; init; }

    /// <summary>When a card that replaces another was first used at a hospital or pharmacy.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>
    /// A new card is applied for. Where the region takes the formal loss report in the same visit, the application takes it;
    /// where no fee is due, the card is ordered at once; where the region says so, the old card ends with it.
    /// </summary>
    public Decision<Card> FileReissue(FileReissue command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new CardChange(this);
        change.SettleReissue(now);
        if (change.Card.NotReissuable(command, policy, now) is { } refusal)
        {
            return refusal;
        }

        // What is suspended because it is lost is lost, whatever else is said of it.
        var rules = policy.Reissue;
        var isLoss = command.Reason is ReissueReason.Lost or ReissueReason.Stolen or ReissueReason.PasswordLeaked || FormalLoss is not null
            || Loss.Reports.Count > 0;
        if (isLoss && Social.State is not SocialState.Cancelled)
        {
            if (rules.LossPrecondition is ReissuePrecondition.SameVisit && FormalLoss is null)
            {
                var reported = change.Card.LossReports.Report(FormalReportOf(command, policy), policy, calendar, now);
                if (reported.Refusal is { } notReported)
                {
                    return notReported;
                }

                change.Take(reported);
            }
            else if (LossNotProven(command, rules, now) is { } unproven)
            {
                return unproven;
            }
        }

        change.FileReissue(command, rules, calendar, now);
        var voidAt = rules.OldCardVoidAt;
        if (voidAt is OldCardVoid.Application || (voidAt is OldCardVoid.FormalReport && change.Card.FormalLoss is not null))
        {
            change.CancelAsReplaced(now);
        }

        return change.Decision;
    }

    /// <summary>The fee is paid, and the card ordered.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="amountYuan">How much, in yuan.</param>
    /// <param name="receipt">The number of the receipt.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> PayReissue(string reissueId, int amountYuan, string? receipt, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running || running.PayBy <= now && running.State is ReissueState.AwaitingPayment)
        {
            return ReissueRefusals.NotRunning;
        }

        if (running.State is not ReissueState.AwaitingPayment)
        {
            return ReissueRefusals.FeeNotDue;
        }

        if (amountYuan != running.FeeYuan)
        {
            return ReissueRefusals.FeeMismatch(running.FeeYuan);
        }

        var change = new CardChange(this);
        change.With(running with { PaidAt = now }, new ReissueFeePaid(reissueId, amountYuan, receipt));
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it took the fee. If none is due, nobody is there to be told no, and the card notes it.</summary>
    public Decision<Card> ReportReissuePayment(string reissueId, int amountYuan, WorkingCalendar calendar, DateTimeOffset now)
    {
        var decision = PayReissue(reissueId, amountYuan, null, calendar, now);
        return decision.Refusal is { } refusal
            ? Decision.RefusedAndNoted(this, refusal, new ReissueFeeRefused(reissueId, amountYuan, refusal.Code))
            : decision;
    }

    /// <summary>The application is withdrawn: until the card is ordered, or when operations must decide about another order.</summary>
    public Decision<Card> CancelReissue(string reissueId, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (running is not ({ State: ReissueState.AwaitingPayment } or { AwaitsOperations: true }))
        {
            return ReissueRefusals.InProduction;
        }

        var change = new CardChange(this);
        change.EndReissue(ReissueCancellation.Requested);
        return change.Decision;
    }

    /// <summary>Operations order the card again after the orders that the service makes by itself have failed.</summary>
    public Decision<Card> OrderReissueAgain(string reissueId, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (!running.AwaitsOperations)
        {
            return ReissueRefusals.NothingToDecide;
        }

        var change = new CardChange(this);
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it has made the card. A card that cannot be the new one is refused, and the card notes it.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="newCard">The new card's number.</param>
    /// <param name="isInUse">Whether a card with that number is registered that this reissue did not bring about.</param>
    /// <param name="bankId">The bank.</param>
    public Decision<Card> ReportProduction(string reissueId, CardNumber newCard, bool isInUse, string bankId)
    {
        if (RunningReissue(reissueId) is { } running && running.BankId == bankId)
        {
            if (running.NewCardNumber == newCard)
            {
                return Decision.Unchanged(this);
            }

            if (running.NewCardNumber is null && running.State is ReissueState.InProduction && !isInUse && newCard != Number)
            {
                var change = new CardChange(this);
                change.With(
                    running with { NewCardNumber = newCard, AwaitsOperations = false }, new NewCardProduced(reissueId, newCard));
                return change.Decision;
            }

            return Refused(running.NewCardNumber is null && running.State is ReissueState.InProduction
                ? ReissueRefusals.NumberInUse : ReissueRefusals.AlreadyProduced);
        }

        // A completed reissue is over, but its bank may tell of it once more.
        return Reissue?.ReissueId == reissueId && Reissue is { State: ReissueState.Completed } && Reissue.NewCardNumber == newCard
            ? Decision.Unchanged(this)
            : Refused(ReissueRefusals.NotRunning);

        Decision<Card> Refused(Refusal refusal) =>
            Decision.RefusedAndNoted(this, refusal, new NewCardRefused(reissueId, newCard, refusal.Code));
    }

    /// <summary>The bank says that it could not make the card: it is ordered again, or operations decide.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="orderId">The order that failed; the current one where the bank names none.</param>
    /// <param name="bankId">The bank.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> ReportProductionFailure(string reissueId, string? orderId, string bankId, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running || running.BankId != bankId)
        {
            return ReissueRefusals.NotRunning;
        }

        // The report of an order that failed before comes again.
        if (running is not { State: ReissueState.InProduction, NewCardNumber: null, AwaitsOperations: false }
            || (orderId is not null && orderId != running.OrderId))
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        change.FailProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>What has fallen due, or has happened to the new card, takes its effect on this one.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="newCard">What the new card says; null while there is none.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="asOf">The time by which deadlines are judged.</param>
    public Decision<Card> AdvanceReissue(string reissueId, NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new CardChange(this);
        if (RunningReissue(reissueId) is not null)
        {
            change.SettleReissue(asOf);
            change.Produce(newCard, calendar, asOf);
            change.HandOut(newCard, calendar, asOf);
            change.TakeOver(newCard, asOf);
        }

        return change.Decision;
    }

    /// <summary>The new card that a reissue brings about: of the same holder, with a life of its own ahead.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">No new card has been produced.</exception>
    public Decision<Card> RegisterReplacement(DateTimeOffset now)
    {
        if (Reissue is not { NewCardNumber: { } number } reissue)
        {
            throw new InvalidOperationException("No new card has been produced.");
        }

        var registered = Register(number, Holder, RegionCode, reissue.BankId, CurrentGeneration, now);
        return Decision.Changed(
            registered.Card! with
            {
                Replaces = Number,
                IssuedByReissue = reissue.ReissueId,
                ReissuesFiled = ReissuesFiled,
                Civil = Civil with { Ended = null, IssuedIn = null },
            },
            [.. registered.Events, new ReplacementIssued(Number, reissue.ReissueId)]);
    }

    /// <summary>A new card that nobody fetched ends, unless its holder has it after all.</summary>
    public Decision<Card> CancelUnclaimed(DateTimeOffset asOf)
    {
        if (ReceivedOn is not null || Social.State is SocialState.Cancelled)
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        change.Cancel(StateReason.Unclaimed, asOf, new CardCancelled(StateReason.Unclaimed));
        return change.Decision;
    }

    internal LossReport? FormalLoss => Loss.Reports.FirstOrDefault(report => report.Kind is LossReportKind.Formal);

    internal Reissue? RunningReissue(string reissueId) =>
        Reissue is { IsLive: true } running && running.ReissueId == reissueId ? running : null;

    internal Refusal? NotReissuable(FileReissue command, RegionPolicy policy, DateTimeOffset now)
    {
        var rules = policy.Reissue;
        if (Reissue is { IsLive: true })
        {
            return ReissueRefusals.Running;
        }

        if (ReplacedBy is not null || Civil.Ended is not null)
        {
            return Refusal.CardCancelled;
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

        if (command.Reason is ReissueReason.BankChanged && command.BankId == BankId)
        {
            return ReissueRefusals.SameBank;
        }

        var today = ChinaTime.DateOf(now);
        if (command.Reason is ReissueReason.Expired && ReceivedOn is { } received && RenewableFrom(received, rules) is var from && today < from)
        {
            return ReissueRefusals.NotRenewableYet(from);
        }

        var isMinor = policy.Activation.IsMinor(command.HolderBirthDate, today);
        return command.Agent is { } agent ? agent.NotAccepted(rules.Agent, isMinor, today)
            : isMinor ? Refusal.GuardianRequired
            : null;
    }

    internal static DateOnly RenewableFrom(DateOnly received, ReissuePolicy rules)
    {
        var end = received.AddYears(rules.ValidityYears);
        return rules.RenewableBefore.Unit is PeriodUnit.Months
            ? end.AddMonths(-rules.RenewableBefore.Quantity) : end.AddDays(-rules.RenewableBefore.Quantity);
    }

    internal Refusal? LossNotProven(FileReissue command, ReissuePolicy rules, DateTimeOffset now) => (rules.LossPrecondition, FormalLoss) switch
    {
        (ReissuePrecondition.None, _) => null,
        (_, null) => ReissueRefusals.FormalReportRequired,
        (ReissuePrecondition.ReportPeriodOver, { } report) when report.Sides.Any(side => side.ExpiresAt > now) =>
            ReissueRefusals.ReportPeriodRunning,
        (_, { } report) when rules.Where is ServicePlace.AcceptingPoint && report.By != command.By => ReissueRefusals.AcceptingPointOnly,
        _ => null,
    };

    internal static ReportLoss FormalReportOf(FileReissue command, RegionPolicy policy) => new(
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
}
