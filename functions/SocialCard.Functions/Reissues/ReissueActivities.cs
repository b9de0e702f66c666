using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Cards;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Workflows;

namespace SocialCard.Functions.Reissues;

/// <summary>
/// A step of a reissue: lets the new card be what the old one says of it, then lets the old card follow the new one. Two
/// cards are two partitions, so there is no transaction over both. Each half is an operation that takes effect once, and
/// every reading of the new card stays true, so a step that died in between is simply made again.
/// </summary>
public sealed class ReissueActivities(CardCommands desk, CardRepository store, FamilySuccession families, WorkingCalendar calendar, TimeProvider clock)
{
    /// <summary>Makes a step, and tells what the reissue waits for next.</summary>
    [Function(nameof(AdvanceReissue))]
    public async Task<CardWait> AdvanceReissue([ActivityTrigger] CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (number, instance) = (CardNumber.Parse(step.CardNumber), ReissueOrchestration.InstanceOf(step.ResourceId));
        var old = await store.LoadAsync(number, cancellation);
        var newCard = old?.State is { Reissue: { IsLive: true, NewCardNumber: { } newNumber } reissue } card && reissue.ReissueId == step.ResourceId
            ? await HandleAsync(card, newNumber, instance, step, cancellation) : null;
        var outcome = await desk.DecideAsync(
            number,
            Operation.Of(instance, $"step-{step.Number}", step.AsOf),
            (card, now) => card.AdvanceReissue(step.ResourceId, newCard, calendar, now),
            card => card.Reissue is { IsLive: true } running && running.ReissueId == step.ResourceId
                ? new CardWait(IsOver: false, running.NextMoment(calendar), SocialCardJson.NameOf<ReissueState>(running.State)) : CardWait.Over,
            cancellation);
        await FollowHolderAsync(number, instance, step, cancellation);
        var wait = outcome.Done();
        if (wait.IsOver)
        {
            await families.CarryOverAsync(number, instance, cancellation);
        }

        return wait;
    }

    /// <summary>
    /// What the civil registry told of the holder while the new card came into being holds for that card too: it was made from the
    /// old one as it was before, and the registry's event did not find it yet.
    /// </summary>
    private async Task FollowHolderAsync(CardNumber number, string instance, CardStep step, CancellationToken cancellation)
    {
        if (await store.LoadAsync(number, cancellation) is not { State: { Reissue: { NewCardNumber: { } newNumber } reissue } old }
            || reissue.ReissueId != step.ResourceId)
        {
            return;
        }

        var found = (await store.LoadAsync(newNumber, cancellation))?.State;
        if (found is null && old.Civil.Ended is not null)
        {
            // The bank was told that its card is the new one; now it must be told that the card may not be handed over.
            await RegisterAsync(old, instance, clock.GetUtcNow(step.AsOf), cancellation);
            found = (await store.LoadAsync(newNumber, cancellation))?.State;
        }

        if (found?.IssuedByReissue != reissue.ReissueId)
        {
            return;
        }

        if (found.Holder.Key != old.Holder.Key)
        {
            await store.IndexHolderAsync(found with { Holder = old.Holder }, cancellation);
            await desk.DecideAsync(
                newNumber,
                Operation.Of(instance, $"holder-{step.Number}", step.AsOf),
                (card, now) => card.CivilEvents.Correct(old.Holder, ChinaTime.DateOf(now), Operation.BySystem),
                card => new NewCardStatus(card.Status),
                cancellation);
        }

        if (old.Civil.Ended is { } ended && found.Civil.Ended is null)
        {
            await desk.DecideAsync(
                newNumber,
                Operation.Of(instance, "holder-ended", step.AsOf),
                (card, now) => card.CivilEvents.End(ended, ChinaTime.DateOf(now), Operation.BySystem, now),
                card => new NewCardStatus(card.Status),
                cancellation);
        }
    }

    private Task<Outcome<NewCardStatus>> RegisterAsync(Card old, string instance, DateTimeOffset now, CancellationToken cancellation) =>
        desk.RegisterAsync(
            old.RegisterReplacement(now), Operation.Of(instance, "register"), card => new NewCardStatus(card.Status), now, cancellation);

    private async Task<NewCardFacts?> HandleAsync(
        Card old, CardNumber newNumber, string instance, CardStep step, CancellationToken cancellation)
    {
        var (reissue, now) = (old.Reissue!, clock.GetUtcNow(step.AsOf));
        if (reissue.State is ReissueState.InProduction && await store.LoadAsync(newNumber, cancellation) is null)
        {
            // Refused if a card of that number came first after all: its facts say so.
            await RegisterAsync(old, instance, now, cancellation);
        }
        else if (reissue.State is ReissueState.Returned && reissue.CancelBy <= now)
        {
            await desk.DecideAsync(
                newNumber,
                Operation.Of(instance, "cancel-unclaimed", step.AsOf),
                (card, at) => card.CancelUnclaimed(at),
                card => new NewCardStatus(card.Status),
                cancellation);
        }

        return await store.LoadAsync(newNumber, cancellation) is { } found ? NewCardFacts.Of(found.State, reissue.ReissueId) : null;
    }

    private sealed record NewCardStatus(CardStatus Status);
}
