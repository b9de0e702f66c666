using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Holders;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>What the physical cards of guardian and child, as they are by now, mean for the electronic one.</summary>
public sealed class PhysicalCards(HolderDirectory directory, HolderCards cards, RegionPolicies regions)
{
    /// <summary>Why a child cannot be named by its cards; null where it can, or needs none.</summary>
    public async Task<Refusal?> NamingFaultAsync(ElectronicCard application, Person child, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(child);
        return !application.Terms.NeedsPhysicalCard || await HasOneAsync(child, cancellation) ? null
            : await directory.OfDocumentAsync(child.Key, cancellation) is { Count: > 0 } others
                && await others.ToAsyncEnumerable().AnyAsync((other, token) => HasOneAsync(other.Person, token), cancellation)
                    ? ElectronicCardRefusals.MemberMismatch
            : ElectronicCardRefusals.MemberCardMissing;
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
            ? await cards.ReadAsync(member.Person.Id, cancellation).ToListAsync(cancellation) : [];
        return card.UseBeside(physical, regions.For(card.RegionCode).ElectronicCard.While);
    }

    private ValueTask<bool> HasOneAsync(Person person, CancellationToken cancellation) =>
        cards.ReadAsync(person.Id, cancellation).AnyAsync(card => card.Status is not CardStatus.Cancelled, cancellation);
}
