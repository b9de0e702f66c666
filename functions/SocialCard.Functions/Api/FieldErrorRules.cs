namespace SocialCard.Functions.Api;

/// <summary>What several bodies are checked for, and that takes the time or the regions.</summary>
public static class FieldErrorRules
{
    /// <summary>A day that something happened on is not in the future.</summary>
    public static FieldErrors RequirePast(this FieldErrors errors, string field, DateOnly day, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors.Require(field, day <= ChinaTime.DateOf(now), "The day is in the future.");
    }

    /// <summary>Nobody is born in the future.</summary>
    public static FieldErrors RequireBorn(this FieldErrors errors, string field, IdentityDocument document, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(document);
        return errors.Require(field, !(document.BirthDate > ChinaTime.DateOf(now)), "The day of birth is in the future.");
    }

    /// <summary>A region is one that is known; one that is left out is none to check.</summary>
    public static FieldErrors RequireRegion(this FieldErrors errors, string field, string? region, RegionPolicies regions)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(regions);
        return errors.Require(field, region is null || regions.TryGet(region, out _), "Not a known GB/T 2260 region.");
    }
}
