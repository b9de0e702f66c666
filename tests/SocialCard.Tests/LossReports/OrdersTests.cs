using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

/// <summary>
/// What a card comes to when two messages about it arrive in either order. A row is the one that arrives first, a column the one that
/// arrives second; the time beside it is when it happened, and all of them arrive at noon. A cell says where the card stands: its
/// social-security and its financial application; where one is on a loss report, which kind and since when, and in brackets what it is
/// beneath. Both orders of a pair come to the same; where they may not, the cell says why after a semicolon.
/// </summary>
/// <remarks>
/// Elsewhere: contribution records count by their revision (<c>ContributionTotalsTests</c>), civil events by their day
/// (<c>CivilTransitionsTests</c>); fee, production and its failure follow from each other, so one that comes out of order is of another
/// order (<c>ReissueTransitionsTests</c>); two days of receipt contradict each other, and the second is refused for somebody to look at
/// (<c>CardTransitionsTests</c>).
/// </remarks>
public sealed class OrdersTests
{
    // An issued card of Suzhou, where the bank's report suspends both applications.
    private const string Issued = """
        | first \ second  | activated 09:00                                     | used 09:10                                            | password 09:30                                        | formal 09:50                                                                                                     | released 09:55                                        | temporary 10:00                                                                                                        | used 10:10                                                                                                     | activated 10:20                                     | released 10:30    |
        |-----------------|-----------------------------------------------------|-------------------------------------------------------|-------------------------------------------------------|------------------------------------------------------------------------------------------------------------------|-------------------------------------------------------|------------------------------------------------------------------------------------------------------------------------|----------------------------------------------------------------------------------------------------------------|-----------------------------------------------------|-------------------|
        | activated 09:00 | sealed / active                                     | active / active                                       | sealed / active                                       | formal 09:50 (sealed) / formal 09:50 (active)                                                                    | sealed / active                                       | temporary 10:00 (sealed) / temporary 10:00 (active)                                                                    | active / active                                                                                                | sealed / active                                     | sealed / active   |
        | used 09:10      | active / active                                     | active / inactive                                     | active / inactive                                     | formal 09:50 (active) / formal 09:50 (inactive)                                                                  | active / inactive                                     | temporary 10:00 (active) / temporary 10:00 (inactive)                                                                  | active / inactive                                                                                              | active / active                                     | active / inactive |
        | password 09:30  | sealed / active                                     | active / inactive                                     | sealed / inactive                                     | formal 09:50 (sealed) / formal 09:50 (inactive)                                                                  | sealed / inactive                                     | temporary 10:00 (sealed) / temporary 10:00 (inactive)                                                                  | active / inactive                                                                                              | sealed / active                                     | sealed / inactive |
        | formal 09:50    | formal 09:50 (sealed) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (inactive)       | formal 09:50 (sealed) / formal 09:50 (inactive)       | formal 09:50 (sealed) / formal 09:50 (inactive)                                                                  | sealed / inactive                                     | formal 09:50 (sealed) / formal 09:50 (inactive)                                                                        | formal 09:50 (sealed) / formal 09:50 (inactive); a use does not activate a card that is known to be lost       | formal 09:50 (sealed) / formal 09:50 (active)       | sealed / inactive |
        | released 09:55  | sealed / active                                     | active / inactive                                     | sealed / inactive                                     | sealed / inactive                                                                                                | sealed / inactive                                     | temporary 10:00 (sealed) / temporary 10:00 (inactive)                                                                  | active / inactive                                                                                              | sealed / active                                     | sealed / inactive |
        | temporary 10:00 | temporary 10:00 (sealed) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (inactive) | temporary 10:00 (sealed) / temporary 10:00 (inactive) | formal 09:50 (sealed) / formal 09:50 (inactive)                                                                  | temporary 10:00 (sealed) / temporary 10:00 (inactive) | temporary 10:00 (sealed) / temporary 10:00 (inactive)                                                                  | temporary 10:00 (sealed) / temporary 10:00 (inactive); a use does not activate a card that is known to be lost | temporary 10:00 (sealed) / temporary 10:00 (active) | sealed / inactive |
        | used 10:10      | active / active                                     | active / inactive                                     | active / inactive                                     | formal 09:50 (active) / formal 09:50 (inactive); what was granted before the loss was heard of is not taken back | active / inactive                                     | temporary 10:00 (active) / temporary 10:00 (inactive); what was granted before the loss was heard of is not taken back | active / inactive                                                                                              | active / active                                     | active / inactive |
        | activated 10:20 | sealed / active                                     | active / active                                       | sealed / active                                       | formal 09:50 (sealed) / formal 09:50 (active)                                                                    | sealed / active                                       | temporary 10:00 (sealed) / temporary 10:00 (active)                                                                    | active / active                                                                                                | sealed / active                                     | sealed / active   |
        | released 10:30  | sealed / active                                     | active / inactive                                     | sealed / inactive                                     | sealed / inactive                                                                                                | sealed / inactive                                     | sealed / inactive                                                                                                      | active / inactive                                                                                              | sealed / active                                     | sealed / inactive |
        """;

