using System.Text.Json.Nodes;

#pragma warning disable DURABLE2003, DURABLE2004 // Activities and sub-orchestrations that this file registers by name.

namespace SocialCard.Tests.Histories;

/// <summary>Workflows outlive releases: the code of today goes on with what the released versions have begun.</summary>
public sealed class RecordedHistoryTests
{
    private const string HowToRecord = "Record it: SOCIALCARD_RECORD_HISTORIES=1 dotnet test tests/SocialCard.EndToEnd --filter Histories";

    public static TheoryData<string> Names => [.. RecordedHistory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Code_of_today_makes_the_calls_that_are_recorded(string name) =>
        Assert.All(RecordedHistory.Read(name).Replay(), turn => Assert.Equal(turn.Recorded, turn.Now));

    [Theory]
    [MemberData(nameof(Names))]
    public void Code_of_today_goes_on_where_a_recorded_one_waits(string name) =>
        Assert.All(RecordedHistory.Read(name).GoOn() ?? [], call => Assert.DoesNotContain("Failed", call, StringComparison.Ordinal));

    [Fact]
    public void Every_orchestration_is_recorded_in_its_current_version()
    {
        var version = (string)JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "host.json")))!["extensions"]!["durableTask"]!["defaultVersion"]!;
        var recorded = RecordedHistory.Names.Select(RecordedHistory.Read)
            .Select(history => (history.Start.Name, history.Start.Version)).ToHashSet();
        Assert.All(
            RecordedHistory.Orchestrations.Keys,
            name => Assert.True(recorded.Contains((name, version)), $"{name} {version} is not recorded. {HowToRecord}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_code_under_the_same_version_is_found_out(string name) => Assert.Contains(
        RecordedHistory.Read(name).Replay(context => context.CallActivityAsync("AnotherActivity")),
        turn => !turn.Recorded.SequenceEqual(turn.Now));
}
