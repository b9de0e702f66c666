using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Employers;

/// <summary>An employer as callers see it; the representative masked. What it has not filed itself is null.</summary>
/// <param name="Code">The unified social credit code.</param>
/// <param name="Name">Its name.</param>
/// <param name="FoundedOn">The local day of its founding, as it filed it or else as the market regulator told it.</param>
/// <param name="RegionCode">Where it is.</param>
/// <param name="Credential">By what it proved itself.</param>
/// <param name="Representative">Its legal representative, masked.</param>
/// <param name="State">Where the registration stands.</param>
/// <param name="Registration">The latest filing.</param>
/// <param name="Decision">The bureau's decision on it.</param>
/// <param name="Termination">How the employer ended.</param>
/// <param name="Registry">What the market regulator has told; null while that is nothing.</param>
/// <param name="RegistrationDueOn">The last local day to register a founding that the regulator told; null where none is to be.</param>
/// <param name="TerminationDueOn">The last local day to register an end that the regulator told; null where none is to be.</param>
/// <example>
/// {
///   "code": "91350100M000100Y43", "name": "太原小店有限公司", "foundedOn": "2026-10-15", "regionCode": "140100",
///   "credential": "businessLicence",
///   "representative": {
///     "name": "李**", "idNumber": "**************1719",
///     "document": {"type": "residentId", "number": "**************1719", "nationality": null}, "mobile": "139****9000"
///   },
///   "state": "underReview",
///   "registration": {
///     "reviewId": "6e632f714111accf", "filedAt": "2026-11-24T14:49:44Z", "late": true, "daysLate": 10,
///     "reviewDueOn": "2026-12-09", "reviewOverdue": false
///   },
///   "decision": null, "termination": null,
///   "registry": {"foundedOn": "2026-10-15", "endedOn": null}, "registrationDueOn": null, "terminationDueOn": null
/// }
/// </example>
public sealed record EmployerView(
    string Code,
    string Name,
    DateOnly? FoundedOn,
    string RegionCode,
    EmployerCredential? Credential,
    RepresentativeView? Representative,
    EmployerState State,
    EmployerFilingView? Registration,
    EmployerVerdict? Decision,
    EmployerTermination? Termination,
    EmployerRegistryView? Registry,
    DateOnly? RegistrationDueOn,
    DateOnly? TerminationDueOn)
{
    /// <summary>What may be shown of an employer.</summary>
    public static EmployerView Of(Employer employer)
    {
        ArgumentNullException.ThrowIfNull(employer);
        var (facts, registry, deadline) = (employer.Facts, employer.Registry, employer.Deadline);
        return new(
            employer.Code,
            facts?.Name ?? registry!.Name,
            facts?.FoundedOn ?? registry!.FoundedOn,
            employer.RegionCode,
            facts?.Credential,
            facts is null ? null : RepresentativeView.Of(facts.Representative),
            employer.State,
            employer.Filing is { } filing ? EmployerFilingView.Of(filing) : null,
            employer.Verdict,
            employer.Termination,
            registry is null ? null : new(registry.FoundedOn, registry.EndedOn),
            deadline?.Duty is EmployerDuty.Registration ? deadline.DueOn : null,
            deadline?.Duty is EmployerDuty.Termination ? deadline.DueOn : null);
    }
}

/// <summary>What the market regulator has told of an employer.</summary>
/// <param name="FoundedOn">The local day of its founding; null while that was not told.</param>
/// <param name="EndedOn">The local day of its end; null while that was not told.</param>
public sealed record EmployerRegistryView(DateOnly? FoundedOn, DateOnly? EndedOn);

/// <summary>A legal representative, masked.</summary>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="IdNumber">All but the last four characters hidden; null where his document has no number of eighteen.</param>
/// <param name="Document">The document that he is known by, masked.</param>
/// <param name="Mobile">The middle hidden.</param>
public sealed record RepresentativeView(string Name, string? IdNumber, MaskedDocument Document, string? Mobile)
{
    /// <summary>What may be shown of a person.</summary>
    public static RepresentativeView Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new(person.Name, person.IdNumber, person.Document, person.Mobile);
    }
}

/// <summary>A filing.</summary>
/// <param name="ReviewId">Names its review.</param>
/// <param name="FiledAt">When it was received.</param>
/// <param name="Late">Whether it came later than thirty days after founding.</param>
/// <param name="DaysLate">By how many days.</param>
/// <param name="ReviewDueOn">The last local day of the review.</param>
/// <param name="ReviewOverdue">Whether the review was not decided by then.</param>
public sealed record EmployerFilingView(
    string ReviewId, DateTimeOffset FiledAt, bool Late, int DaysLate, DateOnly ReviewDueOn, bool ReviewOverdue)
{
    /// <summary>What is shown of a filing.</summary>
    public static EmployerFilingView Of(EmployerFiling filing)
    {
        ArgumentNullException.ThrowIfNull(filing);
        return new(filing.ReviewId, filing.FiledAt, filing.DaysLate > 0, filing.DaysLate, filing.ReviewDueOn, filing.IsOverdue);
    }
}
