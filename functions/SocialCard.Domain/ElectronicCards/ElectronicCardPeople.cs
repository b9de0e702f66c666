using SocialCard.Domain.Cards;

namespace SocialCard.Domain.ElectronicCards;

/// <summary>The guardian.</summary>
/// <param name="Person">The person, in the stored form.</param>
/// <param name="CardNumber">His card at the opening; he goes by his person from then on, so a new card changes nothing.</param>
/// <param name="RealName">The verification of his real name.</param>
public sealed record ElectronicCardGuardian(Person Person, CardNumber CardNumber, RealNameVerification RealName);

/// <summary>The child.</summary>
/// <param name="Person">The person, in the stored form, with the guardian's mobile number.</param>
/// <param name="AccessEndsAt">When the child is old enough that its guardian's access ends.</param>
public sealed record ElectronicCardMember(Person Person, DateTimeOffset AccessEndsAt);
