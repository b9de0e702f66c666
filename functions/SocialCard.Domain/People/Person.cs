namespace SocialCard.Domain.People;

/// <summary>
/// A person as what is stored carries him: a keyed hash to find and compare, masked values to show, and the data itself
/// encrypted. None of the parts gives the person away without the keys, which are not in the table.
/// </summary>
/// <param name="Key">Keyed hash of the citizen ID number, as <c>PersonProtection</c> makes it.</param>
/// <param name="Name">The name with all but its first character hidden.</param>
/// <param name="IdNumber">The ID number with all but its last four characters hidden.</param>
/// <param name="Mobile">The mobile number with its middle hidden.</param>
/// <param name="Sealed">The personal data, encrypted.</param>
public sealed record Person(string Key, string Name, string IdNumber, string Mobile, string Sealed);

/// <summary>The personal data of a person in the clear; it exists in memory only.</summary>
/// <param name="IdNumber">The citizen ID number.</param>
/// <param name="Name">The name.</param>
/// <param name="Mobile">The mobile number, eleven digits.</param>
public sealed record PersonData(CitizenId IdNumber, string Name, string Mobile)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "person";
}
