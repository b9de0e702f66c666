using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Operations;

[Collection(OperationsService.Collection)]
public sealed class RegionRulesTests(OperationsService live)
{
    [Fact]
    public async Task A_value_shows_where_it_comes_from_and_what_ships_where_operators_say_otherwise()
    {
        var deadline = await FieldAsync(live.Operations, "320205", "activation.deadline");

        Assert.Equal("14 days", (string?)deadline["value"]);
        Assert.Equal("320200", (string?)deadline["level"]);
        Assert.Equal("Wuxi", (string?)deadline["levelName"]);
        Assert.Equal("a trial", (string?)deadline["note"]);
        Assert.Equal("300 days", (string?)deadline["shipped"]!["value"]);
    }

    [Fact]
    public async Task A_value_of_the_nation_says_who_below_states_his_own()
    {
        var deadline = await FieldAsync(live.Operations, "000000", "activation.deadline");

        Assert.Equal("300 days", (string?)deadline["value"]);
        Assert.Equal("C", (string?)deadline["confidence"]);
        Assert.NotNull(deadline["source"]);
        Assert.Contains("320200", deadline["overriddenIn"]!.AsArray().Select(code => (string?)code));
        Assert.Null(deadline["shipped"]);
    }

    [Fact]
    public async Task A_bureau_reads_the_rules_of_its_region()
    {
        (await live.Wuxi.GetAsync("operations/regions/320200/rules")).Expect(HttpStatusCode.OK);
        foreach (var (caller, region) in new[]
        {
            (live.Wuxi, "000000"), (live.Wuxi, "140100"), (live.Operations, "990000"), (live.Operations, "nowhere"),
        })
        {
            (await caller.GetAsync($"operations/regions/{region}/rules")).ExpectProblem(HttpStatusCode.NotFound, "region-not-found");
        }

        (await live.Hospital.GetAsync("operations/regions/320200/rules")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<JsonNode> FieldAsync(Caller caller, string region, string path) =>
        (await caller.GetAsync($"operations/regions/{region}/rules")).Expect(HttpStatusCode.OK).Body!["fields"]!.AsArray()
            .Single(field => (string?)field!["path"] == path)!;
}
