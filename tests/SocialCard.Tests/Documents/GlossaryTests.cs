using System.Reflection;
using System.Text.RegularExpressions;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Activation;

namespace SocialCard.Tests.Documents;

/// <summary>The glossary names things as the code does.</summary>
public sealed partial class GlossaryTests
{
    private static readonly ILookup<string, Type> Types = new[] { typeof(Card), typeof(ActivationOrchestration) }
        .SelectMany(type => type.Assembly.GetTypes())
        .ToLookup(type => type.Name.Split('`')[0]);

    [Fact]
    public void Every_name_that_the_glossary_gives_is_one_of_the_code()
    {
        var names = Names().ToList();
        Assert.True(names.Count > 80, $"{names.Count} names were found.");
        var unknown = names.Where(name => !IsKnown(name)).ToList();
        Assert.True(unknown.Count == 0, string.Join('\n', unknown));
    }

    /// <summary>What stands in backticks in the columns that are headed so.</summary>
    private static IEnumerable<string> Names()
    {
        var column = -1;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "functions", "GLOSSARY.md")))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 3)
            {
                column = -1;
            }
            else if (column < 0)
            {
                column = Array.IndexOf(cells, "in the code");
            }
            else
            {
                foreach (Match name in Quoted().Matches(cells[column]))
                {
                    yield return name.Groups[1].Value;
                }
            }
        }
    }

    private static bool IsKnown(string name)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return name.Split('.') is [var type, .. var member]
            && Types[type].Any(found => member is not [var only] || found.GetMember(only, any).Length > 0);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
