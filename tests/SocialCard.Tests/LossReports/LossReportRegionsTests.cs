using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

/// <summary>
/// The whole course of a loss in each region that has rules of its own: reported on Saturday 2026-03-07 at 10:30, left alone,
/// released the next day, or made formal on the Monday.
/// </summary>
public sealed class LossReportRegionsTests
{
    private static readonly DateTimeOffset Sunday = Lost.AddDays(1).AddMinutes(90);
    private static readonly DateTimeOffset Monday = Lost.AddDays(2).AddMinutes(90);

    // S social, F financial; + suspended, ! warned, - works again, x the card is cancelled; day of March and China Standard
    // Time. The release and the formal report are made through a channel; "here" is the point that took the report.
    private const string Table = """
        | region    |        | report                          | left alone                                                      | release       | here | elsewhere              | formal        | is on | release | here              | elsewhere              |
        | Beijing   | 110000 | temporary social phone          | S+ 07T10:30 S! 16T10:30 S- 17T10:30                             | serviceWindow | ok   | ok                     | serviceWindow | S     | bank    | loss-report-final | loss-report-final      |
        | Shanghai  | 310000 | temporary social phone          | S+ 07T10:30 S! 11T10:30 S- 12T10:30                             | serviceWindow | ok   | ok                     | serviceWindow | S     | bank    | ok                | ok                     |
        | Nanjing   | 320100 | temporary social phone          | S+ 07T10:30 S! 11T00:00 S- 12T00:00                             | bank          | ok   | ok                     | serviceWindow | S     | bank    | ok                | ok                     |
        | Suzhou    | 320500 | temporary social phone          | S+ 07T10:30 F+ 07T10:30 S! 13T10:30 F! 13T10:30 S- 14T10:30 F- 14T10:30 | bank  | ok   | ok                     | bank          | SF    | bank    | ok                | ok                     |
        | Wuxi      | 320200 | temporary social phone          | S+ 07T10:30 S! 13T10:30 S- 14T10:30                             | bank          | ok   | ok                     | bank          | SF    | bank    | ok                | loss-release-elsewhere |
        | Yongkang  | 330784 | temporary both phone            | S+ 07T10:30 F+ 07T10:30 F! 11T10:30 F- 12T10:30 S! 16T10:30 S- 17T10:30 | bank  | ok   | ok                     | serviceWindow | S     | bank    | loss-report-final | loss-report-final      |
        | Jinhua    | 330700 | temporary both phone            | S+ 07T10:30 F+ 07T10:30 S! 11T10:30 F! 11T10:30 S- 12T10:30 F- 12T10:30 | bank  | ok   | ok                     | bank          | SF    | bank    | loss-report-final | loss-report-final      |
        | Shaoxing  | 330600 | temporary social phone          | S+ 07T10:30 S! 16T10:30 S- 17T10:30                             | bank          | ok   | ok                     | bank          | S     | bank    | ok                | ok                     |
        | Xi'an     | 610100 | temporary social online         | S+ 07T10:30 S! 13T10:30 S- 14T10:30                             | phone         | ok   | ok                     | bank          | S     | bank    | loss-report-final | loss-report-final      |
        | Changsha  | 430100 | temporary both phone            | S+ 07T10:30 F+ 07T10:30 S! 13T10:30 F! 13T10:30 S- 14T10:30 F- 14T10:30 | bank  | ok   | ok                     | bank          | SF    | bank    | ok                | ok                     |
        | Dongguan  | 441900 | temporary both online           | S+ 07T10:30 F+ 07T10:30 S! 11T10:30 F! 11T10:30 S- 12T10:30 F- 12T10:30 | bank  | ok   | ok                     | bank          | SF    | bank    | ok                | ok                     |
        | Guangzhou | 440100 | temporary social online         | S+ 07T10:30                                                     | bank          | ok   | ok                     | bank          | SF    | bank    | ok                | ok                     |
        | Guangzhou | 440100 | temporary financial bank        | S+ 07T10:30 F+ 07T10:30                                         | bank          | ok   | ok                     | bank          | SF    | bank    | ok                | ok                     |
        | Shantou   | 440500 | temporary social phone          | S+ 07T10:30 S! 11T00:00 S- 12T00:00                             | serviceWindow | ok   | ok                     | serviceWindow | S     | bank    | ok                | ok                     |
        | Shaoguan  | 440200 | formal social serviceWindow     | S+ 07T10:30 S! 21T10:30 x 22T10:30                              | serviceWindow | ok   | ok                     |               |       |         |                   |                        |
        | Putian    | 350300 | temporary social phone          | S+ 07T10:30 S! 13T00:00 S- 14T00:00                             | bank          | ok   | ok                     | bank          | S     | bank    | ok                | ok                     |
        | Zhangzhou | 350600 | formal social phone             | S+ 07T10:30                                                     | bank          | ok   | ok                     |               |       |         |                   |                        |
        | Zhangzhou | 350600 | temporary financial phone       | F+ 07T10:30 F! 11T10:30 F- 12T10:30                             | bank          | ok   | ok                     | bank          | F     | bank    | ok                | ok                     |
        | Fujian    | 350000 | temporary social online         | S+ 07T10:30 S! 16T10:30 S- 17T10:30                             | bank          | ok   | ok                     | serviceWindow | S     | bank    | ok                | ok                     |
        | Changchun | 220100 | temporary both phone            | S+ 07T10:30 F+ 07T10:30                                         | bank          | ok   | ok                     | bank          | SF    | bank    | loss-report-final | loss-report-final      |
        | Jinan     | 370100 | temporary social phone          | S+ 07T10:30 S! 13T10:30 S- 14T10:30                             | bank          | ok   | ok                     | serviceWindow | S     | bank    | ok                | ok                     |
        | Weihai    | 371000 | temporary social phone          | S+ 08T10:30                                                     | serviceWindow | ok   | ok                     | serviceWindow | S     | serviceWindow | ok          | ok                     |
        | Weihai    | 371000 | temporary social kiosk          | S+ 07T10:30                                                     | serviceWindow | ok   | ok                     | serviceWindow | S     | serviceWindow | ok          | ok                     |
        | Xiamen    | 350200 | temporary social online         | S+ 07T10:30 S! 16T10:30 S- 17T10:30                             | bank          | ok   | ok                     | bank          | S     | bank    | ok                | ok                     |
        | nation    | 000000 | temporary social phone          | S+ 07T10:30                                                     | bank          | ok   | ok                     | bank          | S     | bank    | ok                | ok                     |
        """;

