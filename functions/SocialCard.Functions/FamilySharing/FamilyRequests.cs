using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilySharing;

/// <summary>Body of a request for family sharing.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Members">Who is to become a member; 1 to 10.</param>
/// <param name="AccountBalanceYuan">The balance of the giver's account in yuan, as the caller attests it.</param>
/// <example>
/// {
///   "channel": "website", "idNumber": "140105199005031236",
///   "realNameVerification": {"method": "faceVerification", "reference": "face-1", "at": "2026-11-24T14:44:27Z"},
///   "members": [
///     {"idNumber": "140105199005081284", "relation": "child", "cardNumber": "T00000124"},
///     {"idNumber": "140105199005081284", "relation": "child", "cardNumber": "T00000124"},
///     {"idNumber": "140105199005031236", "relation": "spouse", "cardNumber": "T00000121"}
///   ]
/// }
/// </example>
public sealed record FamilyMembersRequest(
    FamilyChannel Channel, IReadOnlyList<FamilyMemberRequest> Members, decimal? AccountBalanceYuan = null) : ProvenRequest;

/// <summary>One relative.</summary>
/// <param name="Relation">What he is to the giver.</param>
/// <param name="ComputerNumber">His personal number in the insurance system (个人电脑号), 8 to 12 digits; checked and not kept.</param>
/// <param name="CardNumber">His card, where it is shown.</param>
public sealed record FamilyMemberRequest(
    Relation Relation, ComputerNumber? ComputerNumber = null, CardNumber? CardNumber = null) : IdentityRequest;

/// <summary>Body of a receiver's consent.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {
///   "channel": "weChat", "idNumber": "140105199004141046",
///   "realNameVerification": {"method": "faceVerification", "reference": "face-1", "at": "2026-11-24T14:44:27Z"}
/// }
/// </example>
public sealed record FamilyConsentRequest(FamilyChannel Channel) : ProvenRequest;

/// <summary>Body of the withdrawal of a member by the giver.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199005031236"}
/// </example>
public sealed record WithdrawFamilyMemberRequest(FamilyChannel Channel) : ProvenRequest;
