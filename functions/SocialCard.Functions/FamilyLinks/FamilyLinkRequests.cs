using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Body of a link.</summary>
/// <param name="GuardianCardNumber">The card of him who will show the code.</param>
/// <param name="Member">The relative.</param>
/// <param name="Relation">What the relative is to him.</param>
/// <param name="FaceVerification">The guardian's face for a child, else the relative's own.</param>
/// <param name="Document">What proves the kinship, for a child.</param>
/// <param name="Undertaking">The guardian's undertaking, for a child.</param>
/// <param name="GuardianIdNumber">The guardian's ID number, as presented.</param>
/// <param name="GuardianDocument">His document, in place of the ID number.</param>
/// <param name="RealNameVerification">
/// The verification of the guardian's real name, needed where nobody sees his document; for a child his face stands for it.
/// </param>
/// <example>
/// {
///   "guardianCardNumber": "T00000826", "guardianIdNumber": "14010519920404825X",
///   "member": {"idNumber": "140105203911158270", "name": "王小明"}, "relation": "child",
///   "faceVerification": {"of": "guardian", "reference": "face-1", "at": "2042-11-14T16:00:06.0073006+00:00"},
///   "document": {"kind": "birthCertificate", "reference": "scan-1"},
///   "undertaking": {"version": "1", "signedAt": "2042-11-14T16:00:06.0073006+00:00"}
/// }
/// </example>
public sealed record OpenFamilyLinkRequest(
    CardNumber GuardianCardNumber,
    LinkedRelativeRequest Member,
    Relation Relation,
    FaceEvidence FaceVerification,
    DocumentEvidence? Document = null,
    UndertakingEvidence? Undertaking = null,
    CitizenId? GuardianIdNumber = null,
    IdentityDocumentRequest? GuardianDocument = null,
    RealNameRequest? RealNameVerification = null) : IProofBody, IJsonOnDeserialized
{
    IdentityDocument? IProofBody.Shown => Guardian;

    RealNameVerification? IProofBody.RealNameAt(DateTimeOffset now) => RealNameVerification?.Verification
        ?? (FaceVerification is { Of: FaceOf.Guardian } face ? new(PersonCheck.FaceVerification, face.Reference.Value, face.At) : null);

    internal IdentityDocument Guardian => IdentityRequest.IdentityOf(GuardianIdNumber, GuardianDocument)!;

    void IJsonOnDeserialized.OnDeserialized() => IdentityRequest.RequireOne(GuardianIdNumber, GuardianDocument, "guardian");
}

/// <summary>A relative to be linked.</summary>
/// <param name="Name">His name.</param>
public sealed record LinkedRelativeRequest(PersonName Name) : IdentityRequest;

/// <summary>Body of the removal of a link by the guardian.</summary>
/// <example>
/// {"idNumber": "14010519920404825X"}
/// </example>
public sealed record RemoveFamilyLinkRequest : ProvenRequest;
