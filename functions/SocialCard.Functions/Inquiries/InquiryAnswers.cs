using SocialCard.Domain.Contributions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Contributions;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Verifications;

namespace SocialCard.Functions.Inquiries;

/// <summary>Gathers what was asked about a person from where it is kept; what was not asked is not read.</summary>
public sealed class InquiryAnswers(
    ContributionRepository contributions,
    AggregateRepository<ElectronicCard> electronicCards,
    ElectronicCardReservations guardians,
    VerificationHistory verifications)
{
    /// <summary>Everything that was asked, as it stands.</summary>
    public async Task<InquiryView> TellAsync(
        InquiredPerson person, IReadOnlyList<InquiryTopic> topics, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(topics);
        var (known, isPaidAsked) = (person.Seen, topics.Contains(InquiryTopic.Contributions));
        var paid = isPaidAsked ? await person.Holder.Ids.ToAsyncEnumerable()
            .SelectMany(id => contributions.ReadAsync(id, 0, 9999, cancellation)).ToListAsync(cancellation) : [];
        return new(
            CardView.Of(CardInquiries.InUse(known) ?? known[^1]).Holder,
            [.. known.Select(card => CardInquiryView.Of(card, topics))],
            isPaidAsked ? ContributionYear.Of(paid) : null,
            isPaidAsked ? InsuranceTotal.AllTime(paid) : null,
            topics.Contains(InquiryTopic.ElectronicCards) ? await ElectronicCardsAsync(person, caller, cancellation) : null,
            topics.Contains(InquiryTopic.Verifications)
                ? await verifications.ReadAsync(known.Select(card => card.Number), cancellation) : null);
    }

    // As their guardian: what is one's own card in the hands of one's guardian, it is he who asks about.
    private async Task<IReadOnlyList<ElectronicCardInquiryView>> ElectronicCardsAsync(
        InquiredPerson person, Partner caller, CancellationToken cancellation)
    {
        var held = new List<ElectronicCard>();
        var entries = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in person.Holder.Ids)
        {
            entries.UnionWith(await guardians.EntriesOfAsync(id, cancellation));
        }

        foreach (var id in entries)
        {
            if (await electronicCards.FindAsync(id, caller, cancellation) is { } card
                && person.Holder.Ids.Contains(card.Guardian.Person.Id))
            {
                held.Add(card);
            }
        }

        return [.. held.OrderByDescending(card => card.OpenedAt).Select(ElectronicCardInquiryView.Of)];
    }
}
