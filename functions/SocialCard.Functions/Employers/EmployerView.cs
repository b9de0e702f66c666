using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Employers;

/// <summary>An employer as callers see it; the representative masked.</summary>
/// <param name="Code">The unified social credit code.</param>
/// <param name="Name">Its name.</param>
/// <param name="FoundedOn">The local day of its founding.</param>
/// <param name="RegionCode">Where it is.</param>
/// <param name="Credential">By what it proved itself.</param>
/// <param name="Representative">Its legal representative, masked.</param>
/// <param name="State">Where the registration stands.</param>
/// <param name="Registration">The latest filing.</param>
/// <param name="Decision">The bureau's decision on it.</param>
/// <param name="Termination">How the employer ended.</param>
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
///   "decision": null, "termination": null
/// }
/// </example>
public sealed record EmployerView(
    string Code,
    string Name,
    DateOnly FoundedOn,
    string RegionCode,
    EmployerCredential Credential,
    RepresentativeView Representative,
    EmployerState State,
    EmployerFilingView Registration,
    EmployerVerdict? Decision,
    EmployerTermination? Termination)
{
    /// <summary>What may be shown of an employer.</summary>
    public static EmployerView Of(Employer employer)
    {
        ArgumentNullException.ThrowIfNull(employer);
        var (facts, filing) = (employer.Facts, employer.Filing);
        return new(
            employer.Code,
            facts.Name,
            facts.FoundedOn,
            facts.RegionCode,
            facts.Credential,
            RepresentativeView.Of(facts.Representative),
            employer.State,
            new(filing.ReviewId, filing.FiledAt, filing.DaysLate > 0, filing.DaysLate, filing.ReviewDueOn, filing.IsOverdue),
            employer.Verdict,
            employer.Termination);
    }
}

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
    string ReviewId, DateTimeOffset FiledAt, bool Late, int DaysLate, DateOnly ReviewDueOn, bool ReviewOverdue);
