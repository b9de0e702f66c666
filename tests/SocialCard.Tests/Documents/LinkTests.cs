using System.Text.RegularExpressions;

namespace SocialCard.Tests.Documents;

/// <summary>The documents of the repository lead to each other and to what they explain.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_or_a_folder_that_exists() =>
        None(Links().Where(link => !Path.Exists(link.Target)));

    [Fact]
    public void Every_anchor_is_a_heading_of_the_page_that_it_leads_to() =>
        None(Links().Where(link => link.Anchor.Length > 0 && !AnchorsOf(link.Target).Contains(link.Anchor)));

    [Fact]
    public void Every_page_can_be_reached_from_the_first()
    {
        var first = Path.Combine(Repository.Root, "README.md");
        var next = Links().ToLookup(link => link.Page, link => link.Target);
        var reached = new HashSet<string>();
        for (Queue<string> pages = new([first]); pages.TryDequeue(out var page);)
        {
            if (reached.Add(page))
            {
                next[page].Where(target => target.EndsWith(".md", StringComparison.Ordinal)).ToList().ForEach(pages.Enqueue);
            }
        }

        None(Pages().Except(reached));
    }

    private static void None(IEnumerable<object> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));

    private static IEnumerable<string> Pages() => Repository.Files("*.md");

    private static IEnumerable<Link> Links() =>
        from page in Pages()
        from Match match in Inline().Matches(Fence().Replace(File.ReadAllText(page), ""))
        let parts = match.Groups[1].Value.Split('#', 2)
        where !parts[0].Contains("://", StringComparison.Ordinal)
        let target = parts[0].Length == 0 ? page : Path.GetFullPath(parts[0], Path.GetDirectoryName(page)!)
        select new Link(page, target, parts is [_, var anchor] ? anchor : "");

    /// <summary>The anchors of a page's headings, as GitHub makes them.</summary>
    private static IEnumerable<string> AnchorsOf(string page) => File.Exists(page)
        ? Heading().Matches(Fence().Replace(File.ReadAllText(page), ""))
            .Select(match => match.Groups[1].Value.Trim().ToLowerInvariant().Replace(' ', '-'))
            .Select(heading => string.Concat(heading.Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')))
        : [];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    private sealed record Link(string Page, string Target, string Anchor)
    {
        public override string ToString() => $"{Short(Page)} → {Short(Target)}#{Anchor}";

        private static string Short(string path) => Path.GetRelativePath(Repository.Root, path);
    }
}
