namespace SocialCard.Functions.CivilEvents;

/// <summary>An event of a person's life, as it is carried out. It holds no personal data.</summary>
/// <param name="OperationId">The same for every delivery of the event; whoever handles it derives the ids of his steps from it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="By">The partner that told.</param>
/// <param name="CardNumber">The card by which the person was named.</param>
/// <param name="HolderKey">The person, by the <see cref="Person.Key"/> under which the event found him.</param>
/// <param name="NewHolderKey">The person's key after the correction of an ID number; null for anything else.</param>
/// <param name="ToRegion">The new region of a move; null for anything else.</param>
public sealed record CivilEvent(
    string OperationId,
    CivilEventKind Kind,
    DateOnly OccurredOn,
    string By,
    CardNumber CardNumber,
    string HolderKey,
    string? NewHolderKey,
    string? ToRegion);
