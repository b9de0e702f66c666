using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SocialCard.Cards;
using SocialCard.Families;
using SocialCard.Regions;

namespace SocialCard.Reissues;

/// <summary>
/// A step of a reissue: lets the new card be what the old one says of it, then lets the old card follow the new one. Two
/// cards are two partitions, so there is no transaction over both. Each half is an operation that takes effect once, and
/// every reading of the new card stays true, so a step that died in between is simply made again.
/// </summary>
public sealed class ReissueActivities(CardDesk desk, CardStore store, FamilyDesk family, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Makes a step, and tells what the reissue waits for next.</summary>
    [Function(nameof(AdvanceReissue))]
    public async Task<CardWait> AdvanceReissue(
        [ActivityTrigger] CardStep step, [DurableClient] DurableTaskClient durable, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (number, instance) = (CardNumber.Parse(step.CardNumber), ReissueOrchestration.InstanceOf(step.ResourceId));
        var old = await store.LoadAsync(number, cancellation);
        var newCard = old?.State is { Reissue: { IsLive: true, NewCardNumber: { } newNumber } reissue } card && reissue.ReissueId == step.ResourceId
            ? await FollowAsync(card, newNumber, instance, step, durable, cancellation) : null;
        var outcome = await desk.DecideAsync(
            number,
            Operation.Of(instance, $"step-{step.Number}"),
            durable,
            (card, now) => card.AdvanceReissue(step.ResourceId, newCard, calendar, step.JudgedAt(now)),
            card => card.Reissue is { IsLive: true } running && running.ReissueId == step.ResourceId
                ? new CardWait(IsOver: false, running.NextMoment(calendar)) : new CardWait(IsOver: true, null),
            cancellation);
        var wait = outcome.Done();
        if (wait.IsOver)
        {
            await family.CarryOverAsync(number, instance, durable, cancellation);
        }

        return wait;
    }

    private async Task<NewCardFacts?> FollowAsync(
        Card old, CardNumber newNumber, string instance, CardStep step, DurableTaskClient durable, CancellationToken cancellation)
    {
        var (reissue, now) = (old.Reissue!, step.JudgedAt(clock.GetUtcNow()));
        if (reissue.State is ReissueState.InProduction && await store.LoadAsync(newNumber, cancellation) is null)
        {
            // Refused if a card of that number came first after all: its facts say so.
            await desk.RegisterAsync(
                old.RegisterReplacement(now), Operation.Of(instance, "register"), durable, card => new NewCardStatus(card.Status), now, cancellation);
        }
        else if (reissue.State is ReissueState.Returned && reissue.CancelBy <= now)
        {
            await desk.DecideAsync(
                newNumber,
                Operation.Of(instance, "cancel-unclaimed"),
                durable,
                (card, at) => card.CancelUnclaimed(step.JudgedAt(at)),
                card => new NewCardStatus(card.Status),
                cancellation);
        }

        return await store.LoadAsync(newNumber, cancellation) is { } found ? NewCardFacts.Of(found.State, reissue.ReissueId) : null;
    }

    private sealed record NewCardStatus(CardStatus Status);
}
