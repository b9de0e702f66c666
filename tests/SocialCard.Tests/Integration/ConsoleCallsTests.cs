using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Integration;

/// <summary>The console is a client of the API and nothing else: what it calls, the description lists.</summary>
public sealed partial class ConsoleCallsTests
{
    private static readonly JsonObject Paths = Yaml.Described(InterfaceDescriptions.OpenApi)["paths"]!.AsObject();

    private static readonly (string File, string Text)[] Sources =
    [
        .. Repository.Files("*.ts")
            .Where(file => file.Contains(Path.Combine("SocialCard.Console", "src"), StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) != "description.ts")
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
    ];

    [Fact]
    public void Every_call_of_the_page_is_one_that_the_description_lists()
    {
        var calls = Sources.SelectMany(source => Calls().Matches(source.Text))
            .Select(match => (Verb: match.Groups["verb"].Value.ToLowerInvariant(), Path: match.Groups["path"].Value))
            .Distinct().ToList();

        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.True(Paths[call.Path]?[call.Verb] is not null, $"{call.Verb} {call.Path} is not described."));
    }

    [Fact]
    public void Every_call_by_whose_name_the_page_asks_what_a_role_may_do_is_described()
    {
        var described = Paths.SelectMany(path => path.Value!.AsObject())
            .Select(operation => (string?)operation.Value!["operationId"]).ToHashSet();
        var asked = Sources.SelectMany(source => Names().Matches(source.Text))
            .Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, described));
    }

    [Fact]
    public void Only_the_clock_of_a_trial_is_reached_beside_the_API()
    {
        var files = Sources.Where(source => Beside().IsMatch(source.Text)).Select(source => source.File);

        Assert.Equal(["clock.ts"], files);
    }

    [GeneratedRegex(@"api\.(?<verb>GET|PUT|POST|DELETE|PATCH)\(\s*'(?<path>[^']+)'")]
    private static partial Regex Calls();

    [GeneratedRegex(@"(?:needs: |call: |may\()'(?<name>\w+)'")]
    private static partial Regex Names();

    [GeneratedRegex(@"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon")]
    private static partial Regex Beside();
}
