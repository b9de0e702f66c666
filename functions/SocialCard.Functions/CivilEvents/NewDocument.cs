using System.Text.Json;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// A corrected document as it is kept, encrypted, until the event is carried out: a number of eighteen characters by itself, which is
/// all that version 1.0 kept, any other with its parts.
/// </summary>
internal sealed record NewDocument(IdentityDocumentType Type, string Number, string? Nationality, DateOnly? BirthDate)
{
    /// <summary>The document in its parts.</summary>
    public static NewDocument Of(IdentityDocument document) =>
        new(document.Type, document.Number, document.Nationality, document.BirthDate);

    /// <summary>Reads what was kept; null where it is none.</summary>
    public static IdentityDocument? Read(string? text) => CitizenId.TryParse(text, out var id) ? IdentityDocument.Of(id)
        : text is not null && JsonSerializer.Deserialize<NewDocument>(text, SocialCardJson.Options) is { } parts
            ? IdentityDocument.Read(parts.Type, parts.Number, parts.Nationality, parts.BirthDate).Document
        : null;

    /// <summary>What is kept.</summary>
    public string ToText() => JsonSerializer.Serialize(this, SocialCardJson.Compact);

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "document";
}
