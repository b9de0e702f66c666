using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Escalations;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.WorkItems;
using SocialCard.Tests.ElectronicCards;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.WorkItems;

/// <summary>What there is to do about an aggregate, from when, and by when.</summary>
public sealed class WorkItemSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly CardWorkItems OfCards = new();
    private static readonly EmployerWorkItems OfEmployers = new();
    private static readonly ElectronicCardWorkItems OfElectronicCards = new();

    [Fact]
    public void A_registered_card_waits_for_its_holder_until_he_has_it_or_it_ends()
    {
        var card = Card.Register(CardNumber.Parse("123456789"), People.Holder, "320211", "bank-icbc", 3, Now).Card!;
        var item = Assert.Single(OfCards.ItemsOf(card));
        Assert.Equal(
            new(WorkItemKind.UnclaimedCard, "123456789", "320211", Now, null) { BankId = "bank-icbc", CardNumber = card.Number }, item);

        Assert.Empty(OfCards.ItemsOf(card with { ReceivedOn = ChinaTime.DateOf(Now) }));
        Assert.Empty(OfCards.ItemsOf(card with { Social = new(SocialState.Cancelled, StateReason.Deceased, Now) }));

        // A loss report changes nothing about how long it has waited.
        var reported = card with
        {
            Social = new(SocialState.Suspended, StateReason.FormalLoss, Now.AddDays(3)),
            Loss = card.Loss with { Social = card.Social },
        };
        Assert.Equal(item, Assert.Single(OfCards.ItemsOf(reported)));
    }

    [Fact]
    public void A_late_card_is_overdue_and_escalated_until_it_is_made_and_then_waits_until_it_goes_back()
    {
        var story = InProduction();
        Assert.Empty(OfCards.ItemsOf(story.Old));
        var promised = ChinaTime.StartOf(story.Reissue.PromisedOn!.Value.AddDays(1));
        story.Advance(promised.AddDays(20));
        Assert.Equal(
            [
                (WorkItemKind.ProductionOverdue, promised, promised, null),
                (WorkItemKind.Escalation, promised, promised, EscalationKind.ProductionOverdue),
            ],
            OfCards.ItemsOf(story.Old).Select(item => (item.Kind, item.Since, item.DueAt!.Value, item.Escalation)));
        Assert.All(
            OfCards.ItemsOf(story.Old),
            item => Assert.Equal((story.Old.Number, ReissueStory.Id), (item.CardNumber!, item.ReissueId)));

        story.Produce();
        Assert.Empty(OfCards.ItemsOf(story.Old));
        story.Advance();
        var waiting = Assert.Single(OfCards.ItemsOf(story.Old));
        Assert.Equal(
            (WorkItemKind.UnclaimedCard, ReissueStory.NewNumber, story.Reissue.ReadyAt!.Value, story.Reissue.ReturnBy),
            (waiting.Kind, waiting.CardNumber!, waiting.Since, waiting.DueAt));
        Assert.Empty(OfCards.ItemsOf(story.New!));

        story.ReceiveNew();
        Assert.Empty(OfCards.ItemsOf(story.Old));
    }

    [Fact]
    public void A_halted_production_is_escalated_until_operations_have_decided()
    {
        var story = InProduction();
        for (var order = 1; order <= Reissue.MaxOrders; order++)
        {
            story.Do(card => card.Reissues.ReportProductionFailure(
                ReissueStory.Id, null, "bank-icbc", Now.AddDays(1), ReissueStory.Calendar, Now.AddDays(1)));
        }

        var halted = Assert.Single(OfCards.ItemsOf(story.Old));
        Assert.Equal(
            (WorkItemKind.Escalation, EscalationKind.ProductionHalted, Now.AddDays(1), null),
            (halted.Kind, halted.Escalation, halted.Since, halted.DueAt));
        Assert.Equal(
            Now, Assert.Single(OfCards.ItemsOf(story.Old with { Reissue = story.Reissue with { HaltedAt = null } })).Since);

        story.Do(card => card.Reissues.OrderAgain(ReissueStory.Id, ReissueStory.Calendar, Now.AddDays(2)));
        Assert.Empty(OfCards.ItemsOf(story.Old));
    }

    [Theory]
    [InlineData(FamilyMemberState.Requested, false)]
    [InlineData(FamilyMemberState.AwaitingConsent, false)]
    [InlineData(FamilyMemberState.UnderReview, true)]
    [InlineData(FamilyMemberState.Active, false)]
    [InlineData(FamilyMemberState.Ended, false)]
    public void A_member_waits_while_it_is_under_review(FamilyMemberState state, bool waits)
    {
        var member = new FamilyMember
        {
            MemberId = "0123456789abcdef-1",
            Relation = Relation.Spouse,
            Channel = FamilyChannel.Website,
            ReceiverKey = "key",
            ReceiverIdNumber = "**************0010",
            ReceiverCard = CardNumber.Parse("987654321"),
            RequestedAt = Now,
            State = state,
            Until = Now.AddDays(5),
        };
        var card = Card.Register(CardNumber.Parse("123456789"), People.Holder, "330800", "bank-icbc", 3, Now).Card! with
        {
            ReceivedOn = ChinaTime.DateOf(Now),
            Family = new CardFamily { Members = [member] },
        };

        Assert.Equal(
            waits ? [("123456789-0123456789abcdef-1", "0123456789abcdef-1", Now, Now.AddDays(5))] : [],
            OfCards.ItemsOf(card).Select(item => (item.Id, item.MemberId!, item.Since, item.DueAt!.Value)));

        // What a card that has ended leaves behind is its successor's.
        Assert.Empty(OfCards.ItemsOf(card with { Social = new(SocialState.Cancelled, StateReason.Replaced, Now) }));
    }

    [Fact]
    public void A_registration_is_to_be_decided_and_is_escalated_when_it_is_overdue()
    {
        var facts = new EmployerFacts("A Co", new(2026, 3, 1), "140100", EmployerCredential.BusinessLicence, People.Holder);
        var filed = Employer.File(EmployerCode.Parse("91350100M000100Y43"), facts, "r1", Now).State!;
        var due = ChinaTime.StartOf(new(2026, 3, 18));
        var review = new WorkItem(WorkItemKind.EmployerReview, filed.Code, "140100", Now, due) { EmployerCode = filed.Code };
        Assert.Equal(review, Assert.Single(OfEmployers.ItemsOf(filed)));

        var overdue = filed.EscalateReview("r1", filed.Filing!.NextEscalation).State!;
        Assert.Equal(
            [review, review with { Kind = WorkItemKind.Escalation, Since = due, Escalation = EscalationKind.EmployerReviewOverdue }],
            OfEmployers.ItemsOf(overdue));
        Assert.Empty(OfEmployers.ItemsOf(overdue.Review(true, null, "bureau-1", Now).State!));
    }

    [Fact]
    public void What_the_regulator_has_told_waits_for_its_registration()
    {
        var code = EmployerCode.Parse("91350100M000100Y43");
        var noticed = Employer.Notice(code, new(RegistryNoticeKind.Founded, new(2026, 3, 1), "A Co", "140100"), Now).State!;
        var due = ChinaTime.StartOf(new(2026, 4, 1));
        var item = Assert.Single(OfEmployers.ItemsOf(noticed));
        Assert.Equal(
            (WorkItemKind.EmployerUnregistered, EmployerDuty.Registration, Now, due), (item.Kind, item.Duty, item.Since, item.DueAt));

        var missed = noticed.EscalateDeadline("registration-20260331", due.AddHours(9)).State!;
        Assert.Equal([item.Kind, WorkItemKind.Escalation], OfEmployers.ItemsOf(missed).Select(one => one.Kind));
        Assert.Empty(OfEmployers.ItemsOf(missed.TakeNotice(new(RegistryNoticeKind.Ended, new(2026, 3, 20), "A Co", "140100"), Now).State!));
    }

    [Theory]
    [InlineData("opened", 0)]
    [InlineData("signed", 0)]
    [InlineData("submitted", 1)]
    [InlineData("refused", 0)]
    [InlineData("issued", 0)]
    [InlineData("lapsed", 0)]
    [InlineData("ended", 0)]
    public void A_childs_card_is_to_be_decided_while_it_is_submitted(string state, int items) =>
        Assert.Equal(items, OfElectronicCards.ItemsOf(ElectronicCardStory.The(state).State).Count());

    [Fact]
    public void A_childs_card_that_is_not_decided_in_time_is_escalated()
    {
        var submitted = ElectronicCardStory.The("submitted").State;
        var due = ChinaTime.StartOf(submitted.Review!.DueOn!.Value.AddDays(1));
        var overdue = submitted.Advance(submitted.Review.NextEscalation!.Value).State!;
        Assert.Equal(
            [
                (WorkItemKind.ElectronicCardReview, submitted.Review.SubmittedAt, due),
                (WorkItemKind.Escalation, due, due)
            ],
            OfElectronicCards.ItemsOf(overdue).Select(item => (item.Kind, item.Since, item.DueAt!.Value)));
    }

    [Fact]
    public void The_list_is_told_when_something_to_do_begins_changes_or_ends_and_of_nothing_else()
    {
        var handler = new WorkItemHandler<Employer>(OfEmployers);
        var facts = new EmployerFacts("A Co", new(2026, 3, 1), "140100", EmployerCredential.BusinessLicence, People.Holder);
        var filed = Employer.File(EmployerCode.Parse("91350100M000100Y43"), facts, "r1", Now);
        var told = Assert.Single(handler.Handle(null, filed.State!, filed.Events, Now));
        Assert.Equal((OutboxMessageKind.Projection, "WorkItems-employer"), (told.Kind, told.Target));
        Assert.DoesNotContain(facts.Name, told.Body, StringComparison.Ordinal);

        // A second day overdue is no news to the list.
        var first = filed.State!.EscalateReview("r1", filed.State.Filing!.NextEscalation);
        Assert.Single(handler.Handle(filed.State, first.State!, first.Events, Now));
        var second = first.State!.EscalateReview("r1", first.State.Filing!.NextEscalation);
        Assert.NotEmpty(second.Events);
        Assert.Empty(handler.Handle(first.State, second.State!, second.Events, Now));

        var decided = second.State!.Review(true, null, "bureau-1", Now);
        Assert.Single(handler.Handle(second.State, decided.State!, decided.Events, Now));
        var changed = decided.State!.Change("c1", facts with { Name = "B Co" }, new(2026, 3, 2), Now);
        Assert.Empty(handler.Handle(decided.State, changed.State!, changed.Events, Now));
    }

    /// <summary>Born on Monday, March 2, 2026.</summary>
    [Theory]
    [InlineData("110000", "2026-04-01")]
    [InlineData("410000", "2026-03-23")]
    [InlineData("320200", null)]
    public void A_newborns_first_card_is_due_within_the_time_that_the_region_takes_to_make_one(string region, string? last)
    {
        var born = Holder.Open(People.Holder, region, false, null).State!
            .Life.Begin(new(region, new(2026, 3, 2), "bureau"), ["mother"]).State!;

        var item = Assert.Single(new HolderWorkItems(RegionPolicies.Load(), ReissueStory.Calendar).ItemsOf(born));

        Assert.Equal(ChinaTime.StartOf(new(2026, 3, 2)), item.Since);
        Assert.Equal(
            last is null ? null : ChinaTime.StartOf(DateOnly.Parse(last, CultureInfo.InvariantCulture).AddDays(1)), item.DueAt);
    }

    [Fact]
    public void Using_a_card_that_its_holder_has_is_no_work()
    {
        var handler = new WorkItemHandler<Card>(OfCards);
        var policy = RegionPolicies.Load().For("320200").Activation;
        var received = Card.Register(CardNumber.Parse("123456789"), People.Holder, "320200", "bank-icbc", 3, Now).Card!
            .Activation.Receive(ChinaTime.DateOf(Now), policy, Now).Card!;
        var used = received.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, new(1990, 1, 1), null), policy);
        Assert.NotEmpty(used.Events);
        Assert.Empty(handler.Handle(received, used.Card!, used.Events, Now));
    }

    private static ReissueStory InProduction()
    {
        var national = new ReissueStory("000000", Now).Policy;
        var rules = national.Reissue with
        {
            FeeYuan = 0,
            Promise = new(new Period(5, PeriodUnit.WorkingDays), null, null),
            UnclaimedReturnedAfter = new Period(6, PeriodUnit.Months),
        };
        var story = new ReissueStory(national with { Reissue = rules }, Now);
        Assert.Null(story.File(ReissueStory.Application()).Refusal);
        return story;
    }
}
