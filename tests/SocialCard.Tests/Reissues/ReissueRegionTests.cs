using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues;

/// <summary>For each region that says anything of reissues, the whole path of a lost card, with every instant and state.</summary>
public sealed class ReissueRegionTests
{
    /// <summary>Monday, March 2, 2026, 10:00 in China. April 6, May 1, 4 and 5 are holidays, Saturday May 9 is a working day.</summary>
    private static readonly DateTimeOffset Filed = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    // The loss precondition; the fee in yuan, 0 where none is known; the promised day; with what the old card ends.
    private static readonly string Rows = """
        | region | delivery | before       | fee | promised   | old card ends with |
        | 000000 | pickUp   | formalReport | 0   | -          | enabling           |
        | 110000 | pickUp   | sameVisit    | 20  | 2026-03-06 | enabling           |
        | 110000 | post     | sameVisit    | 20  | 2026-03-06 | enabling           |
        | 110000 | instant  | sameVisit    | 20  | 2026-03-02 | enabling           |
        | 120000 | pickUp   | formalReport | 15  | 2026-03-23 | enabling           |
        | 120000 | instant  | formalReport | 15  | 2026-03-02 | enabling           |
        | 140000 | pickUp   | formalReport | 0   | -          | use                |
        | 310000 | instant  | formalReport | 25  | 2026-03-02 | enabling           |
        | 320100 | pickUp   | formalReport | 30  | 2026-03-05 | enabling           |
        | 320500 | pickUp   | formalReport | 0   | 2026-03-09 | enabling           |
        | 330600 | instant  | formalReport | 20  | 2026-03-02 | enabling           |
        | 330782 | instant  | formalReport | 0   | 2026-03-02 | receipt            |
        | 350000 | instant  | formalReport | 25  | 2026-03-02 | enabling           |
        | 350200 | instant  | sameVisit    | 25  | 2026-03-02 | enabling           |
        | 350300 | pickUp   | sameVisit    | 20  | 2026-04-14 | enabling           |
        | 350600 | pickUp   | formalReport | 20  | 2026-04-14 | enabling           |
        | 370100 | pickUp   | formalReport | 10  | 2026-03-11 | enabling           |
        | 371000 | pickUp   | sameVisit    | 0   | -          | enabling           |
        | 410000 | instant  | formalReport | 10  | 2026-03-02 | enabling           |
        | 410000 | post     | formalReport | 10  | -          | enabling           |
        | 430100 | pickUp   | formalReport | 20  | -          | enabling           |
        | 440100 | pickUp   | formalReport | 0   | 2026-03-18 | enabling           |
        | 440100 | post     | formalReport | 0   | 2026-03-18 | enabling           |
        | 440500 | pickUp   | formalReport | 0   | 2026-04-14 | application        |
        | 441300 | pickUp   | formalReport | 0   | -          | enabling           |
        | 441800 | pickUp   | formalReport | 20  | -          | enabling           |
        | 441900 | pickUp   | formalReport | 0   | 2026-03-18 | enabling           |
        | 460000 | pickUp   | formalReport | 0   | 2026-05-08 | enabling           |
        | 530000 | pickUp   | formalReport | 0   | -          | use                |
        | 610100 | pickUp   | sameVisit    | 0   | 2026-03-11 | application        |
        """;

    public static TheoryData<string, CardDelivery, string, int, string, string> Regions()
    {
        var data = new TheoryData<string, CardDelivery, string, int, string, string>();
        foreach (var row in Rows.Split('\n').Skip(1).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()))
        {
            data.Add(
                row[0],
                Enum.Parse<CardDelivery>(row[1], ignoreCase: true),
                row[2],
                int.Parse(row[3], CultureInfo.InvariantCulture),
                row[4],
                row[5]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void A_lost_card_is_replaced_as_the_region_says(
        string region, CardDelivery delivery, string before, int fee, string promised, string end)
    {
        var story = new ReissueStory(region, Filed);
        var ends = new Dictionary<string, DateTimeOffset>();
        void After(string stage)
        {
            if (story.Old.Social.State is SocialState.Cancelled && ends.Count == 0)
            {
                ends[stage] = story.Old.Social.Since;
                Assert.Equal(story.Now, story.Old.Social.Since);
                Assert.Equal((StateReason.Replaced, FinancialState.Cancelled), (story.Old.Social.Reason, story.Old.Financial.State));
                Assert.Empty(story.Old.Loss.Reports);
            }
        }

        var application = ReissueStory.Application(ReissueReason.Lost, delivery, story.Policy.LossReports.Formal.Social.Channels[0]);
        if (before != "sameVisit")
        {
            Assert.Equal("formal-report-required", story.File(application).Refusal!.Code);
            Assert.Null(story.ReportFormally().Refusal);
        }

        Assert.Null(story.File(application).Refusal);
        Assert.Contains("lossReported", story.Events);
        After("application");

        Assert.Equal(fee, story.Reissue.FeeYuan);
        if (fee > 0)
        {
            Assert.Equal(ReissueState.AwaitingPayment, story.Reissue.State);
            Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 4, 2)), story.Reissue.PayBy);
            Assert.Null(story.Do(card => card.Reissues.Pay(ReissueStory.Id, fee, "r-1", ReissueStory.Calendar, story.Now)).Refusal);
        }