    public static TheoryData<string[]> Rows()
    {
        var rows = Table.Split('\n').Skip(1).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());
        return new TheoryData<string[]>(rows);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_loss_takes_the_regions_course(string[] row)
    {
        var (region, leftAlone) = (row[1], row[3]);
        var lost = Active(region).ReportLoss(ReportOf(row[2]));
        Assert.Null(lost.Refusal);
        Assert.Equal(leftAlone, Course(lost));

        var (channel, here, elsewhere) = (ChannelOf(row[4]), row[5], row[6]);
        Assert.Equal(here, Released(lost.Card!, "r1", channel, Desk, Sunday));
        Assert.Equal(elsewhere, Released(lost.Card!, "r1", channel, "desk-2", Sunday));
        if (row[7].Length == 0)
        {
            return;
        }

        var formal = lost.Card!.AdvanceTo(Monday).Card!.FormalizeLoss(Formalize(ChannelOf(row[7])), Monday);
        Assert.Null(formal.Refusal);
        var report = formal.Card!.Loss.Find("r2")!;
        Assert.Equal(row[8], string.Concat(report.Sides.Select(side => Letter(side.Application))));
        Assert.All(
            report.Sides, side => Assert.Equal((LossReportState.Effective, Monday, null), (side.State, side.EffectiveAt, side.ExpiresAt)));
        Assert.All(report.Sides, side => Assert.Equal(StateReason.FormalLoss, ReasonOf(formal.Card!, side.Application)));

        channel = ChannelOf(row[9]);
        Assert.Equal(row[10], Released(formal.Card!, "r2", channel, Desk, Monday.AddDays(1)));
        Assert.Equal(row[11], Released(formal.Card!, "r2", channel, "desk-2", Monday.AddDays(1)));
    }

