namespace SocialCard.Domain.ElectronicCards;

/// <summary>The rules that an application was opened under.</summary>
/// <param name="ChildBelowAge">The age, in years, at which the guardian's access ends.</param>
/// <param name="Documents">Any one of these proves the kinship.</param>
/// <param name="SignatureChecks">By any of these the guardian signs.</param>
/// <param name="NoticeVersion">The notice to be accepted.</param>
/// <param name="NeedsPhysicalCard">Whether the child must have a card of its own.</param>
/// <param name="Review">How long the review takes; null where unknown, and then it is never overdue.</param>
public sealed record ElectronicCardTerms(
    int ChildBelowAge,
    IReadOnlyList<KinshipDocument> Documents,
    IReadOnlyList<PersonCheck> SignatureChecks,
    string NoticeVersion,
    bool NeedsPhysicalCard,
    Period? Review)
{
    /// <summary>The rules of a region as they are now.</summary>
    public static ElectronicCardTerms Of(ElectronicCardPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var rules = policy.OfChild;
        return new(
            rules.ChildBelowAge,
            rules.Documents,
            rules.SignatureChecks,
            rules.NoticeVersion,
            policy.NeedsPhysicalCard,
            policy.RelativeReview);
    }
}
