using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Validity;

/// <summary>The years of a card, and the wait of a first one for its holder.</summary>
public sealed class CardValidityTests
{
    private const string Shaoguan = "440200";
    private const string Huizhou = "441300";

    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    private static readonly DateOnly Registered = new(2026, 3, 2);
    private static readonly DateTimeOffset Now = ChinaTime.StartOf(Registered).AddHours(10);
    private static readonly DateTimeOffset End = ChinaTime.StartOf(new DateOnly(2036, 3, 3));

    [Fact]
    public void The_years_count_from_the_registration_and_last_through_their_last_day()
    {
        var card = Received("000000");

        Assert.Equal(
            (Registered, new DateOnly(2036, 3, 2), new DateOnly(2036, 1, 2), End),
            (card.Validity.ValidFrom, card.Validity.ValidUntil, card.Validity.RenewableFrom, card.Validity.EndsAt));
    }

    [Fact]
    public void A_card_that_was_in_its_holders_hands_before_its_registration_ends_sooner()
    {
        var card = Issued("320100");
        card = card.Activation.Receive(Registered.AddYears(-4), Regions.For("320100").Activation, Now).Card!;

        Assert.Equal((new DateOnly(2032, 3, 2), new DateOnly(2032, 2, 2)), (card.Validity.ValidUntil, card.Validity.RenewableFrom));
    }

    [Fact]
    public void The_holder_is_reminded_when_the_renewal_opens_and_as_the_region_says()
    {
        var given = Given.The(Received("000000"));
        foreach (var days in new[] { 60, 30, 7 })
        {
            var due = ChinaTime.At(new DateOnly(2036, 3, 2).AddDays(-days), new TimeOnly(9, 0));
            Assert.Equal(new ValidityMoment(ValidityStep.Reminder, due), given.State.Validity.Next);
            given.When(card => card.Validity.Remind(due.AddTicks(-1))).ThenNothing();
            given = given.When(card => card.Validity.Remind(due))
                .ThenEvent<ValidityReminded>(told => Assert.Equal((days, new DateOnly(2036, 3, 2)), (told.DaysLeft, told.ValidUntil)));
        }

        Assert.Equal(new ValidityMoment(ValidityStep.End, End), given.State.Validity.Next);
    }

    [Fact]
    public void Of_reminders_that_are_all_late_the_last_is_given_and_none_to_who_has_applied_for_a_new_card()
    {
        Given.The(Received("000000")).When(card => card.Validity.Remind(End.AddDays(-20)))
            .ThenEvent<ValidityReminded>(told => Assert.Equal(30, told.DaysLeft))
            .Then(card => Assert.Equal(End.AddDays(-8).AddHours(9), card.Validity.Next!.At));
        Given.The(Received("000000") with { ReplacedBy = CardNumber.Parse("999999999") })
            .When(card => card.Validity.Remind(End.AddDays(-20))).ThenEvents();
    }

