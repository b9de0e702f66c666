namespace SocialCard.Domain.People;

/// <summary>
/// The document that a person is known by: its type and number, and for a passport the nationality. It is the same document whether
/// or not a day of birth was told with it. Personal data: never logged, never sent to a queue.
/// </summary>
public sealed record IdentityDocument
{
    private const int ShortestPassport = 5;
    private const int LongestPassport = 12;

    private static readonly string[] PermitAreas = ["810000", "820000", "830000"];

    private IdentityDocument(IdentityDocumentType type, string number, string? nationality, DateOnly? birthDate) =>
        (Type, Number, Nationality, BirthDate) = (type, number, nationality, birthDate);

    /// <summary>Which kind it is.</summary>
    public IdentityDocumentType Type { get; }

    /// <summary>Its number, in capitals.</summary>
    public string Number { get; }

    /// <summary>The nationality that it names, by ISO 3166-1 in three letters; null for a citizen and where it names none.</summary>
    public string? Nationality { get; }

    /// <summary>The day of birth: that of the number, else as it was told beside a passport; null if it is not known.</summary>
    public DateOnly? BirthDate { get; }

    /// <summary>The number as one of eighteen characters; null where it is none.</summary>
    public CitizenId? IdNumber { get; private init; }

    /// <summary>Whether the number itself tells the day of birth, with its century.</summary>
    public bool CarriesBirthDate => IdNumber is not null;

    /// <summary>As answers show it.</summary>
    public MaskedDocument Masked
    {
        get
        {
            var shown = Math.Min(4, Number.Length / 2);
            return new(Type, new string('*', Number.Length - shown) + Number[^shown..], Nationality);
        }
    }

    /// <summary>The document that a number of eighteen characters belongs to, which its beginning tells.</summary>
    public static IdentityDocument Of(CitizenId number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var type = number.Value[0] == '9' ? IdentityDocumentType.ForeignPermanentResident
            : PermitAreas.Contains(number.Value[..6]) ? IdentityDocumentType.ResidencePermit
            : IdentityDocumentType.ResidentId;
        var nationality = type is IdentityDocumentType.ForeignPermanentResident ? Countries.Of(number.Value[3..6]) : null;
        return new(type, number.Value, nationality, number.BirthDate) { IdNumber = number };
    }

    /// <summary>Reads a document from its parts.</summary>
    /// <param name="type">Which kind it is.</param>
    /// <param name="number">Its number, in small letters or capitals.</param>
    /// <param name="nationality">For a passport; where another document names one, the same may be told.</param>
    /// <param name="birthDate">For a passport, if it is known; where the number carries one, the same may be told.</param>
    /// <returns>The document, or what is wrong with which of its parts.</returns>
    public static (IdentityDocument? Document, DocumentFault? Fault) Read(
        IdentityDocumentType type, string number, string? nationality = null, DateOnly? birthDate = null)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (type is IdentityDocumentType.Passport && (nationality is null || !Countries.IsKnown(nationality)))
        {
            return (null, DocumentFault.NoCountry);
        }

        if (Find(type, number.ToUpperInvariant(), nationality, birthDate) is not { } document)
        {
            return (null, DocumentFault.NotItsNumber);
        }

        return nationality is not null && nationality != document.Nationality ? (null, DocumentFault.OtherNationality)
            : birthDate is not null && birthDate != document.BirthDate ? (null, DocumentFault.OtherBirthDate)
            : (document, null);
    }

    /// <summary>The holder's age in full years on a day; a birthday counts from its first instant.</summary>
    /// <returns>Null if his day of birth is not known.</returns>
    public int? AgeOn(DateOnly day)
    {
        var years = day.Year - BirthDate?.Year;
        return BirthDate?.AddYears(years!.Value) > day ? years - 1 : years;
    }

    /// <inheritdoc/>
    public bool Equals(IdentityDocument? other) =>
        other is not null && Type == other.Type && Number == other.Number && Nationality == other.Nationality;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Number, Nationality);

    /// <summary>Shows the masked form, so that no log line ever carries the number by accident.</summary>
    public override string ToString() => Masked.Number;

    private static IdentityDocument? Find(IdentityDocumentType type, string number, string? nationality, DateOnly? birthDate) =>
        type is IdentityDocumentType.Passport ? IsPassportNumber(number) ? new(type, number, nationality, birthDate) : null
        : CitizenId.TryParse(number, out var id) ? Of(id) is { } known && known.Type == type ? known : null
        : type is IdentityDocumentType.ForeignPermanentResident
            && PermanentResidenceNumber.TryRead(number, birthDate, out var named, out var born) ? new(type, number, named, born)
        : null;

    private static bool IsPassportNumber(string number) =>
        number.Length is >= ShortestPassport and <= LongestPassport && number.All(char.IsAsciiLetterOrDigit)
        && number.Any(char.IsAsciiDigit);
}

/// <summary>What is wrong with a document.</summary>
/// <param name="Part">Which of its parts, as JSON names it.</param>
/// <param name="Expected">What is expected; it does not repeat the value.</param>
public sealed record DocumentFault(string Part, string Expected)
{
    internal static DocumentFault NotItsNumber { get; } = new("number", "Not a valid number of a document of this type.");

    internal static DocumentFault NoCountry { get; } = new("nationality", "For a passport: three capital letters of ISO 3166-1.");

    internal static DocumentFault OtherNationality { get; } = new("nationality", "Not the nationality that the number names, if any.");

    internal static DocumentFault OtherBirthDate { get; } = new("birthDate", "Not the day of birth that the number carries.");
}
