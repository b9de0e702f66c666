using System.Runtime.CompilerServices;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>The cards of holders: a read for the holder, and one a card.</summary>
public sealed class HolderCards(HolderRepository holders, AggregateRepository<Card> cards)
{
    /// <summary>A holder's cards as they are by now, those that have ended too; none where there is no such holder.</summary>
    public async IAsyncEnumerable<Card> ReadAsync(string holderId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await holders.FindAsync(holderId, cancellation) is { } holder)
        {
            await foreach (var card in ReadAsync(holder, cancellation))
            {
                yield return card;
            }
        }
    }

    /// <summary>Those of a holder's cards that a partner may see, as they are by now.</summary>
    public IAsyncEnumerable<Card> ReadAsync(Holder holder, Partner caller, CancellationToken cancellation) =>
        ReadAsync(holder, cancellation).Where(card => card.IsSeenBy(caller));

    /// <summary>A holder's cards as they are by now, those that have ended too.</summary>
    public async IAsyncEnumerable<Card> ReadAsync(Holder holder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(holder);
        foreach (var known in holder.Cards)
        {
            // The holder knows of a card first: a registration that was refused or died leaves one that is not there, or is another's.
            if (await cards.FindAsync(known.Number.Value, cancellation) is { } card && holder.Ids.Contains(card.Holder.Id))
            {
                yield return card;
            }
        }
    }
}
