using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>One of the people who may be asked about: those who have a document's number and a card that the caller may see.</summary>
/// <param name="Key">The hash of the document.</param>
/// <param name="Name">The name, as names are compared.</param>
/// <param name="Cards">All of his cards.</param>
/// <param name="Seen">Those within the caller's scope.</param>
public sealed record InquiredPerson(string Key, string Name, IReadOnlyList<Card> Cards, IReadOnlyList<Card> Seen)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "person";
}

/// <summary>Finds who may be asked about.</summary>
public sealed class InquiredPeople(CardRepository cards, PersonProtection holders)
{
    /// <summary>The people who have the number, and the name or the card where one is given; one read, and one a card.</summary>
    public async Task<IReadOnlyList<InquiredPerson>> FindAsync(InquiryRequest body, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        var key = holders.KeyOf(body.Identity);
        var known = await cards.ReadOfHolderAsync(key, cancellation).ToListAsync(cancellation);
        return
        [
            .. known.GroupBy(card => PersonName.ComparableOf(holders.Open(card.Holder).Name))
                .Select(person => new InquiredPerson(
                    key, person.Key, [.. person], [.. person.Where(card => card.IsSeenBy(caller))]))
                .Where(person => person.Seen.Count > 0
                    && (body.Name is null || person.Name == body.Name.Comparable)
                    && (body.CardNumber is not { } number || person.Cards.Any(card => card.Number == number))),
        ];
    }
}
