using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Tests.LossReports;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.Orders;

/// <summary>
/// What a card comes to when two messages about losses, activations, uses and passwords arrive in either order, as
/// <see cref="OrdersDocument"/> says.
/// </summary>
public sealed class LossOrdersTests
{
    private const string Issued = "A card that was issued";
    private const string ReportedByPhone = "A card that was reported by phone";
    private const string SocialReportedByPhone = "A card whose social-security application was reported by phone";

    private static readonly DateTimeOffset Noon = At("12:00");

    public static TheoryData<string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string>();
        foreach (var start in new[] { Issued, ReportedByPhone, SocialReportedByPhone })
        {
            var (head, rows) = OrdersDocument.Table(start);
            foreach (var row in rows)
            {
                for (var column = 1; column < row.Length; column++)
                {
                    cells.Add(start, row[0], head[column], row[column]);
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Two_messages_come_to_one_standing_whichever_arrives_first(string start, string first, string second, string cell)
    {
        var card = Take(Take(Start(start), first), second);
        var (standing, why) = cell.Split(';') is [var text, var reason] ? (text, reason) : (cell, null);
        Assert.Equal(standing, Standing(card));
        if (why is null)
        {
            Assert.Equal(Whole(Take(Take(Start(start), second), first)), Whole(card));
        }
    }

    [Theory]
    [InlineData(Issued, "activated 09:00", "formal 09:50", "released 09:55", "temporary 10:00", "formal 10:25", "released 10:30")]
    [InlineData(Issued, "activated 10:20", "formal 09:50", "released 09:55", "temporary 10:00", "password 09:30")]
    [InlineData(ReportedByPhone, "formal 09:50", "released 09:55", "temporary 10:05", "released 10:10", "formal 10:25")]
    [InlineData(SocialReportedByPhone, "formal 09:50", "released 10:30", "temporary 10:05", "used 09:40")]
    public void Many_messages_come_to_one_standing_in_every_order(string start, params string[] facts)
    {
        var standings = OrdersDocument.Permutations(facts).Select(order => Standing(order.Aggregate(Start(start), Take))).Distinct();
        Assert.Single(standings);
    }

    [Fact]
    public void A_release_between_two_reports_leaves_the_later_one_whose_validity_then_ends_it()
    {
        var card = new[] { "formal 09:50", "released 09:55" }.Aggregate(Start(ReportedByPhone), Take);
        var report = Assert.Single(card.Loss.Reports);
        Assert.Equal(("cccc-1", LossReportKind.Temporary, At("10:00")), (report.ReportId, report.Kind, report.ReportedAt));
        Given.The(card).Reloaded()
            .When(lost => lost.AdvanceTo(report.Sides.Max(side => side.ExpiresAt!.Value)))
            .Then(back => Assert.Equal((SocialState.Active, FinancialState.Active), (back.Social.State, back.Financial.State)));
    }

    [Fact]
    public void A_formal_report_that_is_heard_of_after_the_temporary_one_holds_when_that_would_have_lapsed() => Given
        .The(Start(ReportedByPhone), card => Decide(card, "formal 09:50"))
        .When(card => card.AdvanceTo(Noon.AddDays(60)))
        .Then(card => Assert.Equal((StateReason.FormalLoss, StateReason.FormalLoss), (card.Social.Reason, card.Financial.Reason)));

    [Fact]
    public void A_bank_that_releases_what_was_passed_on_frees_what_it_had_suspended() => Given
        .The(Active("320200"))
        .When(card => Decide(card, "formal 09:50"))
        .Then(lost => Assert.Equal(LossLinkage.Shared, Assert.Single(lost.Loss.Reports).Linkage))
        .Then(lost => Assert.Equal((SocialState.Suspended, FinancialState.Suspended), (lost.Social.State, lost.Financial.State)))
        .When(card => Decide(card, "released 10:30"))
        .Then(card => Assert.Equal((SocialState.Active, FinancialState.Active), (card.Social.State, card.Financial.State)));

    [Fact]
    public void An_earlier_use_that_is_heard_of_later_says_when_the_card_was_activated()
    {
        var card = new[] { "used 10:10", "used 09:10" }.Aggregate(Start(Issued), Take);
        Assert.Equal((At("09:10"), At("09:10"), At("09:10")), (card.EnabledAt, card.ActivatedAt, card.Social.Since));
    }

    private static Card Start(string name) => name switch
    {
        Issued => LossCards.Issued("320500"),
        ReportedByPhone => ByPhone("320500", LossScope.Both),
        _ => ByPhone("320200", LossScope.Social),
    };

    private static Card ByPhone(string region, LossScope scope) =>
        Active(region).ReportLoss(Report(LossReportKind.Temporary, scope, ServiceChannel.Phone), At("10:00")).Card!;

    private static Card Take(Card card, string message)
    {
        var decision = Decide(card, message);
        Assert.Null(decision.Refusal?.Code);
        return decision.Card!;
    }

    private static Decision<Card> Decide(Card card, string message)
    {
        var (what, at) = (message.Split(' ')[0], At(message.Split(' ')[1]));
        var policy = Policy(card.RegionCode);
        return what switch
        {
            "activated" => card.Activation.ActivateFinancial(at, policy.Activation),
            "used" => card.Activation.ReportUse(
                new(ServiceChannel.Hospital, UsageOccasion.Outpatient, at, null, null), policy.Activation),
            "password" => card.Passwords.FinancialChanged(at, at),
            "temporary" => card.LossReports.FinancialReported(
                "aaaa", LossReportKind.Temporary, at, policy, LossCards.Calendar, Noon),
            "formal" => card.LossReports.FinancialReported("bbbb", LossReportKind.Formal, at, policy, LossCards.Calendar, Noon),
            _ => card.LossReports.FinancialReleased("cccc", at, Noon),
        };
    }

    private static string Standing(Card card)
    {
        var (social, financial, loss) = (card.Social, card.Financial, card.Loss);
        return Of($"{social.State}", social.Reason, social.Since, $"{loss.Social?.State}")
            + " / " + Of($"{financial.State}", financial.Reason, financial.Since, $"{loss.Financial?.State}");
    }

    // All that a later message or time could make a difference of.
    private static (string, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, FinancialPassword?) Whole(Card card) =>
    (
        Standing(card),
        card.ActivatedAt,
        card.EnabledAt,
        card.FinancialActivatedAt,
        card.Loss.On(CardApplication.Financial)?.Sides.First(side => side.Application is CardApplication.Financial).ExpiresAt,
        card.HeldPasswords.Financial);

    private static string Of(string state, StateReason? reason, DateTimeOffset since, string beneath) => beneath.Length == 0
        ? state.ToLowerInvariant()
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind(reason)} {since.ToOffset(ChinaTime.Offset):HH:mm} ({beneath.ToLowerInvariant()})");

    private static string Kind(StateReason? reason) => reason is StateReason.FormalLoss ? "formal" : "temporary";

    private static DateTimeOffset At(string time) =>
        ChinaTime.At(ChinaTime.DateOf(Lost), TimeOnly.Parse(time, CultureInfo.InvariantCulture));
}
