using SocialCard.Functions.Cards;

namespace SocialCard.Functions.FamilySharing;

/// <summary>Carries the family of a card over to the card that replaces it.</summary>
public sealed class FamilySuccession(CommandExecutor<Card> executor, CardRepository cards)
{
    /// <summary>
    /// Lets the card that replaces another take over its family, once the old one has ended for it; where that has been replaced too,
    /// the last one. The new card first: until the old one knows, it keeps all of it.
    /// </summary>
    /// <param name="old">The old card.</param>
    /// <param name="instance">The workflow whose operation it is.</param>
    /// <param name="cancellation">Stops between the two halves.</param>
    public async Task CarryOverAsync(CardNumber old, string instance, CancellationToken cancellation)
    {
        if ((await cards.LoadAsync(old, cancellation))?.State is not
            {
                ReplacedBy: not null, Social.State: SocialState.Cancelled, Civil.Before: null
            } card
            || (card.Family.Members.Count, card.Family.Givers.Count, card.Family.Changes.Count) is (0, 0, 0))
        {
            return;
        }

        var successor = (await cards.SuccessorsAsync(card, cancellation))[^1].Number;
        var taken = await executor.ExecuteAsync(
            successor.Value,
            Operation.Of(instance, "take-over-family"),
            (next, _) => next.FamilySharing.TakeOver(card.Family),
            next => new Taken(next.Social.State is not SocialState.Cancelled, []),
            cancellation);
        var isTakenOver = taken.Done().IsTakenOver;
        var handed = await executor.ExecuteAsync(
            old.Value,
            Operation.Of(instance, "hand-over-family"),
            (before, _) => before.FamilySharing.HandOver(isTakenOver)
                .With(new Taken(isTakenOver, [.. before.Family.Givers.Select(giver => giver.MemberId)])),
            (_, still) => still!,
            cancellation);

        // A giver who left the old card in between has not left the new one.
        foreach (var gone in card.Family.Givers.Select(giver => giver.MemberId).Except(handed.Done().Givers))
        {
            await executor.ExecuteAsync(
                successor.Value,
                Operation.Of(instance, "release-giver-" + gone),
                (next, _) => next.FamilySharing.Receiving.Release(gone),
                _ => new Taken(isTakenOver, []),
                cancellation);
        }
    }

    private sealed record Taken(bool IsTakenOver, IReadOnlyList<string> Givers);
}
