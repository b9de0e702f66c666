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
public sealed class PersonProtection(IDataProtectionProvider protection, HolderPepper pepper)
{
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.Holder.v1");

    /// <summary>The keyed hash of an ID number: the same for every card of a holder, of no use without the pepper.</summary>
    public string KeyOf(CitizenId id) =>
        Convert.ToHexStringLower(pepper.Hash(Encoding.ASCII.GetBytes(id.Value)));

    /// <summary>Whether an ID number that somebody presented is the holder's; takes the same time either way.</summary>
    public bool Matches(Person holder, CitizenId presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(holder.Key), Encoding.ASCII.GetBytes(KeyOf(presented)));

    /// <summary>The stored form of a person.</summary>
    public Person Seal(PersonData data) => new(
        KeyOf(data.IdNumber),
        MaskName(data.Name),
        data.IdNumber.Masked,
        string.Concat(data.Mobile.AsSpan(0, 3), "****", data.Mobile.AsSpan(7)),
        protector.Protect(JsonSerializer.Serialize(new SealedPerson(data.IdNumber.Value, data.Name, data.Mobile))))
    {
        NameKey = NameKeyOf(data.Name),
    };

    /// <summary>The stored form of a person whose data has changed; he stays who he is.</summary>
    public Person Reseal(Person person, PersonData data)
    {
        ArgumentNullException.ThrowIfNull(person);
        var resealed = Seal(data);
        return person.Id == resealed.Key ? resealed : resealed with { HolderId = person.Id };
    }

    /// <summary>The keyed hash of a name as it is compared.</summary>
    public string NameKeyOf(string name) => Convert.ToHexStringLower(pepper.Hash(Encoding.UTF8.GetBytes("name\n" + name)));

    /// <summary>The id of a holder whose number alone does not name him.</summary>
    public string IdOf(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Convert.ToHexStringLower(pepper.Hash(Encoding.ASCII.GetBytes($"holder\n{person.Key}\n{person.NameKey}")));
    }

    /// <summary>The person behind a stored holder.</summary>
    /// <exception cref="CryptographicException">The key that sealed the data is not in the key ring.</exception>
    public PersonData Open(Person holder)
    {
        var data = JsonSerializer.Deserialize<SealedPerson>(protector.Unprotect(holder.Sealed))!;
        return CitizenId.TryParse(data.IdNumber, out var id)
            ? new PersonData(id, data.Name, data.Mobile)
            : throw new CryptographicException("The sealed holder does not hold an ID number.");
    }

    // The first text element, not the first char: rare surnames stand outside the basic plane.
    private static string MaskName(string name) => StringInfo.GetNextTextElement(name) + "**";

    private sealed record SealedPerson(string IdNumber, string Name, string Mobile);
}
