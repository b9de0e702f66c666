using SocialCard.Domain.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>Body of a report of an event.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="Name">The person's name; needed where others have the number too, and for a birth.</param>
/// <param name="CardNumber">One of the person's cards, where others have the number too.</param>
/// <param name="NewName">For a change of name.</param>
/// <param name="NewIdNumber">For the correction of an ID number.</param>
/// <param name="NewDocument">For the same, in its place: another document, such as a new passport.</param>
/// <param name="ToRegion">For a move, and for a birth: where the household is, by GB/T 2260.</param>
/// <param name="Guardians">For a birth: the parents or the guardian.</param>
/// <example>
/// {
///   "kind": "idCorrection", "idNumber": "140105199002090409", "occurredOn": "2033-07-12",
///   "newIdNumber": "140105199002110422"
/// }
/// </example>
public sealed record CivilEventRequest(
    CivilEventKind Kind,
    DateOnly OccurredOn,
    PersonName? Name = null,
    CardNumber? CardNumber = null,
    PersonName? NewName = null,
    CitizenId? NewIdNumber = null,
    IdentityDocumentRequest? NewDocument = null,
    string? ToRegion = null,
    IReadOnlyList<GuardianRequest>? Guardians = null) : IdentityRequest
{
    /// <summary>The document after a correction; null for anything else.</summary>
    internal IdentityDocument? Corrected => IdentityOf(NewIdNumber, NewDocument);

    /// <summary>Whether a value is there for the kinds that take it, and for no other.</summary>
    internal bool GoesWith(object? value, params ReadOnlySpan<CivilEventKind> kinds) => kinds.Contains(Kind) == (value is not null);
}

/// <summary>A parent, or a guardian who is none.</summary>
public sealed record GuardianRequest : IdentityRequest;
