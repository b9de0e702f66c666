using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues;

/// <summary>Every command on a reissue in every state of it, and the one result that each has.</summary>
public sealed class ReissueTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly CardNumber OtherNumber = CardNumber.Parse("555555555");

    // A column a state, a row a command; "=" is "nothing changes", a code is a refusal, "!" marks one that is noted, else the
    // events of the change.
    private static readonly string Table = """
        |                    | none                                    | awaitingPayment                  | inProduction                       | produced          | halted                             | ready               | returned            | received          | completed           | cancelled                               |
        | file               | reissueFiled                            | reissue-running                  | reissue-running                    | reissue-running   | reissue-running                    | reissue-running     | reissue-running     | reissue-running   | card-cancelled      | reissueFiled                            |
        | file lost          | formal-report-required                  | reissue-running                  | reissue-running                    | reissue-running   | reissue-running                    | reissue-running     | reissue-running     | reissue-running   | card-cancelled      | formal-report-required                  |
        | pay                | reissue-not-running                     | reissueFeePaid,productionOrdered | fee-not-due                        | fee-not-due       | fee-not-due                        | fee-not-due         | fee-not-due         | fee-not-due       | reissue-not-running | reissue-not-running                     |
        | pay too little     | reissue-not-running                     | fee-mismatch                     | fee-not-due                        | fee-not-due       | fee-not-due                        | fee-not-due         | fee-not-due         | fee-not-due       | reissue-not-running | reissue-not-running                     |
        | pay too late       | reissue-not-running                     | reissue-not-running              | fee-not-due                        | fee-not-due       | fee-not-due                        | fee-not-due         | fee-not-due         | fee-not-due       | reissue-not-running | reissue-not-running                     |
        | paid at the bank   | !reissue-not-running                    | reissueFeePaid,productionOrdered | !fee-not-due                       | !fee-not-due      | !fee-not-due                       | !fee-not-due        | !fee-not-due        | !fee-not-due      | !reissue-not-running| !reissue-not-running                    |
        | cancel             | reissue-not-running                     | reissueCancelled                 | reissue-in-production              | reissue-in-production | reissueCancelled               | reissue-in-production | reissue-in-production | reissue-in-production | reissue-not-running | reissue-not-running             |
        | order again        | reissue-not-running                     | nothing-to-decide                | nothing-to-decide                  | nothing-to-decide | productionOrdered                  | nothing-to-decide   | nothing-to-decide   | nothing-to-decide | reissue-not-running | reissue-not-running                     |
        | produced           | !reissue-not-running                    | order-not-found                  | newCardProduced                    | =                 | newCardProduced                    | =                   | =                   | =                 | =                   | !reissue-not-running                    |
        | produced another   | !reissue-not-running                    | order-not-found                  | newCardProduced                    | !already-produced | newCardProduced                    | !already-produced   | !already-produced   | !already-produced | !reissue-not-running| !reissue-not-running                    |
        | produced in use    | !reissue-not-running                    | order-not-found                  | !card-number-in-use                | !already-produced | !card-number-in-use                | !already-produced   | !already-produced   | !already-produced | !reissue-not-running| !reissue-not-running                    |
        | produced elsewhere | !reissue-not-running                    | !reissue-not-running             | !reissue-not-running               | !reissue-not-running | !reissue-not-running            | !reissue-not-running| !reissue-not-running| !reissue-not-running | !reissue-not-running | !reissue-not-running                |
        | failed             | reissue-not-running                     | bankEventNoted                   | productionFailed,productionOrdered | bankEventNoted    | bankEventNoted                     | bankEventNoted      | bankEventNoted      | bankEventNoted    | bankEventNoted      | bankEventNoted                          |
        | failed before      | reissue-not-running                     | bankEventNoted                   | bankEventNoted                     | bankEventNoted    | bankEventNoted                     | bankEventNoted      | bankEventNoted      | bankEventNoted    | bankEventNoted      | bankEventNoted                          |
        | advance            | =                                       | =                                | =                                  | newCardReady      | =                                  | =                   | =                   | =                 | =                   | =                                       |
        | advance much later | =                                       | reissueCancelled                 | productionOverdue                  | newCardReady      | productionOverdue                  | newCardReturned     | reissueCancelled    | =                 | =                   | =                                       |
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        var rows = Table.Split('\n').Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()).ToArray();
        foreach (var row in rows[1..])
        {
            for (var column = 1; column < row.Length; column++)
            {
                cells.Add(rows[0][column], row[0], row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected)
    {
        var story = In(state);
        var before = story.Old;
        var (decision, noted) = Apply(command, story);
        var result = decision.Refusal?.Code
            ?? (noted is not null ? "!" + noted.Code : null)
            ?? (decision.Events.Count == 0 ? "=" : string.Join(',', decision.Events.Select(happened => happened.Type)));
        Assert.Equal(expected, result);
        if (expected is "=" || expected[0] is '!')
        {
            Assert.Same(before, decision.Card);
        }
    }

    [Fact]
    public void Each_order_has_an_id_of_its_own_and_the_fourth_is_for_operations_to_make()
    {
        var story = In("inProduction");
        List<string> orders = [story.Reissue.OrderId];
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            story.Do(Fail);
            orders.Add(story.Reissue.OrderId);
        }

        var promised = story.Reissue.PromisedOn;
        var last = story.Do(Fail);
        Assert.Equal(["productionFailed", "productionHalted"], last.Events.Select(happened => happened.Type));
        Assert.True(story.Reissue.AwaitsOperations);
        story.Do(card => card.Reissues.OrderAgain(ReissueStory.Id, ReissueStory.Calendar, Now.AddDays(3)));
        orders.Add(story.Reissue.OrderId);
        Assert.Equal(4, orders.Distinct().Count());
        Assert.Equal(promised, story.Reissue.PromisedOn);

        Decision<Card> Fail(Card card) => card.Reissues.ReportProductionFailure(
            ReissueStory.Id, orders[^1], "bank-icbc", Now, ReissueStory.Calendar, Now);
    }

    [Fact]
    public void A_failure_without_an_order_is_of_the_one_that_was_under_way_then()
    {
        var story = In("inProduction");
        var again = Now.AddDays(1);
        Assert.Equal(["productionFailed", "productionOrdered"], TypesOf(Fail(Now, again)));
        Assert.Equal(["bankEventNoted"], TypesOf(Fail(Now, again)));
        Assert.Equal(["productionFailed", "productionOrdered"], TypesOf(Fail(again, again)));

        Decision<Card> Fail(DateTimeOffset failedAt, DateTimeOffset now) => story.Do(card => card.Reissues.ReportProductionFailure(
            ReissueStory.Id, null, "bank-icbc", failedAt, ReissueStory.Calendar, now));

        static IEnumerable<string> TypesOf(Decision<Card> decision) => decision.Events.Select(happened => happened.Type);
    }

    [Fact]
    public void A_new_card_whose_number_another_card_took_first_is_ordered_again()
    {
        var story = In("produced");
        var decision = story.Do(
            card => card.Reissues.Advance(ReissueStory.Id, NewCardFacts.Of(story.Old, ReissueStory.Id), ReissueStory.Calendar, Now));
        Assert.Equal(["newCardRefused", "productionFailed", "productionOrdered"], decision.Events.Select(happened => happened.Type));
        Assert.Null(story.Reissue.NewCardNumber);
        Assert.Equal(2, story.Reissue.Orders);
    }

    [Fact]
    public void A_fee_is_due_until_the_tick_before_its_day_is_over()
    {
        var story = In("awaitingPayment");
        var payBy = story.Reissue.PayBy!.Value;
        Assert.Equal(ChinaTime.StartOf(ChinaTime.DateOf(Now).AddDays(31)), payBy);
        Assert.Null(story.Old.Reissues.Pay(ReissueStory.Id, 20, "r", ReissueStory.Calendar, payBy.AddTicks(-1)).Refusal);
        Assert.Equal("reissue-not-running", story.Old.Reissues.Pay(ReissueStory.Id, 20, "r", ReissueStory.Calendar, payBy).Refusal!.Code);
        Assert.Empty(story.Old.Reissues.Advance(ReissueStory.Id, null, ReissueStory.Calendar, payBy.AddTicks(-1)).Events);
        Assert.Single(story.Old.Reissues.Advance(ReissueStory.Id, null, ReissueStory.Calendar, payBy).Events);
    }

    [Fact]
    public void Operations_hear_of_a_late_card_at_nine_every_working_day_and_once_if_nobody_asked_for_days()
    {
        var story = In("inProduction");
        Assert.Equal(new DateOnly(2026, 3, 9), story.Reissue.PromisedOn);
        var first = ChinaTime.At(new DateOnly(2026, 3, 10), new TimeOnly(9, 0));
        Assert.Equal(first, story.Reissue.NextMoment(ReissueStory.Calendar));
        Assert.Empty(story.Advance(first.AddTicks(-1)).Events);
        Assert.Equal(1, Late(story.Advance(first)));
        Assert.Empty(story.Advance(first).Events);
        Assert.Equal(2, Late(story.Advance(first.AddDays(1))));

        // From Wednesday to the Monday after: Thursday, Friday and Monday.
        Assert.Equal(5, Late(story.Advance(first.AddDays(6))));

        static int Late(Decision<Card> decision) => Assert.IsType<ProductionOverdue>(Assert.Single(decision.Events)).WorkingDaysLate;
    }

    [Fact]
    public void A_card_on_temporary_loss_report_is_lost_whatever_the_reason_given()
    {
        var story = new ReissueStory("000000", Now);
        var channel = story.Policy.LossReports.Temporary.Social.Channels[0];
        story.Do(card => card.LossReports.Report(
            new("temporary", LossReportKind.Temporary, LossReason.Lost, LossScope.Social, channel, "by", new(new(1980, 5, 1))),
            story.Policy,
            ReissueStory.Calendar,
            Now));
        Assert.Equal(SocialState.Suspended, story.Old.Social.State);
        Assert.Equal("formal-report-required", story.File(ReissueStory.Application()).Refusal!.Code);
    }

    [Fact]
    public void A_formal_report_cannot_be_released_while_a_new_card_is_under_way()
    {
        var story = new ReissueStory("000000", Now);
        Assert.Null(story.ReportFormally().Refusal);
        var release = new ReleaseLoss("formal", story.Old.Loss.Find("formal")!.Channel, "bureau", new(new(1980, 5, 1)));
        var before = story.Old.LossReports.Release(release, story.Policy, Now).Made.Refusal?.Code;
        Assert.Null(story.File(ReissueStory.Application(ReissueReason.Lost)).Refusal);
        Assert.Equal("loss-release-window-closed", story.Old.LossReports.Release(release, story.Policy, Now).Made.Refusal!.Code);
        Assert.NotEqual("loss-release-window-closed", before);
    }

    [Theory]
    [InlineData("in-person-only", "330782", ReissueReason.Damaged, CardDelivery.Instant, ServiceChannel.Online)]
    [InlineData("delivery-not-offered", "310000", ReissueReason.Damaged, CardDelivery.Post, ServiceChannel.ServiceWindow)]
    [InlineData("delivery-not-offered", "310000", ReissueReason.Damaged, CardDelivery.Instant, ServiceChannel.Online)]
    [InlineData("not-renewable-yet", "000000", ReissueReason.Expired, CardDelivery.PickUp, ServiceChannel.ServiceWindow)]
    public void A_region_refuses_what_it_does_not_offer(
        string code, string region, ReissueReason reason, CardDelivery delivery, ServiceChannel channel) =>
        Assert.Equal(code, new ReissueStory(region, Now).File(ReissueStory.Application(reason, delivery, channel)).Refusal!.Code);

    [Fact]
    public void A_card_is_renewed_from_the_first_day_that_the_region_names()
    {
        // Tianjin: 60 days before ten years are over.
        var story = new ReissueStory("120000", Now);
        var from = ChinaTime.DateOf(Now).AddYears(10).AddDays(-60);
        story.Now = ChinaTime.StartOf(from).AddTicks(-1);
        Assert.Equal("not-renewable-yet", story.File(ReissueStory.Application(ReissueReason.Expired)).Refusal!.Code);
        story.Now = ChinaTime.StartOf(from);
        Assert.Null(story.File(ReissueStory.Application(ReissueReason.Expired)).Refusal);
    }

    [Fact]
    public void The_fee_is_waived_where_the_region_says_so_and_nobody_learns_why()
    {
        var story = new ReissueStory("410000", Now);
        var application = ReissueStory.Application(delivery: CardDelivery.Post);
        Assert.Equal("waiver-not-offered", story.File(application with { Waiver = FeeWaiver.QualityDefect }).Refusal!.Code);
        var decision = story.File(application with { Waiver = FeeWaiver.Disabled });
        Assert.Equal((0, true, ReissueState.InProduction), (story.Reissue.FeeYuan, story.Reissue.FeeWaived, story.Reissue.State));
        Assert.DoesNotContain("disabled", decision.Documents[^1].Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_fourth_application_within_a_month_puts_a_warning_on_record_also_on_a_new_card()
    {
        var story = new ReissueStory("320500", Now);
        for (var application = 1; application <= 4; application++)
        {
            var id = $"123456789-000000000000000{application}";
            var filed = story.File(ReissueStory.Application(id: id));
            var warned = filed.Events.OfType<ReissueFrequencyExceeded>().SingleOrDefault();
            Assert.Equal(application == 4, warned is { Applications: 4, Limit: 3 });
            Assert.Equal(application == 4, warned is not null);
            story.Do(card => card with { Reissue = card.Reissue! with { State = ReissueState.Cancelled } } is var ended
                ? Decision.Unchanged(ended) : throw new InvalidOperationException());
        }

        var produced = story.Old with { Reissue = story.Reissue with { NewCardNumber = ReissueStory.NewNumber } };
        Assert.Equal(4, produced.Replacement.Register(Now).Card!.ReissuesFiled.Count);
    }

    [Fact]
    public void A_change_of_bank_is_made_by_the_new_bank_and_by_no_other()
    {
        var story = new ReissueStory("000000", Now);
        var application = ReissueStory.Application(ReissueReason.BankChanged);
        Assert.Equal("same-bank", story.File(application with { BankId = "bank-icbc" }).Refusal!.Code);
        Assert.Null(story.File(application with { BankId = "bank-ccb" }).Refusal);
        Assert.Equal("reissue-not-running", story.Produce().Result!.Code);
        story.Report(card => card.Reissues.ReportProduction(ReissueStory.Id, ReissueStory.NewNumber, isInUse: false, "bank-ccb"));
        story.Advance();
        Assert.Equal("bank-ccb", story.New!.BankId);
        Assert.True(story.Old.IsSeenBy(new Partner("bank-ccb", PartnerRole.Bank, "000000")));
    }

    private static ReissueStory In(string state)
    {
        var national = new ReissueStory("000000", Now).Policy;
        var story = new ReissueStory(
            national with
            {
                Reissue = national.Reissue with
                {
                    FeeYuan = 20,
                    Promise = new(new Period(5, PeriodUnit.WorkingDays), null, null),
                    UnclaimedReturnedAfter = new Period(6, PeriodUnit.Months),
                    UnclaimedCancelledAfter = new Period(6, PeriodUnit.Months),
                },
            },
            Now);
        if (state == "none")
        {
            return story;
        }

        Assert.Null(story.File(ReissueStory.Application()).Refusal);
        if (state is "awaitingPayment" or "cancelled")
        {
            return state == "cancelled" ? After(card => card.Reissues.Cancel(ReissueStory.Id, Now)) : story;
        }

        After(card => card.Reissues.Pay(ReissueStory.Id, 20, "r-1", ReissueStory.Calendar, Now));
        if (state == "halted")
        {
            for (var order = 1; order <= 3; order++)
            {
                After(card => card.Reissues.ReportProductionFailure(ReissueStory.Id, null, "bank-icbc", Now, ReissueStory.Calendar, Now));
            }

            return story;
        }

        if (state == "inProduction")
        {
            return story;
        }

        story.Produce();
        if (state == "produced")
        {
            return story;
        }

        story.Advance();
        if (state == "returned")
        {
            story.Advance(story.Reissue.ReturnBy);
        }
        else if (state != "ready")
        {
            story.ReceiveNew();
        }

        if (state == "completed")
        {
            story.UseNewAtAHospital();
        }

        Assert.Equal(state, SocialCardJson.NameOf<ReissueState>(story.Reissue.State));
        return story;

        ReissueStory After(Func<Card, Decision<Card>> decide)
        {
            Assert.Null(story.Do(decide).Refusal);
            return story;
        }
    }

    private static Decision<Card, Refusal> Apply(string command, ReissueStory story)
    {
        var (calendar, id) = (ReissueStory.Calendar, ReissueStory.Id);
        return command switch
        {
            "file" => story.File(ReissueStory.Application()),
            "file lost" => story.File(ReissueStory.Application(ReissueReason.Lost)),
            "pay" => story.Do(card => card.Reissues.Pay(id, 20, "r-1", calendar, Now)),
            "pay too little" => story.Do(card => card.Reissues.Pay(id, 19, "r-1", calendar, Now)),
            "pay too late" => story.Do(card => card.Reissues.Pay(id, 20, "r-1", calendar, Now.AddDays(60))),
            "paid at the bank" => story.Report(card => card.Reissues.ReportPayment(id, 20, calendar, Now)),
            "cancel" => story.Do(card => card.Reissues.Cancel(id, Now)),
            "order again" => story.Do(card => card.Reissues.OrderAgain(id, calendar, Now)),
            "produced" => story.Produce(),
            "produced another" => story.Produce(OtherNumber),
            "produced in use" => story.Report(card => card.Reissues.ReportProduction(id, OtherNumber, isInUse: true, "bank-icbc")),
            "produced elsewhere" => story.Report(card => card.Reissues.ReportProduction(id, OtherNumber, isInUse: false, "bank-ccb")),
            "failed" => story.Do(card => card.Reissues.ReportProductionFailure(id, null, "bank-icbc", Now, calendar, Now)),
            "failed before" => story.Do(card => card.Reissues.ReportProductionFailure(id, $"{id}-0", "bank-icbc", Now, calendar, Now)),
            "advance" => story.Old.Reissue is null ? story.Do(card => card.Reissues.Advance(id, null, calendar, Now)) : story.Advance(),
            "advance much later" => story.Old.Reissue is null
                ? story.Do(card => card.Reissues.Advance(id, null, calendar, Now)) : story.Advance(Now.AddYears(3)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }
}
