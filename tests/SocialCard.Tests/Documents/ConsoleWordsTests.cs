using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;

namespace SocialCard.Tests.Documents;

/// <summary>
/// The console has a word for what the API says in words of its own: the description lists the values of enumerations, which the page's
/// compiler holds to its glossary, and not these.
/// </summary>
public sealed partial class ConsoleWordsTests
{
    // What has a timeline that the page shows.
    private static readonly string[] Shown = ["Cards", "Workflows", "Operations"];

    private static readonly string Domain = Path.Combine(Repository.Root, "functions", "SocialCard.Domain");

    [Fact]
    public void Whatever_a_timeline_tells_has_a_name() => HasWords("event", Shown
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Domain, folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => EventType().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value));

    [Fact]
    public void The_details_of_what_a_timeline_tells_have_names() => HasWords("detail", typeof(DomainEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DomainEvent)) && Shown.Contains(type.Namespace!.Split('.')[2]))
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(property => property.Name != nameof(DomainEvent.Type) && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .Select(property => InJson(property.Name)));

    [Fact]
    public void What_a_workflow_waits_for_has_a_name() => HasWords("wait", Repository.Files("*Waits.cs")
        .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .Concat(Enum.GetNames<ElectronicCardState>().Select(InJson))
        .Concat(Enum.GetNames<FamilyMemberState>().Select(InJson))
        .Concat(Enum.GetValues<ReissueState>().Where(state => state < ReissueState.Completed).Select(state => InJson(state.ToString())))
        .Concat(Enum.GetNames<LossStep>().Select(step => "lossReport" + step))
        .Concat(Enum.GetNames<ValidityStep>().Select(step => "validity" + step)));

    private static void HasWords(string kind, IEnumerable<string> told)
    {
        var glossary = File.ReadAllText(Path.Combine(Repository.Root, "functions", "SocialCard.Console", "src", "words", "glossary.ts"));
        var words = Regex.Match(glossary, $@"\n  {kind}: \{{(.*?)\n  \}}", RegexOptions.Singleline).Groups[1].Value;
        var named = Name().Matches(words).Select(match => match.Groups[1].Value).ToHashSet();
        var all = told.Distinct().ToList();
        Assert.NotEmpty(all);
        Assert.True(all.TrueForAll(named.Contains), $"{kind}: {string.Join(", ", all.Where(name => !named.Contains(name)))}");
    }

    private static string InJson(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("""DomainEvent\("(\w+)"\)""")]
    private static partial Regex EventType();

    [GeneratedRegex("\"([a-z]\\w+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(\w+): \['")]
    private static partial Regex Name();
}
