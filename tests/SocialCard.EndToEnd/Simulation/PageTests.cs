using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using SocialCard.Tests;

namespace SocialCard.EndToEnd.Simulation;

/// <summary>Pastes the shell examples of the pages as a reader does, those of the README first, whose functions the others use.</summary>
public sealed partial class PageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Every_shell_example_of_the_pages_runs_as_it_stands()
    {
        var root = Repository.Root;
        var pages = Directory.EnumerateFiles(Path.Combine(root, "functions"), "*.md", SearchOption.AllDirectories)
            .Where(page => !page.Contains("node_modules", StringComparison.Ordinal));
        var examples = pages.Order(StringComparer.Ordinal).Prepend(Path.Combine(root, "README.md"))
            .SelectMany(page => Example().Matches(File.ReadAllText(page)))
            .Select(match => match.Groups[1].Value);
        await using var service = await Service.StartEphemeralAsync();

        // A reader would see a refusal; here it ends the script.
        var script = string.Join('\n', examples.Prepend("set -euo pipefail"))
            .Replace("http://127.0.0.1:7071", service.Api.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("curl -s ", "curl -sS --fail-with-body ", StringComparison.Ordinal);
        var (exitCode, output) = await RunAsync(script);

        Assert.True(exitCode == 0, output);
        foreach (var card in CardNumbers().Matches(script).Select(match => match.Value).Distinct())
        {
            var read = (await Caller.Bank(service).GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
            Assert.True(read["status"] == "active", $"{card} is {read.Text}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        try
        {
            var output = bash.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = bash.StandardError.ReadToEndAsync(patience.Token);
            await bash.WaitForExitAsync(patience.Token);
            return (bash.ExitCode, await output + await errors);
        }
        finally
        {
            if (!bash.HasExited)
            {
                bash.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex("^```bash\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\b[A-Z]0000000\d\b")]
    private static partial Regex CardNumbers();
}
