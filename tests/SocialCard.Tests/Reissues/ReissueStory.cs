using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues;

/// <summary>An old card and the new one that comes of it, driven without any I/O as the workflow drives them.</summary>
internal sealed class ReissueStory
{
    public const string Id = "123456789-0123456789abcdef";
    public const string ReportId = "0123456789abcdef";

    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly DateOnly Born = new(1980, 5, 1);

    public ReissueStory(string region, DateTimeOffset now)
        : this(Regions.For(region), now)
    {
    }

    public ReissueStory(RegionPolicy policy, DateTimeOffset now)
    {
        (Policy, Now) = (policy, now);
        var card = Card.Register(CardNumber.Parse("123456789"), People.Holder, policy.Code, "bank-icbc", 3, now).Card!
            .Activation.Receive(ChinaTime.DateOf(now), policy.Activation, now).Card!;
        Old = card with
        {
            Social = new(SocialState.Active, null, now),
            Financial = new(FinancialState.Active, null, now),
            ActivatedAt = now,
            EnabledAt = now,
        };
    }

    public static WorkingCalendar Calendar { get; } = WorkingCalendar.Load();

    public static CardNumber NewNumber { get; } = CardNumber.Parse("987654321");

    public RegionPolicy Policy { get; }

    public DateTimeOffset Now { get; set; }

    public Card Old { get; private set; }

    public Card? New { get; private set; }

    /// <summary>What happened to the old card.</summary>
    public List<string> Events { get; } = [];

    public Reissue Reissue => Old.Reissue!;

    public static FileReissue Application(
        ReissueReason reason = ReissueReason.Damaged,
        CardDelivery delivery = CardDelivery.PickUp,
        ServiceChannel channel = ServiceChannel.ServiceWindow,
        string by = "bureau",
        string id = Id) => new(id, ReportId, reason, delivery, channel, by, Born);

    /// <summary>Lets the old card decide, and takes its decision.</summary>
    public Decision<Card> Do(Func<Card, Decision<Card>> decide)
    {
        var decision = decide(Old);
        if (decision.Card is { } next)
        {
            Old = next;
            Events.AddRange(decision.Events.Select(happened => happened.Type));
        }

        return decision;
    }

    /// <summary>The same for a report, which the card may refuse and note.</summary>
    public Decision<Card, Refusal> Report(Func<Card, Decision<Card, Refusal>> decide)
    {
        var decision = decide(Old);
        Do(_ => decision.Made);
        return decision;
    }

    public Decision<Card> File(FileReissue command) => Do(card => card.Reissues.File(command, Policy, Calendar, Now));

    public Decision<Card> ReportFormally(string by = "bureau")
    {
        var form = Policy.LossReports.Formal;
        var scope = form.Social.Channels.Contains(ServiceChannel.ServiceWindow) ? ServiceChannel.ServiceWindow : form.Social.Channels[0];
        return Do(card => card.LossReports.Report(
            new("formal", LossReportKind.Formal, LossReason.Lost, LossScope.Social, scope, by, new(Born), BankPasswordVerified: true),
            Policy,
            Calendar,
            Now));
    }

    public Decision<Card, Refusal> Produce(CardNumber? number = null) =>
        Report(card => card.Reissues.ReportProduction(Id, number ?? NewNumber, isInUse: false, "bank-icbc"));

    /// <summary>A step of the workflow.</summary>
    public Decision<Card> Advance(DateTimeOffset? asOf = null)
    {
        Now = asOf ?? Now;
        if (Reissue is { State: ReissueState.InProduction, NewCardNumber: not null })
        {
            New ??= Old.Replacement.Register(Now).Card;
        }

        if (Reissue is { State: ReissueState.Returned } && Reissue.CancelBy <= Now)
        {
            New = New!.Replacement.CancelUnclaimed(Now).Card;
        }

        var facts = New is null ? null : NewCardFacts.Of(New, Id);
        return Do(card => card.Reissues.Advance(Id, facts, Calendar, Now));
    }

    public void ReceiveNew()
    {
        New = New!.Activation.Receive(ChinaTime.DateOf(Now), Policy.Activation, Now).Card!;
        Advance();
    }

    /// <summary>The social-security application of the new card is enabled where it is not used with it.</summary>
    public void EnableNewAtTheWindow() => UseNew(ServiceChannel.ServiceWindow, null);

    public void UseNewAtAHospital() => UseNew(ServiceChannel.Hospital, UsageOccasion.Outpatient);

    private void UseNew(ServiceChannel channel, UsageOccasion? occasion)
    {
        if (Policy.Activation.SocialNeedsFinancial)
        {
            New = New!.Activation.ActivateFinancial(Now, Policy.Activation).Card!;
        }

        var decision = New!.Activation.EnableSocial(new(channel, occasion, Now, Born, null), Policy.Activation);
        Assert.Null(decision.Refusal);
        New = decision.Card!;
        Advance();
    }
}