    // A card of Suzhou that was reported by phone at 10:00, for a limited time and on both applications.
    private const string ReportedByPhone = """
        | first \ second  | temporary 09:50                                     | formal 09:50                                        | released 09:55                                      | used 09:40                                          | used 10:10                                          | formal 10:25                                  | released 10:30  |
        |-----------------|-----------------------------------------------------|-----------------------------------------------------|-----------------------------------------------------|-----------------------------------------------------|-----------------------------------------------------|-----------------------------------------------|-----------------|
        | temporary 09:50 | temporary 09:50 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active)       | temporary 10:00 (active) / temporary 10:00 (active) | temporary 09:50 (active) / temporary 09:50 (active) | temporary 09:50 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active) | active / active |
        | formal 09:50    | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active)       | temporary 10:00 (active) / temporary 10:00 (active) | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active) | active / active |
        | released 09:55  | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | formal 10:00 (active) / formal 10:00 (active) | active / active |
        | used 09:40      | temporary 09:50 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active)       | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | formal 10:00 (active) / formal 10:00 (active) | active / active |
        | used 10:10      | temporary 09:50 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active)       | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | temporary 10:00 (active) / temporary 10:00 (active) | formal 10:00 (active) / formal 10:00 (active) | active / active |
        | formal 10:25    | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active)       | formal 10:00 (active) / formal 10:00 (active)       | formal 10:00 (active) / formal 10:00 (active)       | formal 10:00 (active) / formal 10:00 (active)       | formal 10:00 (active) / formal 10:00 (active) | active / active |
        | released 10:30  | active / active                                     | active / active                                     | active / active                                     | active / active                                     | active / active                                     | active / active                               | active / active |
        """;

    // A card of Wuxi whose social-security application was reported by phone at 10:00; the bank's formal report is passed on to it.
    private const string SocialReportedByPhone = """
        | first \ second  | temporary 09:50                                     | formal 09:50                                  | released 09:55                                | used 09:40                                          | used 10:10                                          | formal 10:25                                  | released 10:30                    |
        |-----------------|-----------------------------------------------------|-----------------------------------------------|-----------------------------------------------|-----------------------------------------------------|-----------------------------------------------------|-----------------------------------------------|-----------------------------------|
        | temporary 09:50 | temporary 10:00 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active) | temporary 10:00 (active) / active             | temporary 10:00 (active) / temporary 09:50 (active) | temporary 10:00 (active) / temporary 09:50 (active) | formal 10:00 (active) / formal 09:50 (active) | temporary 10:00 (active) / active |
        | formal 09:50    | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active) | temporary 10:00 (active) / active             | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active) | active / active                   |
        | released 09:55  | temporary 10:00 (active) / active                   | temporary 10:00 (active) / active             | temporary 10:00 (active) / active             | temporary 10:00 (active) / active                   | temporary 10:00 (active) / active                   | formal 10:00 (active) / formal 10:25 (active) | temporary 10:00 (active) / active |
        | used 09:40      | temporary 10:00 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active) | temporary 10:00 (active) / active             | temporary 10:00 (active) / active                   | temporary 10:00 (active) / active                   | formal 10:00 (active) / formal 10:25 (active) | temporary 10:00 (active) / active |
        | used 10:10      | temporary 10:00 (active) / temporary 09:50 (active) | formal 09:50 (active) / formal 09:50 (active) | temporary 10:00 (active) / active             | temporary 10:00 (active) / active                   | temporary 10:00 (active) / active                   | formal 10:00 (active) / formal 10:25 (active) | temporary 10:00 (active) / active |
        | formal 10:25    | formal 10:00 (active) / formal 09:50 (active)       | formal 09:50 (active) / formal 09:50 (active) | formal 10:00 (active) / formal 10:25 (active) | formal 10:00 (active) / formal 10:25 (active)       | formal 10:00 (active) / formal 10:25 (active)       | formal 10:00 (active) / formal 10:25 (active) | active / active                   |
        | released 10:30  | temporary 10:00 (active) / active                   | active / active                               | temporary 10:00 (active) / active             | temporary 10:00 (active) / active                   | temporary 10:00 (active) / active                   | active / active                               | temporary 10:00 (active) / active |
        """;

