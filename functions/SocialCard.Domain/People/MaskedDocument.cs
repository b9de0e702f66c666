namespace SocialCard.Domain.People;

/// <summary>A document as answers show it.</summary>
/// <param name="Type">Which kind it is.</param>
/// <param name="Number">Its number with all but its last characters hidden: four of them, or fewer of a short one.</param>
/// <param name="Nationality">The nationality that it names, by ISO 3166-1; null where it names none.</param>
public sealed record MaskedDocument(IdentityDocumentType Type, string Number, string? Nationality);
