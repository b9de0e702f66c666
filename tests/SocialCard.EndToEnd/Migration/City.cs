using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.Domain.Kernel;
using SocialCard.Tests;

namespace SocialCard.EndToEnd.Migration;

/// <summary>
/// The little city whose rows version 1.0 wrote: who lives there and what each may be asked with, in the clear. What happened to whom is
/// told in <c>rows-1.0/README.md</c>.
/// </summary>
/// <param name="Now">The instant at which 1.0 was stopped.</param>
/// <param name="People">Who lives there; two of them may have one ID number.</param>
/// <param name="Employers">The employers.</param>
/// <param name="ElectronicCards">The electronic cards of children.</param>
/// <param name="FamilyLinks">The family links.</param>
/// <param name="FamilyMembers">The members of family sharing.</param>
/// <param name="Referrals">The referrals.</param>
/// <param name="CivilEvents">What the registries told.</param>
/// <param name="Contributions">What the insurance core system sent; the rows do not tell of which card.</param>
/// <param name="Requests">Requests with their idempotency keys and the answers of 1.0.</param>
internal sealed record City(
    DateTimeOffset Now,
    IReadOnlyList<Citizen> People,
    IReadOnlyList<CityEmployer> Employers,
    IReadOnlyList<CityElectronicCard> ElectronicCards,
    IReadOnlyList<CityLink> FamilyLinks,
    IReadOnlyList<CityMember> FamilyMembers,
    IReadOnlyList<CityReferral> Referrals,
    IReadOnlyList<CityEvent> CivilEvents,
    IReadOnlyList<CityContribution> Contributions,
    IReadOnlyList<CityRequest> Requests)
{
    /// <summary>The folder of what 1.0 left behind.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "SocialCard.EndToEnd", "Migration", "rows-1.0");

    /// <summary>Somebody by what he stands for, such as <c>twoCards</c>.</summary>
    public Citizen this[string who] => People.Single(person => person.Who == who);

    public static City Read() =>
        JsonSerializer.Deserialize<City>(File.ReadAllText(Path.Combine(Folder, "city.json")), SocialCardJson.Strict)!;

    /// <summary>What 1.0 answered to operations, by the path that they asked.</summary>
    public static IReadOnlyList<(string Path, JsonObject Body)> Answers() =>
    [
        .. File.ReadLines(Path.Combine(Folder, "answers.jsonl"))
            .Select(line => JsonNode.Parse(line)!)
            .Select(answer => ((string)answer["path"]!, answer["body"]!.AsObject())),
    ];
}

/// <summary>Somebody who lives there.</summary>
/// <param name="Who">What he stands for.</param>
/// <param name="IdNumber">His ID number, as it was corrected.</param>
/// <param name="Name">His name, as it was changed.</param>
/// <param name="Mobile">His mobile number.</param>
/// <param name="Cards">His cards, the oldest first.</param>
/// <param name="QueryPassword">The query password of one of them.</param>
/// <param name="SocialPassword">The social password of one of them.</param>
/// <param name="FormerIdNumber">The ID number that he came with, if it was corrected.</param>
/// <param name="FormerName">The name that he came with, if it was changed.</param>
internal sealed record Citizen(
    string Who,
    string IdNumber,
    string Name,
    string Mobile,
    IReadOnlyList<string> Cards,
    string? QueryPassword = null,
    string? SocialPassword = null,
    string? FormerIdNumber = null,
    string? FormerName = null);

internal sealed record CityEmployer(string Code, string Who);

internal sealed record CityElectronicCard(string ElectronicCardId, string Who);

internal sealed record CityLink(string LinkId, string Who);

internal sealed record CityMember(string CardNumber, string MemberId, string Who);

internal sealed record CityReferral(string CardNumber, string ReferralId, string Who);

internal sealed record CityEvent(string Partner, string EventId, string Who, string Kind, string State);

internal sealed record CityContribution(
    string RecordId,
    int Revision,
    string CardNumber,
    string Insurance,
    string Month,
    decimal EmployerYuan,
    decimal PersonalYuan,
    bool Withdrawn);

internal sealed record CityRequest(string Partner, string Path, string Key, JsonObject Body, JsonObject Answer);