    private static readonly DateTimeOffset Noon = At("12:00");

    public static TheoryData<string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string>();
        foreach (var (start, table) in Tables)
        {
            var rows = Rows(table);
            foreach (var row in rows[1..])
            {
                for (var column = 1; column < row.Length; column++)
                {
                    cells.Add(start, row[0], rows[0][column], row[column]);
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
    [InlineData(nameof(Issued), "activated 09:00", "formal 09:50", "released 09:55", "temporary 10:00", "formal 10:25", "released 10:30")]
    [InlineData(nameof(Issued), "activated 10:20", "formal 09:50", "released 09:55", "temporary 10:00", "password 09:30")]
    [InlineData(nameof(ReportedByPhone), "formal 09:50", "released 09:55", "temporary 10:05", "released 10:10", "formal 10:25")]
    [InlineData(nameof(SocialReportedByPhone), "formal 09:50", "released 10:30", "temporary 10:05", "used 09:40")]
    public void Many_messages_come_to_one_standing_in_every_order(string start, params string[] facts)
    {
        var standings = Permutations(facts).Select(order => Standing(order.Aggregate(Start(start), Take))).Distinct();
        Assert.Single(standings);
    }

    [Fact]
    public void A_release_between_two_reports_leaves_the_later_one_whose_validity_then_ends_it()
    {
        var card = new[] { "formal 09:50", "released 09:55" }.Aggregate(Start(nameof(ReportedByPhone)), Take);
        var report = Assert.Single(card.Loss.Reports);
        Assert.Equal(("cccc-1", LossReportKind.Temporary, At("10:00")), (report.ReportId, report.Kind, report.ReportedAt));
        Given.The(card).Reloaded()
            .When(lost => lost.AdvanceTo(report.Sides.Max(side => side.ExpiresAt!.Value)))
            .Then(back => Assert.Equal((SocialState.Active, FinancialState.Active), (back.Social.State, back.Financial.State)));
    }

    [Fact]
    public void A_formal_report_that_is_heard_of_after_the_temporary_one_holds_when_that_would_have_lapsed() => Given
        .The(Start(nameof(ReportedByPhone)), card => Decide(card, "formal 09:50"))
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
        var card = new[] { "used 10:10", "used 09:10" }.Aggregate(Start(nameof(Issued)), Take);
        Assert.Equal((At("09:10"), At("09:10"), At("09:10")), (card.EnabledAt, card.ActivatedAt, card.Social.Since));
    }

    private static IEnumerable<(string Start, string Table)> Tables =>
    [
        (nameof(Issued), Issued),
        (nameof(ReportedByPhone), ReportedByPhone),
        (nameof(SocialReportedByPhone), SocialReportedByPhone),
    ];

    private static string[][] Rows(string table) =>
        [.. TransitionTable.Rows(table).Where(row => !row[0].StartsWith("--", StringComparison.Ordinal))];

    private static Card Start(string name) => name switch
    {
        nameof(Issued) => LossCards.Issued("320500"),
        nameof(ReportedByPhone) => ByPhone("320500", LossScope.Both),
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

    private static IEnumerable<string[]> Permutations(string[] facts) => facts.Length == 0
        ? [[]]
        : facts.SelectMany(first => Permutations([.. facts.Where(other => other != first)]).Select(rest => (string[])[first, .. rest]));

    private static DateTimeOffset At(string time) =>
        ChinaTime.At(ChinaTime.DateOf(Lost), TimeOnly.Parse(time, CultureInfo.InvariantCulture));
}