        Assert.Equal((ReissueState.InProduction, 1), (story.Reissue.State, story.Reissue.Orders));
        Assert.Equal(promised, story.Reissue.PromisedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-");
        var late = story.Reissue.NextMoment(ReissueStory.Calendar);
        if (late is { } moment)
        {
            var (day, _) = ReissueStory.Calendar.AddWorkingDays(story.Reissue.PromisedOn!.Value, 1);
            Assert.Equal(ChinaTime.At(day, new TimeOnly(9, 0)), moment);
            Assert.Empty(story.Advance(moment.AddTicks(-1)).Events);
            Assert.Equal("productionOverdue", Assert.Single(story.Advance(moment).Events).Type);
        }

        story.Now = story.Now.AddHours(1);
        story.Produce();
        story.Advance();
        Assert.Equal((ReissueState.Ready, story.Now), (story.Reissue.State, story.Reissue.ReadyAt));
        Assert.Equal(
            (story.Old.Number, story.Old.Holder, story.Old.RegionCode), (story.New!.Replaces, story.New.Holder, story.New.RegionCode));
        After("production");

        story.Now = story.Now.AddHours(1);
        story.ReceiveNew();
        Assert.Equal(ReissueStory.NewNumber, story.Old.ReplacedBy);
        Assert.Equal(story.Policy.Activation.ActivationDeadline(ChinaTime.DateOf(story.Now)), story.New!.ActivationTerms!.Deadline);
        After("receipt");

        story.Now = story.Now.AddHours(1);
        if (story.Policy.Activation.Social.Channels.Contains(ServiceChannel.ServiceWindow))
        {
            story.EnableNewAtTheWindow();
        }
        else
        {
            story.UseNewAtAHospital();
        }

        After("enabling");
        story.Now = story.Now.AddHours(1);
        story.UseNewAtAHospital();
        After("use");

        Assert.Equal(end, Assert.Single(ends).Key);
        Assert.Equal(ReissueState.Completed, story.Reissue.State);
        Assert.Null(story.Reissue.NextMoment(ReissueStory.Calendar));
        Assert.Equal(SocialState.Active, story.New!.Social.State);
    }

    [Fact]
    public void Huizhou_returns_an_unclaimed_card_after_six_months_and_cancels_it_after_six_more()
    {
        var story = ReadyIn("441300");
        var returnBy = ChinaTime.StartOf(new DateOnly(2026, 9, 3));
        Assert.Equal(returnBy, story.Reissue.ReturnBy);
        Assert.Empty(story.Advance(returnBy.AddTicks(-1)).Events);
        story.Advance(returnBy);
        Assert.Equal(ReissueState.Returned, story.Reissue.State);
        var cancelBy = ChinaTime.StartOf(new DateOnly(2027, 3, 4));
        Assert.Equal(cancelBy, story.Reissue.CancelBy);
        Assert.Empty(story.Advance(cancelBy.AddTicks(-1)).Events);
        story.Advance(cancelBy);
        Assert.Equal(ReissueState.Cancelled, story.Reissue.State);
        Assert.Equal((SocialState.Cancelled, StateReason.Unclaimed), (story.New!.Social.State, story.New.Social.Reason));
        Assert.Equal(SocialState.Suspended, story.Old.Social.State);
        Assert.Null(story.Old.ReplacedBy);
    }

    [Fact]
    public void Shanghais_new_card_has_the_medical_balance_72_hours_after_it_has_taken_the_place_of_the_old_one()
    {
        var story = new ReissueStory("310000", Filed);
        story.File(ReissueStory.Application(delivery: CardDelivery.Instant));
        story.Do(card => card.Reissues.Pay(ReissueStory.Id, 25, "r-1", ReissueStory.Calendar, story.Now));
        story.Produce();
        story.Advance();
        story.ReceiveNew();
        Assert.Null(ReissueView.Of(story.Reissue).BalanceMovedBy);

        story.Now = story.Now.AddHours(1);
        story.EnableNewAtTheWindow();

        Assert.Equal(ReissueState.Completed, story.Reissue.State);
        Assert.Equal(story.Now.AddHours(72), ReissueView.Of(story.Reissue).BalanceMovedBy);
    }

