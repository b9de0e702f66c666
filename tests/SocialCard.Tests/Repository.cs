using System.IO.Enumeration;

namespace SocialCard.Tests;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    // What is built or installed, not written.
    private static readonly string[] Generated =
        ["bin", "obj", "node_modules", ".git", ".azurite", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = Find();

    /// <summary>The files whose names fit a pattern such as <c>*.md</c>.</summary>
    public static IEnumerable<string> Files(string pattern) => new FileSystemEnumerable<string>(
        Root,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            !entry.IsDirectory && FileSystemName.MatchesSimpleExpression(pattern, entry.FileName),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !Generated.Contains(entry.FileName.ToString()),
    };

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SocialCard.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
