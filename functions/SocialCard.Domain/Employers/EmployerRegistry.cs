using System.Globalization;

namespace SocialCard.Domain.Employers;

/// <summary>What the market regulator tells of an employer (Social Insurance Law art. 57).</summary>
/// <param name="Kind">Its founding or its end.</param>
/// <param name="OccurredOn">The local day of that.</param>
/// <param name="Name">The employer's name.</param>
/// <param name="RegionCode">Where it is, by GB/T 2260.</param>
public sealed record RegistryNotice(RegistryNoticeKind Kind, DateOnly OccurredOn, string Name, string RegionCode)
{
    internal EmployerRegistry ToRegistry() => new(
        Name,
        RegionCode,
        Kind is RegistryNoticeKind.Founded ? OccurredOn : null,
        Kind is RegistryNoticeKind.Ended ? OccurredOn : null);
}

/// <summary>Of what the market regulator gives notice.</summary>
public enum RegistryNoticeKind
{
    /// <summary>The employer was founded.</summary>
    Founded,

    /// <summary>The employer has ended.</summary>
    Ended,
}

/// <summary>What the market regulator has told of an employer.</summary>
/// <param name="Name">Its name, as it was told first.</param>
/// <param name="RegionCode">Where it is, as it was told first.</param>
/// <param name="FoundedOn">The local day of its founding; null while that was not told.</param>
/// <param name="EndedOn">The local day of its end; null while that was not told.</param>
public sealed record EmployerRegistry(string Name, string RegionCode, DateOnly? FoundedOn, DateOnly? EndedOn);

/// <summary>What an employer has to register.</summary>
public enum EmployerDuty
{
    /// <summary>That it was founded.</summary>
    Registration,

    /// <summary>That it has ended.</summary>
    Termination,
}

/// <summary>Until when an employer has to register what the market regulator has told.</summary>
/// <param name="Duty">What it has to register.</param>
/// <param name="DueOn">The last local day.</param>
/// <param name="Since">Since when that is known.</param>
/// <param name="IsOverdue">Whether operations were told that the day has passed.</param>
public sealed record EmployerDeadline(EmployerDuty Duty, DateOnly DueOn, DateTimeOffset Since, bool IsOverdue = false)
{
    /// <summary>Its name within the employer.</summary>
    [JsonIgnore]
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{SocialCardJson.NameOf<EmployerDuty>(Duty)}-{DueOn:yyyyMMdd}");
}
