using System.Text.Json.Serialization;

namespace SocialCard.Regions;

/// <summary>What an electronic card is good for while its physical card is not.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ElectronicCardUse>))]
public enum ElectronicCardUse
{
    /// <summary>Everything.</summary>
    Usable,

    /// <summary>Everything, once its holder has said so.</summary>
    WithAuthorization,

    /// <summary>Nothing.</summary>
    Blocked,
}

/// <summary>The use of the electronic card by the state of the physical one.</summary>
/// <param name="TemporaryLoss">Under a temporary loss report.</param>
/// <param name="FormalLoss">Under a formal loss report.</param>
/// <param name="PasswordLocked">With its password locked.</param>
/// <param name="Cancelled">Cancelled.</param>
public sealed record ElectronicCardUses(
    ElectronicCardUse TemporaryLoss,
    ElectronicCardUse FormalLoss,
    ElectronicCardUse PasswordLocked,
    ElectronicCardUse Cancelled) : PolicySection;

/// <summary>How many relatives' electronic cards one person may hold; null where no maximum is known.</summary>
/// <param name="Total">In all.</param>
/// <param name="Elders">Parents and grandparents.</param>
/// <param name="Children">Children.</param>
/// <param name="Spouse">Husband or wife.</param>
/// <param name="Others">Others.</param>
public sealed record ElectronicCardRelatives(int? Total, int? Elders, int? Children, int? Spouse, int? Others) : PolicySection;

/// <summary>The electronic card.</summary>
/// <param name="While">Its use by the state of the physical card.</param>
/// <param name="PasswordDelay">When a new password of its own takes effect.</param>
/// <param name="NeedsPhysicalCard">Only a valid physical card has one.</param>
/// <param name="Relatives">How many relatives' cards one person may hold.</param>
/// <param name="RelativeReview">How long the application for a relative takes; null where unknown.</param>
public sealed record ElectronicCardPolicy(
    ElectronicCardUses While,
    Delay PasswordDelay,
    bool NeedsPhysicalCard,
    ElectronicCardRelatives Relatives,
    [Units(PeriodUnit.WorkingDays)] Period? RelativeReview) : PolicySection;
