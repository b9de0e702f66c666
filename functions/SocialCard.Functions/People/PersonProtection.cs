using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace SocialCard.Functions.People;

/// <summary>
/// Turns a person's data into what may be stored, and back: encrypted with ASP.NET Core Data Protection at rest, found by
/// a keyed hash (HMAC-SHA256 with a pepper that is kept outside the tables), masked for answers.
/// </summary>
public sealed class PersonProtection(IDataProtectionProvider protection, HolderPepper pepper) : IDocumentMatch
{
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.Holder.v1");

    /// <summary>
    /// The keyed hash of a document: the same for every card of a holder, of no use without the pepper. A number of eighteen characters
    /// is of one kind only and hashed as it is; any other number counts within its type and nationality.
    /// </summary>
    public string KeyOf(IdentityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Hash(
            document.IdNumber?.Value
            ?? $"{SocialCardJson.NameOf<IdentityDocumentType>(document.Type)}:{document.Nationality}:{document.Number}");
    }

    /// <summary>The keyed hash of a name as names are compared, which tells people of one number apart.</summary>
    public string NameKeyOf(string name) => Hash("name:" + PersonName.ComparableOf(name));

    /// <summary>Whether a document that somebody presented is the holder's; takes the same time either way.</summary>
    public bool Matches(Person holder, IdentityDocument presented)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(holder.Key), Encoding.ASCII.GetBytes(KeyOf(presented)));
    }

    /// <summary>
    /// The document that a holder has presented, with his day of birth if it is known at all. Where the number does not carry it, what he
    /// was registered with counts more than what is told now.
    /// </summary>
    public IdentityDocument DocumentOf(Person holder, IdentityDocument presented)
    {
        ArgumentNullException.ThrowIfNull(presented);
        return !presented.CarriesBirthDate && Open(holder).Document is { BirthDate: not null } registered ? registered : presented;
    }

    /// <summary>The stored form of a person.</summary>
    public Person Seal(PersonData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var document = data.Document;
        return new(
            KeyOf(document),
            MaskName(data.Name),
            document.IdNumber?.Masked,
            data.Mobile is { } mobile ? MobileNumber.Mask(mobile) : null,
            protector.Protect(JsonSerializer.Serialize(SealedPerson.Of(data))),
            document.Type is IdentityDocumentType.ResidentId ? null : document.Masked)
        {
            NameKey = NameKeyOf(data.Name),
        };
    }

    /// <summary>The stored form of a person whose data has changed; he stays who he is.</summary>
    public Person Reseal(Person person, PersonData data)
    {
        ArgumentNullException.ThrowIfNull(person);
        var resealed = Seal(data);
        return person.Id == resealed.Key ? resealed : resealed with { HolderId = person.Id };
    }

    /// <summary>The stored form of a person who is reached elsewhere; the same where that is so already.</summary>
    public Person WithMobile(Person person, string? mobile) =>
        Open(person) is var data && data.Mobile == mobile ? person : Reseal(person, data with { Mobile = mobile });

    /// <summary>The id of a holder whose number alone does not name him.</summary>
    public string IdOf(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Hash($"holder:{person.Key}:{person.NameKey}");
    }

    /// <summary>The person behind a stored holder.</summary>
    /// <exception cref="CryptographicException">The key that sealed the data is not in the key ring.</exception>
    public PersonData Open(Person holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        var data = JsonSerializer.Deserialize<SealedPerson>(protector.Unprotect(holder.Sealed))!;
        return data.Document is { } document ? new PersonData(document, data.Name, data.Mobile)
            : throw new CryptographicException("The sealed holder does not hold a document.");
    }

    private string Hash(string text) => Convert.ToHexStringLower(pepper.Hash(Encoding.UTF8.GetBytes(text)));

    // The first text element, not the first char: rare surnames stand outside the basic plane.
    private static string MaskName(string name) => StringInfo.GetNextTextElement(name) + "**";

    /// <summary>
    /// What is encrypted. A number of eighteen characters tells its kind; it has stood alone since version 1.0. What is not there takes no
    /// space.
    /// </summary>
    private sealed record SealedPerson(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdNumber,
        string Name,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mobile,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SealedDocument? Other = null)
    {
        [JsonIgnore]
        public IdentityDocument? Document => IdNumber is null ? Other?.Document
            : CitizenId.TryParse(IdNumber, out var id) ? IdentityDocument.Of(id) : null;

        public static SealedPerson Of(PersonData data) => new(
            data.Document.IdNumber?.Value,
            data.Name,
            data.Mobile,
            data.Document is { IdNumber: null } other ? new(other.Type, other.Number, other.Nationality, other.BirthDate) : null);
    }

    private sealed record SealedDocument(IdentityDocumentType Type, string Number, string? Nationality, DateOnly? BirthDate)
    {
        [JsonIgnore]
        public IdentityDocument? Document => IdentityDocument.Read(Type, Number, Nationality, BirthDate).Document;
    }
}
