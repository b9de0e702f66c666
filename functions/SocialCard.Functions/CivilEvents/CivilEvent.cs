using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>An event of a person's life, as it is carried out. It holds no personal data.</summary>
/// <param name="OperationId">The same for every delivery of the event; whoever handles it derives the ids of his steps from it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="HolderId">The person, by the id that the event found him under.</param>
/// <param name="Holder">The person after the event; another holder where he turned out to be that one.</param>
public sealed record CivilEvent(string OperationId, CivilEventKind Kind, string HolderId, Holder Holder);
