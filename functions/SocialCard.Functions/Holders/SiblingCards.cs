using System.Text.Json;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>
/// Lets the cards of one holder be what they are to one another: after a move the old ones end, and a second card of one province is
/// known as such. Reads them all, lets each decide, and reads them again until nothing is left to be done; so the last to come has seen
/// that nothing came after it, however often and in whatever order it is asked.
/// </summary>
public sealed class SiblingCards(
    HolderCards cards,
    HolderRepository holders,
    AggregateRepository<Card> repository,
    RegionPolicies regions,
    Lazy<CommandExecutor<Card>> executor) : IProjection
{
    private const string Projection = "holder-siblings";

    /// <inheritdoc/>
    public string Name => Projection;

    /// <summary>What has a holder's cards looked at together.</summary>
    public static OutboxMessage Of(string holderId) => OutboxMessage.Project(Projection, new Together(holderId));

    /// <inheritdoc/>
    public async Task TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var holderId = JsonSerializer.Deserialize<Together>(standing, SocialCardJson.Options)!.HolderId;
        bool hasChanged;
        do
        {
            hasChanged = false;
            if (await holders.FindAsync(holderId, cancellation) is not { MergedInto: null } holder)
            {
                return;
            }

            var siblings = new Siblings(holder, await cards.ReadAsync(holder, cancellation).ToListAsync(cancellation), regions);
            foreach (var left in siblings.LeftBehind())
            {
                hasChanged |= await DecideAsync(left, "left-behind", (card, now) => card.Following.StayBehind(now), cancellation);
            }

            foreach (var sibling in siblings.Cards)
            {
                var others = siblings.Beside(sibling);
                if (!others.SequenceEqual(sibling.Civil.Second?.Beside ?? []))
                {
                    hasChanged |= await DecideAsync(
                        sibling,
                        $"beside-{string.Join('-', others)}",
                        (card, now) => card.Following.StandBeside(others, now),
                        cancellation);
                }
            }
        }
        while (hasChanged);
    }

    // The same step at the same point of the card's life is the same operation; the card knows whether it is so already.
    private async Task<bool> DecideAsync(
        Card card, string step, Func<Card, DateTimeOffset, Decision<Card>> decide, CancellationToken cancellation)
    {
        var at = (await repository.LoadAsync(card.Number.Value, cancellation))!.Sequence;
        var outcome = await executor.Value.ExecuteAsync(
            card.Number.Value,
            Operation.Of(Projection, $"{step}-{at}"),
            decide,
            state => new Decided(state.Status),
            cancellation);
        return outcome is Outcome<Decided>.Accepted;
    }

    private sealed record Together(string HolderId);

    private sealed record Decided(CardStatus Status);
}