    [Fact]
    public void Where_the_region_says_so_the_card_ends_with_its_years_and_only_a_new_one_helps()
    {
        var policy = Regions.For(Shaoguan);
        var given = Given.The(Active(Shaoguan));
        given.When(card => card.AdvanceTo(End.AddTicks(-1))).ThenNothing();
        var ended = given.When(card => card.AdvanceTo(End.AddDays(1))).ThenEvents("validityEnded").State;

        Assert.Equal(
            (CardStatus.Suspended, StateReason.ValidityEnded, End), (ended.Status, ended.Social.Reason, ended.Social.Since));
        Assert.Null(ended.Validity.Next);
        Assert.Equal([new(BlockerCode.ValidityEnded, CardApplication.Social, Next: NextStep.ApplyForNewCard)], ended.Blockers);
        Given.The(ended).When(card => card.Activation.Restore(End.AddDays(2))).ThenRefused("not-expired");
        Given.The(ended).When(card => card.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, End.AddDays(2), null, null), policy.Activation))
            .ThenRefused("card-suspended");
        Given.The(ended).When(card => card.AdvanceTo(End.AddYears(1))).ThenNothing();
    }

    [Fact]
    public void Elsewhere_it_goes_on_until_it_is_replaced()
    {
        var ended = Given.The(Active("000000")).When(card => card.AdvanceTo(End)).ThenEvents("validityEnded").State;

        Assert.Equal((CardStatus.Active, End), (ended.Status, ended.Term!.EndedAt));
        Assert.Empty(ended.Blockers);
    }

    [Fact]
    public void A_card_that_is_lost_when_its_years_are_over_comes_back_without_them()
    {
        var policy = Regions.For(Shaoguan);
        var lost = Active(Shaoguan).LossReports.Report(
            LossCards.Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.ServiceWindow),
            policy,
            Calendar,
            End.AddDays(-3)).Card!;

        var ended = lost.AdvanceTo(End).Card!;

        Assert.Equal(
            (StateReason.FormalLoss, StateReason.ValidityEnded), (ended.Social.Reason, ended.Loss.Social!.Reason));
        Assert.Equal([BlockerCode.Lost, BlockerCode.ValidityEnded], ended.Blockers.Select(blocker => blocker.Code));
    }

    [Fact]
    public void The_activation_clock_does_not_bring_an_ended_card_back_to_who_could_restore_it()
    {
        var received = Issued(Shaoguan).Activation.Receive(
            Registered.AddYears(-10).AddDays(2), Regions.For(Shaoguan).Activation, Now).Card!;
        var late = received with { ActivationTerms = received.ActivationTerms! with { Deadline = Now.AddDays(9) } };

        Given.The(late).When(card => card.AdvanceTo(Now.AddDays(4))).ThenEvents("validityEnded")
            .When(card => card.AdvanceTo(Now.AddDays(20))).ThenNothing();
    }

    [Fact]
    public void A_first_card_that_nobody_fetches_goes_back_to_the_bank_and_ends_there()
    {
        var returnBy = ChinaTime.StartOf(new DateOnly(2026, 9, 3));
        var cancelBy = ChinaTime.StartOf(new DateOnly(2027, 3, 4));
        var issued = Issued(Huizhou);
        Assert.Equal(new(ValidityStep.Collection, returnBy), issued.Validity.Next);
        Given.The(issued).When(card => card.AdvanceTo(returnBy.AddTicks(-1))).ThenNothing();

        var returned = Given.The(issued).When(card => card.AdvanceTo(returnBy))
            .ThenEvent<NewCardReturned>(back => Assert.Equal((null, cancelBy), (back.ReissueId, back.CancelBy)));
        Assert.Equal(new(ValidityStep.Cancellation, cancelBy), returned.State.Validity.Next);
        returned.When(card => card.AdvanceTo(cancelBy)).ThenEvents("cancelled").Then(card => Assert.Equal(
            (StateReason.Unclaimed, cancelBy, null), (card.Social.Reason, card.Social.Since, card.Validity.Next)));
        returned.When(card => card.Activation.Receive(new(2027, 1, 5), Regions.For(Huizhou).Activation, cancelBy.AddDays(-50)))
            .When(card => card.AdvanceTo(cancelBy)).ThenNothing();
    }

    [Fact]
    public void A_first_card_is_not_cancelled_while_another_is_made_in_its_place()
    {
        var issued = Issued(Huizhou);
        var policy = Regions.For(Huizhou);
        var replaced = issued.Reissues.File(
            new(
                "123456789-0123456789abcdef",
                "r1",
                ReissueReason.Damaged,
                CardDelivery.PickUp,
                ServiceChannel.ServiceWindow,
                "bureau-1",
                null),
            policy,
            Calendar,
            Now).Card!;

        Assert.Equal(new(ValidityStep.Collection, null), replaced.Validity.Next);
        Assert.DoesNotContain(replaced.AdvanceTo(Now.AddYears(3)).Events, happened => happened is NewCardReturned);
    }

    [Fact]
    public void Where_the_region_sets_no_end_a_first_card_waits_for_ever()
    {
        Assert.Null(Issued("000000").Validity.Next);
        Given.The(Issued("000000")).When(card => card.AdvanceTo(Now.AddYears(9))).ThenNothing();
    }

    [Fact]
    public void A_card_of_before_is_told_what_it_was_issued_for_once()
    {
        var before = Issued(Huizhou) with { Term = null, Collection = null };
        var later = Now.AddYears(2);
        var terms = IssueTerms.Of(Regions.For(Huizhou).Reissue, Calendar, later);

        Given.The(before).When(card => card.Validity.Adopt(terms)).ThenEvents("termNoted")
            .Then(card => Assert.Equal((new(2036, 3, 2), true), (card.Validity.ValidUntil!.Value, card.Collection!.ReturnBy > later)))
            .When(card => card.Validity.Adopt(terms)).ThenNothing();
        Assert.Null((before with { IssuedByReissue = "r" }).Validity.Adopt(terms).Card!.Collection);
    }

    private static Card Issued(string region) => Card.Register(
        CardNumber.Parse("123456789"),
        People.Holder,
        region,
        "bank-1",
        3,
        Now,
        issued: IssueTerms.Of(Regions.For(region).Reissue, Calendar, Now)).Card!;

    private static Card Received(string region) => Issued(region).Activation.Receive(Registered, Regions.For(region).Activation, Now).Card!;

    private static Card Active(string region)
    {
        var card = Received(region) with { ActivatedAt = Now, EnabledAt = Now };
        return card with { Social = new(SocialState.Active, null, Now), Financial = new(FinancialState.Active, null, Now) };
    }
}
