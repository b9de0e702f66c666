using System.Text.Json;
using Microsoft.DurableTask.Converters;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Notices;

namespace SocialCard.Tests.Activation;

public sealed class ActivationReactionTests
{
    private static readonly ActivationPolicy Policy = RegionPolicies.Load().National.Activation;
    private static readonly DateOnly Received = new(2026, 1, 5);
    private static readonly DateTimeOffset Now = ChinaTime.StartOf(Received).AddHours(10);
    private static readonly Card Issued = Card.Register(
        CardNumber.Parse("123456789"), People.Holder, "000000", "bank-1", 3, Now).Card!;

    private readonly ActivationHandler reaction = new();

    [Fact]
    public void A_receipt_starts_the_workflow_with_its_reminders()
    {
        var (after, sent) = Handle(Issued, Issued.Activation.Receive(Received, Policy, Now));
        var start = Assert.Single(sent);
        Assert.Equal(
            (OutboxMessageKind.StartWorkflow, nameof(ActivationOrchestration), "activation-123456789"),
            (start.Kind, start.Target, start.InstanceId));
        var clock = (ActivationClock)JsonDataConverter.Default.Deserialize(start.Body, typeof(ActivationClock))!;
        Assert.Equal(("123456789", after.ActivationTerms!.Deadline), (clock.CardNumber, clock.Deadline));
        Assert.Equal([60, 30, 7, 1], clock.Reminders.Select(reminder => reminder.DaysBefore));
        Assert.Equal(ChinaTime.At(Received.AddDays(300), new TimeOnly(9, 0)), clock.Reminders[^1].At);
    }

    [Fact]
    public void A_receipt_of_long_ago_starts_it_with_the_reminders_that_are_still_to_come()
    {
        var decision = Issued.Activation.Receive(Received.AddDays(-280), Policy, Now);
        var clock =
            (ActivationClock)JsonDataConverter.Default.Deserialize(Handle(Issued, decision).Sent.Single().Body, typeof(ActivationClock))!;
        Assert.Equal([7, 1], clock.Reminders.Select(reminder => reminder.DaysBefore));
    }

    [Fact]
    public void A_receipt_where_the_medical_card_of_before_is_restricted_starts_it_with_that_day_and_the_holder_is_told()
    {
        var yunnan = RegionPolicies.Load().For("530000").Activation;
        var (awaiting, sent) = Handle(Issued, Issued.Activation.Receive(Received, yunnan, Now));
        var clock = (ActivationClock)JsonDataConverter.Default.Deserialize(Assert.Single(sent).Body, typeof(ActivationClock))!;
        Assert.Equal(ChinaTime.StartOf(Received.AddMonths(6).AddDays(1)), clock.OldCardRestrictedAt);
        Assert.Equal(
            NoticeKind.OldCardRestricted, NoticeOf(Assert.Single(Handle(awaiting, awaiting.Activation.RestrictOldCard()).Sent)).Kind);
    }

    [Fact]
    public void An_activation_ends_the_workflow_and_tells_the_holder()
    {
        var received = Issued.Activation.Receive(Received, Policy, Now).Card!;
        var (_, sent) = Handle(
            received, received.Activation.EnableSocial(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Policy));
        Assert.Collection(
            sent,
            raised => Assert.Equal((OutboxMessageKind.RaiseEvent, ActivationOrchestration.Settled), (raised.Kind, raised.Target)),
            notice => Assert.Equal(NoticeKind.CardActivated, NoticeOf(notice).Kind));
    }

    [Fact]
    public void An_activation_that_implies_the_receipt_starts_no_workflow()
    {
        var (_, sent) = Handle(
            Issued, Issued.Activation.EnableSocial(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Policy));
        Assert.Equal(NoticeKind.CardActivated, NoticeOf(Assert.Single(sent)).Kind);
    }

    [Fact]
    public void An_expiry_is_told_to_the_holder_and_to_no_workflow()
    {
        var received = Issued.Activation.Receive(Received, Policy, Now).Card!;
        var (_, sent) = Handle(received, received.Activation.Expire(received.ActivationTerms!.Deadline!.Value));
        Assert.Equal(NoticeKind.ActivationExpired, NoticeOf(Assert.Single(sent)).Kind);
    }

    private static Notice NoticeOf(OutboxMessage message)
    {
        Assert.Equal((OutboxMessageKind.QueueMessage, Notice.Queue), (message.Kind, message.Target));
        return JsonSerializer.Deserialize<Notice>(message.Body, SocialCardJson.Options)!;
    }

    private (Card After, List<OutboxMessage> Sent) Handle(Card before, Decision<Card> decision) =>
        (decision.Card!, reaction.Handle(before, decision.Card!, decision.Events, Now).ToList());
}
