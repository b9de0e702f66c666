using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>
/// What happened to a holder and to his cards, as one timeline. It is put together when it is read: every line stays where it is, in the
/// chain of hashes that it belongs to.
/// </summary>
public sealed class HolderTimeline(HolderRepository holders, HolderCards ofHolders, AggregateRepository<Card> cards)
{
    /// <summary>A page of the timeline; null where the caller sees no such holder.</summary>
    internal async Task<HolderTimelineView?> ReadAsync(
        string holderId, Partner caller, TimelinePage page, CancellationToken cancellation)
    {
        if (!Holder.IsId(holderId) || await holders.FindAsync(holderId, caller, cancellation) is not { } holder)
        {
            return null;
        }

        List<HolderTimelineLine> lines = [];
        foreach (var id in holder.Ids)
        {
            lines.AddRange(await LinesAsync(holders, id, null, cancellation));
        }

        await foreach (var card in ofHolders.ReadAsync(holder, caller, cancellation))
        {
            lines.AddRange(await LinesAsync(cards, card.Number.Value, card.Number, cancellation));
        }

        var shown = lines
            .OrderBy(line => line.Event.At).ThenBy(line => line.CardNumber?.Value, StringComparer.Ordinal)
            .ThenBy(line => line.Event.Sequence)
            .Skip((int)Math.Min(page.After, int.MaxValue)).Take(page.Limit).ToList();
        return new(shown, shown.Count == page.Limit ? page.After + shown.Count : null);
    }

    private static async Task<List<HolderTimelineLine>> LinesAsync(
        AggregateRepository repository, string key, CardNumber? card, CancellationToken cancellation) =>
        await repository.ReadTimelineAsync(key, 0, int.MaxValue, cancellation)
            .Select(entry => new HolderTimelineLine(card, TimelineEventView.Of(entry))).ToListAsync(cancellation);
}

/// <summary>A page of a holder's timeline.</summary>
/// <param name="Lines">The lines, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null at the end.</param>
public sealed record HolderTimelineView(IReadOnlyList<HolderTimelineLine> Lines, long? Next);

/// <summary>A line of a holder's timeline.</summary>
/// <param name="CardNumber">The card whose line it is; null for the holder's own.</param>
/// <param name="Event">What happened.</param>
public sealed record HolderTimelineLine(CardNumber? CardNumber, TimelineEventView Event);
