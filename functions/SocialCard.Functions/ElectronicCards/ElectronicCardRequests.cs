using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>Body of the opening of an application.</summary>
/// <param name="GuardianCardNumber">The guardian's card.</param>
/// <param name="GuardianIdNumber">His ID number, as presented.</param>
/// <param name="GuardianDocument">His document, in place of the ID number.</param>
/// <param name="Relation">What the child is to him.</param>
/// <param name="RealNameVerification">The verification of his real name.</param>
/// <example>
/// {
///   "guardianCardNumber": "T00000084", "guardianIdNumber": "140105199003240835", "relation": "child",
///   "realNameVerification": {"method": "faceVerification", "reference": "face-1", "at": "2026-11-24T14:44:27Z"}
/// }
/// </example>
public sealed record OpenElectronicCardRequest(
    CardNumber GuardianCardNumber,
    Wardship Relation,
    RealNameRequest RealNameVerification,
    CitizenId? GuardianIdNumber = null,
    IdentityDocumentRequest? GuardianDocument = null) : IProofBody, IJsonOnDeserialized
{
    IdentityDocument? IProofBody.Shown => Guardian;

    RealNameVerification? IProofBody.RealNameAt(DateTimeOffset now) => RealNameVerification.Verification;

    internal IdentityDocument Guardian => IdentityRequest.IdentityOf(GuardianIdNumber, GuardianDocument)!;

    void IJsonOnDeserialized.OnDeserialized() => IdentityRequest.RequireOne(GuardianIdNumber, GuardianDocument, "guardian");

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "electronic card of a child";
}

/// <summary>Body of the acceptance of the notice.</summary>
/// <param name="Version">Which one was read.</param>
/// <param name="Accepted">That it was accepted: true.</param>
/// <example>
/// {"version": "1", "accepted": true}
/// </example>
public sealed record AcceptNoticeRequest(string Version, bool Accepted) : ApplicantRequest;

/// <summary>Body of the end of an application, or of a card, on its guardian's wish.</summary>
/// <example>
/// {"idNumber": "140105199003240835"}
/// </example>
public sealed record GiveUpElectronicCardRequest : ProvenRequest;

/// <summary>Body of the naming of a child.</summary>
/// <param name="Name">Its name.</param>
/// <example>
/// {"idNumber": "140105202210157318", "name": "王小宝"}
/// </example>
public sealed record NameMemberRequest(PersonName Name) : IdentityRequest;

/// <summary>Body of a signature.</summary>
/// <param name="LetterHash">The hash of the letter that was shown: its SHA-256 in hexadecimal, as its ETag gives it.</param>
/// <param name="Method">How he proved that it is he.</param>
/// <param name="Reference">The verifier's name for that: 1 to 64 visible ASCII characters.</param>
/// <param name="SignerIdNumber">The guardian's ID number, as presented.</param>
/// <param name="SignerDocument">His document, in place of the ID number.</param>
/// <example>
/// {
///   "letterHash": "794794db061feb6203996604a37ac17568772c6d30681168131bd5efb400746a",
///   "signerIdNumber": "140105199202207819", "method": "faceVerification", "reference": "face-2"
/// }
/// </example>
public sealed record SignLetterRequest(
    LetterHash LetterHash,
    PersonCheck Method,
    Reference Reference,
    CitizenId? SignerIdNumber = null,
    IdentityDocumentRequest? SignerDocument = null) : IProofBody, IJsonOnDeserialized
{
    IdentityDocument? IProofBody.Shown => Signer;

    RealNameVerification? IProofBody.RealNameAt(DateTimeOffset now) => new(Method, Reference.Value, now);

    internal IdentityDocument Signer => IdentityRequest.IdentityOf(SignerIdNumber, SignerDocument)!;

    void IJsonOnDeserialized.OnDeserialized() => IdentityRequest.RequireOne(SignerIdNumber, SignerDocument, "signer");
}

/// <summary>Body of a decision.</summary>
/// <param name="Approve">Whether the card is issued.</param>
/// <param name="Reason">Why not: 1 to 500 characters.</param>
/// <example>
/// {"approve": false, "reason": "The register cannot be read."}
/// </example>
public sealed record DecideElectronicCardRequest(bool Approve, string? Reason = null);

/// <summary>Body of a check of a voucher.</summary>
/// <param name="Token">What the QR code holds.</param>
/// <example>
/// {"token": "CfDJ8ArnZoOXx1hOtg6ni-yRtki9fx4gVLXdvoEcEtL5pLmvb-aE8AMmthUyb4mJ"}
/// </example>
public sealed record CheckVoucherRequest(string Token)
{
    /// <summary>Does not show the token.</summary>
    public override string ToString() => "voucher";
}
