using SocialCard.Functions.Cards;
using SocialCard.Functions.Holders;

namespace SocialCard.Functions.Reissues;

/// <summary>
/// What a reissue does to the new card: registers it, and ends it where nobody fetched it.
/// </summary>
public sealed class NewCards(
    CommandExecutor<Card> executor, CardRepository cards, HolderDirectory directory, RegionPolicies regions, TimeProvider clock)
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
    /// Where the holder's end came between the bank's new card and its registration, the card is registered all the same: the bank was
    /// told that it is the new one, and now must be told that it may not be handed over.
    /// </summary>
    public async Task RegisterEndedAsync(CardNumber oldNumber, CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var old = (await cards.LoadAsync(oldNumber, cancellation))?.State;
        if (old is { Civil.Ended: not null, Reissue: { NewCardNumber: { } number } reissue }
            && reissue.ReissueId == step.ResourceId
            && await cards.LoadAsync(number, cancellation) is null)
        {
            await RegisterAsync(old, step, cancellation);
        }
    }

    // The holder knows of the card before it is there, so that no card is there that is not found.
    private async Task<Outcome<NewCardStatus>> RegisterAsync(Card old, CardStep step, CancellationToken cancellation)
    {
        var (reissue, operation) = (old.Reissue!, OperationOf(step, "register"));
        var number = reissue.NewCardNumber!.Value;
        await directory.DecideAsync(
            old.Holder.Id,
            operation.Then("holder"),
            (holder, now) => holder.AddReplacement(new(number, old.RegionCode, reissue.BankId, now, old.Number)),
            cancellation);
        return await executor.CreateAsync(
            number.Value,
            operation,
            now => Task.FromResult(old.Replacement.Register(now, CardTerm.Of(regions.For(old.RegionCode).Reissue))),
            NewCardStatus.Of,
            Refusal.CardAlreadyRegistered,
            cancellation);
    }

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
