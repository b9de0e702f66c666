using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>Body of a report of an event.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="NewName">For a change of name.</param>
/// <param name="NewIdNumber">For the correction of an ID number.</param>
/// <param name="ToRegion">For a move: GB/T 2260.</param>
/// <example>
/// {
///   "kind": "idCorrection", "idNumber": "140105199002090409", "occurredOn": "2033-07-12",
///   "newIdNumber": "140105199002110422"
/// }
/// </example>
public sealed record CivilEventRequest(
    CivilEventKind Kind,
    DateOnly OccurredOn,
    PersonName? NewName = null,
    CitizenId? NewIdNumber = null,
    string? ToRegion = null) : IdentityRequest
{
    /// <summary>Whether a value is there for the kind that takes it, and for no other.</summary>
    internal bool GoesWith(CivilEventKind kind, object? value) => (Kind == kind) == (value is not null);
}
