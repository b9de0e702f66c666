using SocialCard.Functions.Cards;

namespace SocialCard.Functions.Reissues;

/// <summary>
/// What a reissue does to the new card: registers it, ends it where nobody fetched it, and keeps its holder the old card's.
/// </summary>
public sealed class NewCards(CommandExecutor<Card> executor, CardRepository cards, TimeProvider clock)
{
    /// <summary>Lets the new card of a running reissue be what the old card says of it, and tells what has become of it.</summary>
    /// <returns>What the old card must know of it; null while there is none.</returns>
    public async Task<NewCardFacts?> AdvanceAsync(Card old, CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(step);
        if (old.Reissue is not { NewCardNumber: { } number } reissue)
        {
            return null;
        }

        if (reissue.State is ReissueState.InProduction && await cards.LoadAsync(number, cancellation) is null)
        {
            // Refused if a card of that number came first after all: its facts say so.
            await RegisterAsync(old, step, cancellation);
        }
        else if (reissue.State is ReissueState.Returned && reissue.CancelBy <= clock.GetUtcNow(step.AsOf))
        {
            await DecideAsync(number, step, "cancel-unclaimed", (card, now) => card.Replacement.CancelUnclaimed(now), cancellation);
        }

        return await cards.LoadAsync(number, cancellation) is { } found ? NewCardFacts.Of(found.State, reissue.ReissueId) : null;
    }

    /// <summary>
    /// What the civil registry told of the holder while the new card came into being holds for that card too: it was made from the
    /// old one as it was before, and the registry's event did not find it yet.
    /// </summary>
    public async Task FollowHolderAsync(CardNumber oldNumber, CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (await cards.LoadAsync(oldNumber, cancellation) is not { State: { Reissue: { NewCardNumber: { } number } reissue } old }
            || reissue.ReissueId != step.ResourceId)
        {
            return;
        }

        var found = (await cards.LoadAsync(number, cancellation))?.State;
        if (found is null && old.Civil.Ended is not null)
        {
            // The bank was told that its card is the new one; now it must be told that the card may not be handed over.
            await RegisterAsync(old, step, cancellation);
            found = (await cards.LoadAsync(number, cancellation))?.State;
        }

        if (found?.IssuedByReissue != reissue.ReissueId)
        {
            return;
        }

        if (found.Holder.Key != old.Holder.Key)
        {
            await cards.IndexHolderAsync(found with { Holder = old.Holder }, cancellation);
            await DecideAsync(
                number,
                step,
                $"holder-{step.Number}",
                (card, now) => card.CivilEvents.Correct(old.Holder, ChinaTime.DateOf(now), Operation.BySystem),
                cancellation);
        }

        if (old.Civil.Ended is { } ended && found.Civil.Ended is null)
        {
            await DecideAsync(
                number,
                step,
                "holder-ended",
                (card, now) => card.CivilEvents.End(ended, ChinaTime.DateOf(now), Operation.BySystem, now),
                cancellation);
        }
    }

    private Task<Outcome<NewCardStatus>> RegisterAsync(Card old, CardStep step, CancellationToken cancellation) => executor.CreateAsync(
        old.Reissue!.NewCardNumber!.Value.Value,
        OperationOf(step, "register"),
        async now =>
        {
            var decision = old.Replacement.Register(now);
            await cards.IndexHolderAsync(decision.State!, cancellation);
            return decision;
        },
        NewCardStatus.Of,
        Refusal.CardAlreadyRegistered,
        cancellation);

    private Task<Outcome<NewCardStatus>> DecideAsync(
        CardNumber number, CardStep step, string name, Func<Card, DateTimeOffset, Decision<Card>> decide, CancellationToken cancellation) =>
        executor.ExecuteAsync(number.Value, OperationOf(step, name), decide, NewCardStatus.Of, cancellation);

    private static Operation OperationOf(CardStep step, string name) =>
        Operation.Of(ReissueOrchestration.InstanceOf(step.ResourceId), name, step.AsOf);

    private sealed record NewCardStatus(CardStatus Status)
    {
        public static NewCardStatus Of(Card card) => new(card.Status);
    }
}
