namespace SocialCard.Domain.Rules;

/// <summary>
/// A section of a region's policy. Each constructor parameter is a field of regions.json: another section, or a value that a region
/// overrides on its own. A nullable value may be <c>unknown</c> in the file, and is then null here.
/// </summary>
public abstract record PolicySection;

/// <summary>The rules of one region, each taken from the most specific level that states it.</summary>
/// <param name="Cards">How many cards a person has.</param>
/// <param name="Identity">By what a person is taken for himself where nobody sees his document.</param>
/// <param name="Activation">The activation clock and who may activate where.</param>
/// <param name="Passwords">The card's three passwords.</param>
/// <param name="LossReports">Temporary and formal loss reports.</param>
/// <param name="Reissue">New cards for old.</param>
/// <param name="TemporaryCard">The card in between.</param>
/// <param name="FamilySharing">Sharing the money of the medical account.</param>
/// <param name="ElectronicCard">The electronic card beside the physical one.</param>
/// <param name="OutOfArea">Treatment outside the insured region.</param>
public sealed record RegionPolicy(
    CardsPolicy Cards,
    IdentityPolicy Identity,
    ActivationPolicy Activation,
    PasswordsPolicy Passwords,
    LossReportsPolicy LossReports,
    ReissuePolicy Reissue,
    TemporaryCardPolicy TemporaryCard,
    FamilySharingPolicy FamilySharing,
    ElectronicCardPolicy ElectronicCard,
    OutOfAreaPolicy OutOfArea) : PolicySection
{
    /// <summary>GB/T 2260 code of the most specific level that has rules of its own; <c>000000</c> is the nation.</summary>
    public string Code { get; init; } = "";

    /// <summary>The name of that level.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where each value comes from, by field: <c>Provenance["activation.deadline"]</c>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, Provenance> Provenance { get; internal init; } = new Dictionary<string, Provenance>();
}

/// <summary>Where a value comes from. Most regional figures are seeds from public pages, not checked law.</summary>
/// <param name="Level">GB/T 2260 code of the level that states the value.</param>
/// <param name="Source">Public address or document number; null where none is known.</param>
/// <param name="AsOf">The date the source speaks for: year, year and month, or day.</param>
/// <param name="Confidence">Grade of the source.</param>
/// <param name="Unsourced">No source exists: a default of this service that operators are expected to set.</param>
/// <param name="Note">What the value does not say, such as how contradicting sources were settled.</param>
public sealed record Provenance(string Level, string? Source, string? AsOf, Confidence? Confidence, bool Unsourced, string? Note);
