using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Validity;

namespace SocialCard.Tests.Validity;

/// <summary>What the changes of a card tell the workflow of its validity, and the holder.</summary>
public sealed class ValidityReactionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();

    private readonly ValidityHandler reaction = new();

    [Fact]
    public void A_hand_over_leaves_a_row_in_the_month_of_the_first_reminder()
    {
        var issued = Issued("000000");
        Assert.Empty(reaction.Handle(null, issued.Card!, issued.Events, Now));

        var row = Assert.Single(Handle(issued.Card!, Receive(issued.Card!)));

        AssertIsRow("2036-01", row);
    }

    [Fact]
    public void Where_the_wait_for_the_holder_has_an_end_the_registration_starts_it_and_the_hand_over_moves_it()
    {
        var issued = Issued("441300");
        var start = Assert.Single(reaction.Handle(null, issued.Card!, issued.Events, Now));
        Assert.Equal(OutboxMessageKind.StartWorkflow, start.Kind);

        IReadOnlyList<OutboxMessage> messages = [.. Handle(issued.Card!, Receive(issued.Card!))];

        Assert.Equal(2, messages.Count);
        Assert.Equal((OutboxMessageKind.Projection, ValidityTerms.Table), (messages[0].Kind, messages[0].Target));
        var moved = messages[1];
        Assert.Equal(
            (OutboxMessageKind.RaiseEvent, ValidityOrchestration.Moved, "validity-123456789"),
            (moved.Kind, moved.Target, moved.InstanceId));
    }

    [Fact]
    public void What_falls_due_is_told_the_holder_and_not_the_workflow_whose_timer_it_is()
    {
        var issued = Issued("441300").Card!;
        var returned = issued.AdvanceTo(issued.Collection!.ReturnBy);
        Assert.Equal(
            (NoticeKind.NewCardReturned, "123456789-returned", issued.Collection.CancelBy),
            NoticeOf(Handle(issued, returned).Last()));
        AssertIsRow("2027-03", Handle(issued, returned).First());
        var cancelled = returned.Card!.AdvanceTo(issued.Collection.CancelBy!.Value);
        Assert.Equal(
            (NoticeKind.CardCancelled, "123456789-unclaimed", issued.Collection.CancelBy),
            NoticeOf(Assert.Single(Handle(returned.Card!, cancelled))));

        var received = Receive(Issued("440200").Card!).Card!;
        var end = received.Validity.EndsAt!.Value;
        var reminded = received.Validity.Remind(received.Validity.Next!.At!.Value);
        Assert.Equal((NoticeKind.RenewalReminder, "123456789-validity-60", end), NoticeOf(Handle(received, reminded).Last()));
        var active = received with { ActivatedAt = Now, Social = new(SocialState.Active, null, Now) };
        Assert.Equal(
            (NoticeKind.ValidityEnded, "123456789-validity-ended", end), NoticeOf(Assert.Single(Handle(active, active.AdvanceTo(end)))));
    }

    [Fact]
    public void The_end_of_a_card_ends_what_runs_and_leaves_a_row_alone()
    {
        var received = Receive(Issued("000000").Card!).Card!;
        Assert.Empty(Handle(received, received.Following.StayBehind(Now)));
        var soon = received.Validity.Next!.At!.Value.AddDays(-20);

        var moved = Assert.Single(reaction.Handle(
            received, received.Following.StayBehind(soon).Card!, received.Following.StayBehind(soon).Events, soon));

        Assert.Equal((OutboxMessageKind.RaiseEvent, ValidityOrchestration.Moved), (moved.Kind, moved.Target));
    }

    [Fact]
    public void A_receipt_that_is_found_to_be_older_leaves_a_row_in_its_month_too()
    {
        var used = Issued("000000").Card!.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Regions.National.Activation).Card!;

        var confirmed = used.Activation.Receive(new(2020, 1, 5), Regions.National.Activation, Now);

        AssertIsRow("2029-11", Assert.Single(Handle(used, confirmed)));
    }

    [Fact]
    public void What_is_found_to_be_near_starts_it()
    {
        var used = Issued("000000").Card!.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Regions.National.Activation).Card!;

        var start = Assert.Single(Handle(used, used.Activation.Receive(new(2016, 10, 5), Regions.National.Activation, Now)));

        Assert.Equal((OutboxMessageKind.StartWorkflow, "validity-123456789"), (start.Kind, start.InstanceId));
    }

    private static void AssertIsRow(string month, OutboxMessage message)
    {
        Assert.Equal((OutboxMessageKind.Projection, ValidityTerms.Table), (message.Kind, message.Target));
        Assert.Equal(
            new ValidityTerm(month, "123456789", 0), JsonSerializer.Deserialize<ValidityTerm>(message.Body, SocialCardJson.Options));
    }

    private static Decision<Card> Issued(string region) => Card.Register(
        CardNumber.Parse("123456789"),
        People.Holder,
        region,
        "bank-1",
        3,
        Now,
        issued: IssueTerms.Of(Regions.For(region).Reissue, Calendar, Now));

    private static Decision<Card> Receive(Card card) =>
        card.Activation.Receive(ChinaTime.DateOf(Now), Regions.For(card.RegionCode).Activation, Now);

    private IEnumerable<OutboxMessage> Handle(Card before, Decision<Card> decision) =>
        reaction.Handle(before, decision.Card!, decision.Events, Now);

    private static (NoticeKind Kind, string Id, DateTimeOffset? Deadline) NoticeOf(OutboxMessage message)
    {
        Assert.Equal(OutboxMessageKind.QueueMessage, message.Kind);
        var notice = JsonSerializer.Deserialize<Notice>(message.Body, SocialCardJson.Options)!;
        return (notice.Kind, notice.NoticeId, notice.Deadline);
    }
}
