namespace SocialCard.Domain.People;

/// <summary>
/// A person as what is stored carries him: a keyed hash to find and compare, masked values to show, and the data itself
/// encrypted. None of the parts gives the person away without the keys, which are not in the table.
/// </summary>
/// <param name="Key">Keyed hash of the number of his document, as <c>PersonProtection</c> makes it.</param>
/// <param name="Name">The name with all but its first character hidden.</param>
/// <param name="IdNumber">The ID number with all but its last four characters hidden.</param>
/// <param name="Mobile">The mobile number with its middle hidden.</param>
/// <param name="Sealed">The personal data, encrypted.</param>
public sealed record Person(string Key, string Name, string IdNumber, string Mobile, string Sealed)
{
    /// <summary>How many characters a keyed hash has.</summary>
    public const int KeyLength = 64;

    /// <summary>Keyed hash of the name as it is compared; null in what was stored before names were compared by it.</summary>
    public string? NameKey { get; init; }

    /// <summary>The holder that he is, where the number of his document does not name him: it is another's too, or was corrected.</summary>
    public string? HolderId { get; init; }

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
/// <param name="IdNumber">The citizen ID number.</param>
/// <param name="Name">The name.</param>
/// <param name="Mobile">The mobile number, eleven digits.</param>
public sealed record PersonData(CitizenId IdNumber, string Name, string Mobile)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "person";
}