    [Theory]
    [InlineData("hotline", ServiceChannel.Phone, "bank-1", ServiceChannel.Bank, "ok")]
    [InlineData("hotline", ServiceChannel.Phone, "bureau", ServiceChannel.ServiceWindow, "ok")]
    [InlineData("bank-1", ServiceChannel.Phone, "bank-1", ServiceChannel.Bank, "ok")]
    [InlineData("bank-1", ServiceChannel.Phone, "bureau", ServiceChannel.ServiceWindow, "loss-release-elsewhere")]
    [InlineData("bank-1", ServiceChannel.Bank, "bureau", ServiceChannel.ServiceWindow, "loss-release-elsewhere")]
    public void In_Jinhua_the_point_that_took_a_report_releases_it_where_there_is_one(
        string takenBy, ServiceChannel reported, string releasedBy, ServiceChannel released, string expected)
    {
        var report = Report(LossReportKind.Temporary, LossScope.Financial, reported) with { By = takenBy };
        Assert.Equal(expected, Released(Active("330700").ReportLoss(report).Card!, "r1", released, releasedBy, Sunday));
    }

    public static TheoryData<string, string, string, string?> Refusals() => new()
    {
        { "Shaoguan takes written reports only", "440200", "temporary social serviceWindow", "loss-form-not-offered" },
        { "Zhangzhou takes a phone report as final", "350600", "temporary social phone", "loss-form-not-offered" },
        { "Changchun wants both", "220100", "temporary social phone", "loss-both-required" },
        { "Yongkang's card centre takes card losses", "330784", "formal social bank", "channel-not-allowed" },
        { "Yongkang's branches take password losses", "330784", "formal social bank passwordLeaked", null },
        { "Wuxi's office takes no formal report", "320200", "formal social serviceWindow", "channel-not-allowed" },
        { "Shanghai's hotline takes no formal report", "310000", "formal social phone", "channel-not-allowed" },
        { "Nanjing's financial side is the bank's", "320100", "temporary financial phone", null },
        { "Guangzhou's web takes no financial report", "440100", "temporary both online", "channel-not-allowed" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_a_region_does_not_take_is_refused(string why, string region, string report, string? code) =>
        Assert.True(code == Active(region).ReportLoss(ReportOf(report)).Refusal?.Code, why);

    [Fact]
    public void Nanjings_voice_menu_takes_a_report_only_with_a_changed_password_and_a_person_takes_any()
    {
        var card = Active("320100");
        var report = Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone) with { SelfService = true };
        Assert.Equal("loss-password-unchanged", card.ReportLoss(report).Refusal!.Code);
        Assert.Null(card.ReportLoss(report with { SelfService = false }).Refusal);
        var changed = card with { HeldPasswords = new(Social: new HeldPassword { Verifier = "v" }) };
        Assert.Null(changed.ReportLoss(report).Refusal);
    }

    [Theory]
    [InlineData("320100", false, null, "7 workingDays", "12 months")]
    [InlineData("320500", false, null, null, null)]
    [InlineData("330700", true, "2026-03-09T10:30:00+08:00", null, null)]
    public void A_report_says_what_becomes_of_the_wallet(
        string region, bool frozen, string? effectiveAt, string? usableAfterRelease, string? paidOutAfter)
    {
        var wallet = new LossWallet(
            frozen,
            effectiveAt is null ? null : DateTimeOffset.Parse(effectiveAt, CultureInfo.InvariantCulture),
            usableAfterRelease is null ? null : Period.Parse(usableAfterRelease, null),
            paidOutAfter is null ? null : Period.Parse(paidOutAfter, null));
        var told = Active(region).LossReports.FinancialReported(
            "b1", LossReportKind.Temporary, Lost, Policy(region), LossCards.Calendar, Lost);

        Assert.Equal(wallet, WalletOf(Active(region).ReportLoss(Report(LossReportKind.Temporary, LossScope.Both, ServiceChannel.Phone))));
        Assert.Equal(wallet, WalletOf(told));
    }

    [Fact]
    public void Where_nothing_is_known_of_a_wallet_nothing_is_said() =>
        Assert.Null(WalletOf(Active("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone))));

    [Theory]
    [InlineData(false, "loss-already-reported")]
    [InlineData(true, null)]
    public void A_written_report_that_ends_may_be_renewed_where_the_region_says_so(bool renewable, string? code)
    {
        var shaoguan = Policy("440200");
        var policy = shaoguan with
        {
            LossReports = shaoguan.LossReports with { Formal = shaoguan.LossReports.Formal with { Renewable = renewable } },
        };
        Decision<Card> Written(Card card, string id, DateTimeOffset at) =>
            card.LossReports.Report(
                Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.ServiceWindow, id), policy, LossCards.Calendar, at);

        var first = Written(Active("440200"), "r1", Lost).Card!;
        var second = Written(first, "r2", Lost.AddDays(10));

        Assert.Equal(code, second.Refusal?.Code);
        if (renewable)
        {
            Assert.Equal(Lost.AddDays(25), second.Card!.Loss.Find("r2")!.SideOn(CardApplication.Social).ExpiresAt);
            Assert.Equal(LossReportState.Renewed, Assert.Single(second.Events.OfType<LossReportSuperseded>()).State);
        }
    }

    [Fact]
    public void Suzhou_asks_for_the_bank_password_and_takes_an_agent_with_both_IDs()
    {
        var report = Report(
            LossReportKind.Formal, LossScope.Both, ServiceChannel.Bank, agent: new(new DateOnly(1991, 1, 1), false, false, null));
        Assert.Equal("bank-password-required", Active("320500").ReportLoss(report with { BankPasswordVerified = false }).Refusal!.Code);
        Assert.Null(Active("320500").ReportLoss(report).Refusal);
    }

    [Theory]
    [InlineData("440200", true, null)]
    [InlineData("440200", false, "agent-documents-missing")]
    [InlineData("310000", true, "agent-not-allowed")]
    public void Whether_an_agent_may_report_is_the_regions_policy(string region, bool letter, string? code)
    {
        var agent = new Agent(new DateOnly(1991, 1, 1), false, letter, AgentRelation.Spouse);
        Assert.Equal(
            code,
            Active(region)
                .ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.ServiceWindow, agent: agent)).Refusal?.Code);
    }

    [Fact]
    public void Only_the_holder_releases_and_a_guardian_stands_for_a_minor()
    {
        var lost = Active("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!;
        var parent = new Agent(new DateOnly(1985, 1, 1), false, true, AgentRelation.Parent);
        Assert.Equal("agent-not-allowed", lost.ReleaseLoss(Release(ServiceChannel.Bank, agent: parent), Sunday).Refusal!.Code);
        var minor = Release(ServiceChannel.Bank) with { Reporter = new(new DateOnly(2020, 1, 1), parent) };
        Assert.Equal("agent-documents-missing", lost.ReleaseLoss(minor, Sunday).Refusal?.Code);
        var shown = minor with { Reporter = minor.Reporter with { Agent = parent with { Kinship = KinshipDocument.HouseholdRegister } } };
        Assert.Null(lost.ReleaseLoss(shown, Sunday).Refusal);
    }

    [Theory]
    [InlineData(LossReportKind.Temporary, ServiceChannel.Phone, false, null)]
    [InlineData(LossReportKind.Formal, ServiceChannel.Bank, false, "agent-documents-missing")]
    [InlineData(LossReportKind.Formal, ServiceChannel.Bank, true, null)]
    public void A_guardians_word_suspends_a_minors_card_and_what_lasts_takes_his_documents(
        LossReportKind kind, ServiceChannel channel, bool showsRegister, string? code)
    {
        var parent = new Agent(new DateOnly(1985, 1, 1), false, false, AgentRelation.Parent)
        {
            Kinship = showsRegister ? KinshipDocument.HouseholdRegister : null,
        };
        var report = Report(kind, LossScope.Social, channel) with { Reporter = new(new DateOnly(2020, 1, 1), parent) };
        Assert.Equal(code, Active("320200").ReportLoss(report).Refusal?.Code);
    }

    [Fact]
    public void In_Xian_a_temporary_report_is_renewed_without_a_gap()
    {
        var lost = Active("610100").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Online)).Card!;
        var renewed = lost.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Online, "r2"), Lost.AddDays(6));
        Assert.Equal(["lossReportRenewed", "lossReported", "suspended"], renewed.Events.Select(happened => happened.Type));
        Assert.Equal(Lost, renewed.Card!.Social.Since);
        Assert.Equal(SocialState.Suspended, renewed.Card!.AdvanceTo(Lost.AddDays(13).AddTicks(-1)).Card!.Social.State);
        Assert.Equal(SocialState.Active, renewed.Card!.AdvanceTo(Lost.AddDays(13)).Card!.Social.State);
    }

    [Fact]
    public void A_lost_card_that_works_again_can_be_reported_again()
    {
        var lapsed = Active("320200")
            .ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!.AdvanceTo(Lost.AddDays(7)).Card!;
        Assert.Null(
            lapsed.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone, "r2"), Lost.AddDays(7)).Refusal);
    }

    [Fact]
    public void A_report_before_a_long_holiday_is_valid_to_the_end_of_the_last_working_day()
    {
        // The National Day holiday of 2026 is 1 to 7 October, and Saturday 10 October is a working day.
        var reportedAt = ChinaTime.At(new DateOnly(2026, 9, 30), new TimeOnly(23, 59));
        var lost = Active("320100").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone), reportedAt).Card!;
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 10, 11)), lost.Loss.Find("r1")!.Sides[0].ExpiresAt);
    }

    /// <summary>What happens if nobody does anything: each moment acts when its time has come.</summary>
    private static string Course(Decision<Card> reported)
    {
        var course = new List<string>(reported.Events.Select(happened => Step(happened, Lost)).OfType<string>());
        var card = reported.Card!;
        foreach (var moment in card.Loss.Reports.SelectMany(report => report.Moments).ToList())
        {
            var passed = card.LossReports.Pass("r1", moment, moment.At);
            course.AddRange(passed.Events.Select(happened => Step(happened, moment.At) ?? "?"));
            card = passed.Card!;
            Assert.All(passed.Events.OfType<LossReportLapsed>(), lapsed => Assert.Equal("active", lapsed.State));
        }

        var sides = course.Where(step => step[1] is '-' or 'x').Select(step => step[0]).ToList();
        Assert.Equal(
            sides.Contains('S') || !course.Exists(step => step.StartsWith("S+", StringComparison.Ordinal)),
            card.Social.State is SocialState.Active);
        Assert.Equal(course.Exists(step => step[0] == 'x'), card.Status is CardStatus.Cancelled);
        return string.Join(' ', course);
    }

    private static string? Step(DomainEvent happened, DateTimeOffset now) => happened switch
    {
        LossSuspended suspended => $"{Letter(suspended.Application)}+ {Local(suspended.At)}",
        LossReportEndWarned warned => $"{Letter(warned.Application)}! {Local(now)}",
        LossReportLapsed lapsed => $"{Letter(lapsed.Application)}- {Local(lapsed.LapsedAt)}",
        LossReportForfeited forfeited => $"x {Local(forfeited.ExpiredAt)}",
        _ => null,
    };

    private static LossWallet? WalletOf(Decision<Card> reported) => LossReportView.Of(Assert.Single(reported.Card!.Loss.Reports)).Wallet;

    private static string Released(Card card, string id, ServiceChannel channel, string by, DateTimeOffset at)
    {
        var settled = card.AdvanceTo(at).Card!;
        var sides = settled.Loss.Find(id)!.Sides;
        var decision = settled.ReleaseLoss(Release(channel, id, by), at);
        if (decision.Refusal is { } refusal)
        {
            return refusal.Code;
        }

        Assert.All(sides, side => Assert.Null(ReasonOf(decision.Card!, side.Application)));
        return "ok";
    }

    private static StateReason? ReasonOf(Card card, CardApplication application) =>
        application is CardApplication.Social ? card.Social.Reason : card.Financial.Reason;

    private static char Letter(CardApplication application) => application is CardApplication.Social ? 'S' : 'F';

    private static string Local(DateTimeOffset at) => at.ToOffset(ChinaTime.Offset).ToString("dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static ReportLoss ReportOf(string text)
    {
        var words = text.Split(' ');
        return Report(
            Enum.Parse<LossReportKind>(words[0], ignoreCase: true),
            Enum.Parse<LossScope>(words[1], ignoreCase: true),
            ChannelOf(words[2]),
            reason: words.Length > 3 ? Enum.Parse<LossReason>(words[3], ignoreCase: true) : LossReason.Lost);
    }

    private static ServiceChannel ChannelOf(string text) => Enum.Parse<ServiceChannel>(text, ignoreCase: true);
}
