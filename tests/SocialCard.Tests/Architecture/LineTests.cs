using System.Text.RegularExpressions;

namespace SocialCard.Tests.Architecture;

/// <summary>Lines can be read without scrolling. A text that stands alone on its line, or over several, is as wide as it is.</summary>
public sealed partial class LineTests
{
    private const int Longest = 140;

    private static readonly string[] Forms = ["*.cs", "*.ts", "*.mjs", "*.css"];

    // Made of the description of the API by the page's build.
    private static readonly string Generated = Path.Combine("SocialCard.Console", "src", "api", "description.ts");

    [Fact]
    public void No_line_of_code_is_longer_than_a_window_is_wide()
    {
        var files = Forms.SelectMany(Repository.Files).Where(file => !file.EndsWith(Generated, StringComparison.Ordinal)).ToList();
        Assert.All(Forms, form => Assert.Contains(files, file => file.EndsWith(form[1..], StringComparison.Ordinal)));
        var tooLong = files.SelectMany(TooLong).ToList();
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    private static IEnumerable<string> TooLong(string file)
    {
        var inText = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            var isText = inText || Text().IsMatch(line);
            inText ^= RawQuotes().Count(line) % 2 == 1;
            if (line.Length > Longest && !isText)
            {
                yield return $"{Path.GetRelativePath(Repository.Root, file)}:{index + 1} has {line.Length} characters; {Longest} at most.";
            }
        }
    }

    /// <summary>A line that holds one text, perhaps an argument after it, and what closes the call.</summary>
    [GeneratedRegex(
        """ ^\s*(\w+:\ |\+\ )?[$@]*("{3}.*"{3}|"([^"\\]|\\.)*"|'([^'\\]|\\.)*')(,\ \w+)?[\]\),;]*$ """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Text();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();
}
