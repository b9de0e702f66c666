using SocialCard.Domain.Cards;

namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>Why a guardian may not apply; null where he may.</summary>
    /// <param name="guardian">His card.</param>
    /// <param name="document">His document.</param>
    /// <param name="wardship">What the child is to him.</param>
    /// <param name="realName">The verification of his real name.</param>
    /// <param name="rules">The rules of the region of his card.</param>
    /// <param name="now">The time.</param>
    public static Refusal? OpeningFault(
        Card guardian,
        IdentityDocument document,
        Wardship wardship,
        RealNameVerification realName,
        ElectronicCardOfChild rules,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(guardian);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(realName);
        ArgumentNullException.ThrowIfNull(rules);
        return guardian.Status is not CardStatus.Active ? ElectronicCardRefusals.GuardianCardNotActive
            : document.AgeOn(ChinaTime.DateOf(now)) < rules.GuardianFromAge ? ElectronicCardRefusals.GuardianTooYoung
            : !rules.Wardships.Contains(wardship) ? ElectronicCardRefusals.RelationNotAllowed
            : !rules.RealNameChecks.Contains(realName.Method) ? ElectronicCardRefusals.RealNameCheckNotAllowed
            : realName.At < now - RealNameVerification.Validity ? ElectronicCardRefusals.RealNameOutdated
            : null;
    }

    /// <summary>An application is opened.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="regionCode">The region of the guardian's card.</param>
    /// <param name="guardian">Who applies.</param>
    /// <param name="wardship">What the child is to him.</param>
    /// <param name="terms">The rules that it is opened under.</param>
    /// <param name="now">The time.</param>
    public static Decision<ElectronicCard> Open(
        string id, string regionCode, ElectronicCardGuardian guardian, Wardship wardship, ElectronicCardTerms terms, DateTimeOffset now) =>
        Decision.Changed(
            new ElectronicCard
            {
                Id = id,
                RegionCode = regionCode,
                Terms = terms,
                Guardian = guardian,
                Wardship = wardship,
                OpenedAt = now,
                LapsesAt = DraftEnd(now),
                State = ElectronicCardState.Draft,
            },
            new ElectronicCardOpened(wardship));

    private static DateTimeOffset DraftEnd(DateTimeOffset from) => ChinaTime.StartOf(ChinaTime.DateOf(from).AddDays(DraftDays + 1));
}
