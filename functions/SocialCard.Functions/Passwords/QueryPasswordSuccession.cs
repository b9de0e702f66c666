using SocialCard.Functions.Cards;

namespace SocialCard.Functions.Passwords;

/// <summary>Lets the query password that its holder set go on with the card that replaces another.</summary>
public sealed class QueryPasswordSuccession(CommandExecutor<Card> executor, CardRepository cards)
{
    /// <summary>
    /// Once the old card has ended, its query password cannot change any more: what has become of it since the new card was made goes
    /// over to that, or to the last that has come in its place; not past a card whose passwords somebody else knows.
    /// </summary>
    /// <param name="old">The old card.</param>
    /// <param name="instance">The workflow whose operation it is.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    public async Task CarryOverAsync(CardNumber old, string instance, CancellationToken cancellation)
    {
        if ((await cards.LoadAsync(old, cancellation))?.State is not
            { ReplacedBy: not null, Social.State: SocialState.Cancelled, HeldPasswords.Query: not null } card)
        {
            return;
        }

        var successors = await cards.SuccessorsAsync(card, cancellation);
        if (successors.SkipLast(1).Any(between => between.Reissue is { Reason: ReissueReason.PasswordLeaked }))
        {
            return;
        }

        var outcome = await executor.ExecuteAsync(
            successors[^1].Number.Value,
            Operation.Of(instance, "take-over-query-password"),
            (next, _) => next.Replacement.TakeOverQueryPassword(card),
            next => new TakenOver(next.HeldPasswords.Query?.ChangedAt),
            cancellation);
        _ = outcome.Done();
    }

    private sealed record TakenOver(DateTimeOffset? ChangedAt);
}
