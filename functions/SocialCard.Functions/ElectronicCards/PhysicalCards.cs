using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>What the physical cards of guardian and child, as they are by now, mean for the electronic one.</summary>
public sealed class PhysicalCards(CardRepository cards, PersonProtection holders, RegionPolicies regions)
{
    /// <summary>Why a child cannot be named by its cards; null where it can, or needs none.</summary>
    /// <param name="application">The application.</param>
    /// <param name="memberKey">The child, by its holder key.</param>
    /// <param name="name">What it is to be called.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<Refusal?> NamingFaultAsync(
        ElectronicCard application, string memberKey, PersonName name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(name);
        if (!application.Terms.NeedsPhysicalCard)
        {
            return null;
        }

        var people = await InUse(memberKey, cancellation).Select(card => holders.Open(card.Holder)).ToListAsync(cancellation);
        return people.Count == 0 ? ElectronicCardRefusals.MemberCardMissing
            : people.Exists(person => person.IsNamed(name.Value)) ? null
            : ElectronicCardRefusals.MemberMismatch;
    }

    /// <summary>Why an application cannot be approved: guardian or child may have lost the card since it was opened.</summary>
    public async Task<Refusal?> ApprovalFaultAsync(ElectronicCard application, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(application);
        return !await HasOneAsync(application.Guardian.Person, cancellation) ? ElectronicCardRefusals.GuardianCardNotActive
            : application.Terms.NeedsPhysicalCard && !await HasOneAsync(application.Member!.Person, cancellation)
                ? ElectronicCardRefusals.MemberCardMissing
            : null;
    }

    /// <summary>What an electronic card is good for while the child's physical cards are as they are, by the rules of today.</summary>
    public async Task<ElectronicCardUse> UseOfAsync(ElectronicCard card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(card);
        var physical = card.Member is { } member && card.Terms.NeedsPhysicalCard
            ? await cards.ReadOfHolderAsync(member.Person.Key, cancellation).ToListAsync(cancellation) : [];
        return card.UseBeside(physical, regions.For(card.RegionCode).ElectronicCard.While);
    }

    private ValueTask<bool> HasOneAsync(Person person, CancellationToken cancellation) =>
        InUse(person.Key, cancellation).AnyAsync(cancellation);

    private IAsyncEnumerable<Card> InUse(string holderKey, CancellationToken cancellation) =>
        cards.ReadOfHolderAsync(holderKey, cancellation).Where(card => card.Status is not CardStatus.Cancelled);
}
