namespace SocialCard.Functions.People;

/// <summary>A holder as the API shows him.</summary>
/// <param name="IdNumber">All but the last four characters hidden; null where his document has no number of eighteen.</param>
/// <param name="Document">The document that he is known by, masked.</param>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="Mobile">The middle hidden; null if he has told none.</param>
/// <param name="HolderId">The holder, the same on each of his cards; null where version 1.0 has answered, and is answered again.</param>
public sealed record HolderView(string? IdNumber, MaskedDocument Document, string Name, string? Mobile, string? HolderId)
{
    /// <summary>
    /// The document that he is known by, masked. What version 1.0 has answered, and is answered again, had the number only.
    /// </summary>
    public MaskedDocument Document { get; init; } = Document ?? new(IdentityDocumentType.ResidentId, IdNumber!, null);

    /// <summary>The view of a person.</summary>
    public static HolderView Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new(person.IdNumber, person.Document, person.Name, person.Mobile, person.Id);
    }
}
