using SocialCard.Domain.Employers;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Employers;

/// <summary>Body of a registration.</summary>
/// <param name="Code">The unified social credit code.</param>
/// <param name="Name">The employer's name.</param>
/// <param name="FoundedOn">The local day of founding.</param>
/// <param name="RegionCode">Where it is, by GB/T 2260.</param>
/// <param name="Credential">By what it proves itself.</param>
/// <param name="Representative">Its legal representative.</param>
/// <example>
/// {
///   "code": "91350100M000100Y43", "name": "太原小店有限公司", "foundedOn": "2026-10-15", "regionCode": "140100",
///   "credential": "businessLicence",
///   "representative": {"idNumber": "140105199006201719", "name": "李大方", "mobile": "13900139000"}
/// }
/// </example>
public sealed record RegisterEmployerRequest(
    EmployerCode Code,
    EmployerName Name,
    DateOnly FoundedOn,
    string RegionCode,
    EmployerCredential Credential,
    RepresentativeRequest Representative) : ApplicantRequest;

/// <summary>A legal representative as filed.</summary>
/// <param name="Name">His name.</param>
/// <param name="Mobile">His mobile number.</param>
public sealed record RepresentativeRequest(PersonName Name, MobileNumber Mobile) : IdentityRequest
{
    internal PersonData Person => new(Identity, Name.Value, Mobile.Value);
}

/// <summary>Body of a decision.</summary>
/// <param name="Approve">Whether the registration is accepted.</param>
/// <param name="Reason">Why not.</param>
/// <example>
/// {"approve": false, "reason": "No seal."}
/// </example>
public sealed record EmployerDecisionRequest(bool Approve, string? Reason = null);

/// <summary>Body of a change: what is left out stays.</summary>
/// <param name="ChangedOn">The local day of the change.</param>
/// <param name="Name">The new name.</param>
/// <param name="RegionCode">The new region.</param>
/// <param name="Representative">The new legal representative.</param>
/// <example>
/// {"changedOn": "2026-11-24", "name": "新名公司"}
/// </example>
public sealed record ChangeEmployerRequest(
    DateOnly ChangedOn, EmployerName? Name = null, string? RegionCode = null, RepresentativeRequest? Representative = null)
    : ApplicantRequest;

/// <summary>Body of a notice of the market regulator.</summary>
/// <param name="Kind">Founding or end.</param>
/// <param name="OccurredOn">The local day of that.</param>
/// <param name="Name">The employer's name.</param>
/// <param name="RegionCode">Where it is, by GB/T 2260.</param>
/// <example>
/// {"kind": "founded", "occurredOn": "2026-11-24", "name": "太原小店有限公司", "regionCode": "140100"}
/// </example>
public sealed record RegistryNoticeRequest(RegistryNoticeKind Kind, DateOnly OccurredOn, EmployerName Name, string RegionCode)
{
    internal RegistryNotice Notice => new(Kind, OccurredOn, Name.Value, RegionCode);
}

/// <summary>Body of a termination.</summary>
/// <param name="TerminatedOn">The local day of the end.</param>
/// <param name="Reason">Why.</param>
/// <example>
/// {"terminatedOn": "2026-11-24", "reason": "dissolved"}
/// </example>
public sealed record TerminateEmployerRequest(DateOnly TerminatedOn, EmployerEnd Reason) : ApplicantRequest;
