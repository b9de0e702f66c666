namespace SocialCard.Domain.People;

/// <summary>
/// A person as what is stored carries him: a keyed hash to find and compare, masked values to show, and the data itself
/// encrypted. None of the parts gives the person away without the keys, which are not in the table.
/// </summary>
/// <param name="Key">Keyed hash of the person's document, as <c>PersonProtection</c> makes it.</param>
/// <param name="Name">The name with all but its first character hidden.</param>
/// <param name="IdNumber">The ID number with all but its last four characters hidden; null where his document has none of eighteen.</param>
/// <param name="Mobile">The mobile number with its middle hidden; null if he has told none.</param>
/// <param name="Sealed">The personal data, encrypted.</param>
/// <param name="OtherDocument">The document, masked, where it is not a resident's ID card.</param>
public sealed record Person(
    string Key, string Name, string? IdNumber, string? Mobile, string Sealed, MaskedDocument? OtherDocument = null)
{
    /// <summary>How many characters a keyed hash has.</summary>
    public const int KeyLength = 64;

    /// <summary>Keyed hash of the name as it is compared; null in what was stored before names were compared by it.</summary>
    public string? NameKey { get; init; }

    /// <summary>The holder that he is, where the number of his document does not name him: it is another's too, or was corrected.</summary>
    public string? HolderId { get; init; }

    /// <summary>The document that he is known by, masked.</summary>
    [JsonIgnore]
    public MaskedDocument Document => OtherDocument ?? new(IdentityDocumentType.ResidentId, IdNumber!, null);

    /// <summary>The holder that he is; the same whatever becomes of his name and his number.</summary>
    [JsonIgnore]
    public string Id => HolderId ?? Key;

    /// <summary>Whether the name of another is not his.</summary>
    public bool IsNamedUnlike(Person other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return NameKey is null || other.NameKey is null ? Name != other.Name : NameKey != other.NameKey;
    }
}

/// <summary>The personal data of a person in the clear; it exists in memory only.</summary>
/// <param name="Document">The document that he is known by.</param>
/// <param name="Name">The name, as <see cref="PersonName.Value"/> gives it.</param>
/// <param name="Mobile">The mobile number, as <see cref="MobileNumber.Value"/> gives it; null if he has told none.</param>
public sealed record PersonData(IdentityDocument Document, string Name, string? Mobile)
{
    /// <summary>Whether he is called so; how a name is spaced and joined makes no difference.</summary>
    public bool IsNamed(string name) => PersonName.ComparableOf(Name) == PersonName.ComparableOf(name);

    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "person";
}
