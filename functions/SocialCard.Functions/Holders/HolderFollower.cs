using System.Text.Json;

namespace SocialCard.Functions.Holders;

/// <summary>
/// Lets cards follow their holder: all of them after he has changed, and a new one after it is there, since he may have changed
/// while it came into being. A card that has followed already is left alone.
/// </summary>
public sealed class HolderFollower(HolderCards cards, HolderRepository holders, Lazy<CommandExecutor<Card>> executor) : IProjection
{
    private const string Projection = "holder-cards";

    /// <inheritdoc/>
    public string Name => Projection;

    /// <summary>What brings a holder's cards up to date, unless he is as they know him.</summary>
    /// <param name="holderId">The holder.</param>
    /// <param name="known">The version of him that is known.</param>
    public static OutboxMessage Of(string holderId, long known) => OutboxMessage.Project(Projection, new Followed(holderId, known));

    /// <inheritdoc/>
    public async Task TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var told = JsonSerializer.Deserialize<Followed>(standing, SocialCardJson.Options)!;
        if (await holders.FindAsync(told.HolderId, cancellation) is not { MergedInto: null } holder || holder.Version == told.Known)
        {
            return;
        }

        // The end of a card that waits for a new one is the reason for that of the new one, not the other way round.
        var behind = await cards.ReadAsync(holder, cancellation)
            .Where(card => card.Civil.Version < holder.Version || card.Holder.Id != holder.Id)
            .OrderByDescending(card => card.Reissue is { IsLive: true })
            .ToListAsync(cancellation);
        foreach (var card in behind)
        {
            await executor.Value.ExecuteAsync(
                card.Number.Value,
                Operation.Of($"holder-{holder.Id}", $"followed-{holder.Version}"),
                (state, now) => state.Following.Follow(holder.Standing, now),
                state => new Following(state.Status),
                cancellation);
        }
    }

    private sealed record Followed(string HolderId, long Known);

    private sealed record Following(CardStatus Status);
}