    [Theory]
    [InlineData("110000", CardDelivery.Post, true)]
    [InlineData("110000", CardDelivery.PickUp, null)]
    [InlineData("440100", CardDelivery.Post, null)]
    public void A_promise_says_whether_the_days_in_the_post_come_on_top(string region, CardDelivery delivery, bool? excluded)
    {
        var story = new ReissueStory(region, Filed);
        story.File(ReissueStory.Application(delivery: delivery));
        Assert.Equal(excluded, ReissueView.Of(story.Reissue).PostageExcluded);
    }

    [Theory]
    [InlineData("410000", "2019-03-02", true)]
    [InlineData("410000", "2019-03-03", false)]
    [InlineData("410000", null, null)]
    [InlineData("320200", "2019-03-02", null)]
    public void A_card_needs_a_photo_from_the_age_that_the_region_says(string region, string? born, bool? needed)
    {
        var story = new ReissueStory(region, Filed);
        DateOnly? birthDate = born is null ? null : DateOnly.Parse(born, CultureInfo.InvariantCulture);
        var parent = birthDate is null
            ? null : new Agent(new DateOnly(1990, 1, 1), false, false, AgentRelation.Parent, KinshipDocument.HouseholdRegister);
        var delivery = story.Policy.Reissue.Deliveries[0];
        if (parent is not null)
        {
            var unproven = parent with { Kinship = null };
            Assert.Equal("agent-documents-missing", story.File(
                ReissueStory.Application(delivery: delivery) with { HolderBirthDate = birthDate, Agent = unproven }).Refusal?.Code);
        }

        Assert.Null(story.File(ReissueStory.Application(delivery: delivery) with { HolderBirthDate = birthDate, Agent = parent }).Refusal);
        Assert.Equal(needed, ReissueView.Of(story.Reissue).PhotoNeeded);
    }

    [Fact]
    public void A_returned_card_can_still_be_fetched()
    {
        var story = ReadyIn("441300");
        story.Advance(story.Reissue.ReturnBy);
        story.ReceiveNew();
        story.UseNewAtAHospital();
        Assert.Equal((ReissueState.Completed, SocialState.Cancelled), (story.Reissue.State, story.Old.Social.State));
    }

    [Fact]
    public void Hainan_reissues_when_the_period_of_the_formal_report_is_over()
    {
        var hainan = new ReissueStory("460000", Filed).Policy;
        var formal = hainan.LossReports.Formal;
        var story = new ReissueStory(
            hainan with
            {
                LossReports = hainan.LossReports with
                {
                    Formal = formal with { Social = formal.Social with { Validity = new Period(15, PeriodUnit.Days) } },
                },
            },
            Filed);
        story.ReportFormally();
        story.Now = Filed.AddDays(15).AddTicks(-1);
        Assert.Equal("report-period-running", story.File(ReissueStory.Application(ReissueReason.Lost)).Refusal!.Code);
        story.Now = Filed.AddDays(15);
        Assert.Null(story.File(ReissueStory.Application(ReissueReason.Lost)).Refusal);
    }

    [Fact]
    public void Changsha_takes_the_application_where_it_took_the_report()
    {
        var story = new ReissueStory("430100", Filed);
        story.ReportFormally("bank-icbc");
        var elsewhere = ReissueStory.Application(ReissueReason.Lost, channel: ServiceChannel.Bank, by: "bank-ccb");
        Assert.Equal("accepting-point-only", story.File(elsewhere).Refusal!.Code);
        Assert.Null(story.File(elsewhere with { By = "bank-icbc" }).Refusal);
    }

    [Fact]
    public void A_card_that_ended_with_the_application_can_be_applied_for_again_when_that_came_to_nothing()
    {
        var shantou = new ReissueStory("440500", Filed).Policy;
        var story = new ReissueStory(shantou with { Reissue = shantou.Reissue with { FeeYuan = 20 } }, Filed);
        story.File(ReissueStory.Application());
        Assert.Equal(SocialState.Cancelled, story.Old.Social.State);
        story.Advance(story.Reissue.PayBy);
        Assert.Equal(ReissueState.Cancelled, story.Reissue.State);
        Assert.Null(story.File(ReissueStory.Application(ReissueReason.Lost)).Refusal);
    }

    private static ReissueStory ReadyIn(string region)
    {
        var story = new ReissueStory(region, Filed);
        story.ReportFormally();
        story.File(ReissueStory.Application(ReissueReason.Lost));
        story.Produce();
        story.Advance();
        return story;
    }
}
