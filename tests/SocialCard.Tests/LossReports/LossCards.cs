using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.LossReports;

/// <summary>Cards to lose, and the commands of a holder who has lost one on a Saturday morning.</summary>
internal static class LossCards
{
    public const string Desk = "desk-1";

    public static readonly RegionPolicies Regions = RegionPolicies.Load();
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Load();

    /// <summary>Saturday, 2026-03-07, 10:30 China Standard Time.</summary>
    public static readonly DateTimeOffset Lost = ChinaTime.At(new DateOnly(2026, 3, 7), new TimeOnly(10, 30));

    private static readonly DateOnly Received = new(2026, 1, 5);
    private static readonly LossReporter Holder = new(new DateOnly(1990, 1, 1));

    /// <summary>A card of a region, received and with both applications active.</summary>
    public static Card Active(string region)
    {
        var card = Awaiting(region).Activation.ActivateFinancial(Lost.AddDays(-2), Policy(region).Activation).Card!;
        return card.Social.State is SocialState.Active ? card : card with { Social = new(SocialState.Active, null, Lost.AddDays(-1)) };
    }

    /// <summary>A card of a region that was received and not activated.</summary>
    public static Card Awaiting(string region) =>
        Issued(region).Activation.Receive(Received, Policy(region).Activation, ChinaTime.StartOf(Received)).Card!;

    public static Card Issued(string region) =>
        Card.Register(CardNumber.Parse("123456789"), People.Holder, region, "bank-1", 3, ChinaTime.StartOf(Received)).Card!;

    public static RegionPolicy Policy(string region) => Regions.For(region);

    public static ReportLoss Report(
        LossReportKind kind,
        LossScope scope,
        ServiceChannel channel,
        string id = "r1",
        Agent? agent = null,
        LossReason reason = LossReason.Lost) =>
        new(id, kind, reason, scope, channel, Desk, Holder with { Agent = agent }, BankPasswordVerified: true);

    public static FormalizeLoss Formalize(ServiceChannel channel, string id = "r2") =>
        new("r1", id, channel, Desk, Holder, BankPasswordVerified: true);

    public static ReleaseLoss Release(ServiceChannel channel, string id = "r1", string by = Desk, Agent? agent = null) =>
        new(id, channel, by, Holder with { Agent = agent });

    public static Decision<Card> ReportLoss(this Card card, ReportLoss command, DateTimeOffset? at = null) =>
        card.LossReports.Report(command, Policy(card.RegionCode), Calendar, at ?? Lost);

    public static Decision<Card> FormalizeLoss(this Card card, FormalizeLoss command, DateTimeOffset at) =>
        card.LossReports.Formalize(command, Policy(card.RegionCode), Calendar, at);

    public static Decision<Card> ReleaseLoss(this Card card, ReleaseLoss command, DateTimeOffset at) =>
        card.LossReports.Release(command, Policy(card.RegionCode), at).Made;
}
