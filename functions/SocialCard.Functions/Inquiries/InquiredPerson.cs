using SocialCard.Domain.Holders;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>One of the people who may be asked about: those who have a document's number and a card that the caller may see.</summary>
/// <param name="Holder">Who he is.</param>
/// <param name="Cards">All of his cards.</param>
/// <param name="Seen">Those within the caller's scope.</param>
public sealed record InquiredPerson(Holder Holder, IReadOnlyList<Card> Cards, IReadOnlyList<Card> Seen);

/// <summary>Finds who may be asked about.</summary>
public sealed class InquiredPeople(HolderDirectory directory, HolderCards cards, PersonProtection people)
{
    /// <summary>The people who have the number, and the name or the card where one is given; one read, and one a card.</summary>
    public async Task<IReadOnlyList<InquiredPerson>> FindAsync(InquiryRequest body, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        var nameKey = body.Name is { } name ? people.NameKeyOf(name.Value) : null;
        var found = new List<InquiredPerson>();
        foreach (var holder in await directory.OfDocumentAsync(people.KeyOf(body.Identity), cancellation))
        {
            if ((nameKey is null || holder.Person.NameKey == nameKey)
                && (body.CardNumber is not { } number || holder.Cards.Any(card => card.Number == number)))
            {
                var known = await cards.ReadAsync(holder, cancellation).ToListAsync(cancellation);
                found.Add(new(holder, known, [.. known.Where(card => card.IsSeenBy(caller))]));
            }
        }

        return [.. found.Where(person => person.Seen.Count > 0)];
    }
}
