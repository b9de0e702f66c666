namespace SocialCard.Domain.Rules;

/// <summary>The card that bridges the wait for a new one: social-security application only, no debit account.</summary>
/// <param name="Offered">The region has one; null where unknown.</param>
/// <param name="Validity">How long it is valid.</param>
/// <param name="Maximum">How long with all extensions.</param>
/// <param name="ExtensionChannels">Where it is extended.</param>
/// <param name="DepositYuan">Deposit in yuan, paid back on return.</param>
/// <param name="LocalOnly">Not valid outside the region.</param>
/// <param name="PickUpCertificate">A certificate for medical treatment takes its place.</param>
public sealed record TemporaryCardPolicy(
    bool? Offered,
    [Units(PeriodUnit.Days)] Period? Validity,
    [Units(PeriodUnit.Days, PeriodUnit.Months)] Period? Maximum,
    IReadOnlyList<ServiceChannel>? ExtensionChannels,
    int? DepositYuan,
    bool? LocalOnly,
    bool PickUpCertificate) : PolicySection;
