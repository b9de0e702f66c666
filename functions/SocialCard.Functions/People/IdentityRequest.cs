namespace SocialCard.Functions.People;

/// <summary>What a body says of who somebody is: his ID number, or the document that he is known by; one of them.</summary>
public abstract record IdentityRequest : IJsonOnDeserialized
{
    /// <summary>
    /// His ID number, or else <c>document</c>: one of them. Eighteen characters, which tell by their beginning what it is the number of; a
    /// citizen's fifteen of the old form are upgraded.
    /// </summary>
    public CitizenId? IdNumber { get; init; }

    /// <summary>
    /// His document, in place of the ID number; the only way for a passport and for the older card of a permanent resident.
    /// </summary>
    public IdentityDocumentRequest? Document { get; init; }

    /// <summary>The document that he is known by.</summary>
    internal IdentityDocument Identity => Presented!;

    /// <summary>The same; null where none must be there, and none is.</summary>
    internal IdentityDocument? Presented => IdentityOf(IdNumber, Document);

    /// <summary>The field in which the day of birth was told.</summary>
    internal string BirthField => IdNumber is not null ? "idNumber" : "document";

    /// <summary>Whether one must be there.</summary>
    private protected virtual bool NeedsIdentity => true;

    void IJsonOnDeserialized.OnDeserialized()
    {
        if (NeedsIdentity || Document is not null)
        {
            RequireOne(IdNumber, Document);
        }
    }

    /// <summary>The document that one of two fields names; null if neither does.</summary>
    internal static IdentityDocument? IdentityOf(CitizenId? idNumber, IdentityDocumentRequest? document) =>
        document?.Document ?? (idNumber is null ? null : IdentityDocument.Of(idNumber));

    /// <summary>Of two fields for one person, one is there.</summary>
    /// <param name="idNumber">His ID number.</param>
    /// <param name="document">His document.</param>
    /// <param name="whose">What the names of the fields begin with.</param>
    /// <exception cref="FieldFault">None is there, or both.</exception>
    internal static void RequireOne(CitizenId? idNumber, IdentityDocumentRequest? document, string whose = "")
    {
        if (idNumber is null == document is null)
        {
            throw idNumber is null
                ? new FieldFault(NameOf("idNumber"), "Required, or the document in its place.")
                : new FieldFault(NameOf("document"), "Only in place of the ID number.");
        }

        string NameOf(string field) => whose.Length == 0 ? field : whose + char.ToUpperInvariant(field[0]) + field[1..];
    }
}

/// <summary>A document that somebody is known by.</summary>
/// <param name="Type">Which kind it is.</param>
/// <param name="Number">Its number.</param>
/// <param name="Nationality">Of a passport: three capital letters of ISO 3166-1. Of another document the one that it names, if any.</param>
/// <param name="BirthDate">Of a passport: the day of birth, if it is known. Of another document the one that its number carries.</param>
public sealed record IdentityDocumentRequest(
    IdentityDocumentType Type, string Number, string? Nationality = null, DateOnly? BirthDate = null) : IJsonOnDeserialized
{
    /// <summary>The document, once the parts are known to make one.</summary>
    internal IdentityDocument? Document => IdentityDocument.Read(Type, Number, Nationality, BirthDate).Document;

    void IJsonOnDeserialized.OnDeserialized()
    {
        if (IdentityDocument.Read(Type, Number, Nationality, BirthDate).Fault is { } fault)
        {
            throw new FieldFault(fault.Part, fault.Expected);
        }
    }

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "document";
}
