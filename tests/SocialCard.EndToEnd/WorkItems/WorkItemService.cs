using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.WorkItems;

/// <summary>
/// A service whose clock can be moved. In Wuxi a new card costs nothing, is promised within three working days, and goes back to the bank
/// after two months; a member of a family is reviewed for three days.
/// </summary>
public sealed class WorkItemService : LiveService
{
    private readonly FileInfo regions = new(Path.GetTempFileName());

    /// <summary>What a caller finds on a work list.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="about">The card, employer or electronic card that it is about.</param>
    /// <param name="more">More of the query.</param>
    internal static async Task<IReadOnlyList<JsonNode>> ItemsAsync(Caller caller, string kind, string? about = null, string more = "") =>
    [
        .. (await caller.GetAsync($"work-items?kind={kind}&limit=500{more}")).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray()
            .Select(item => item!)
            .Where(item => about is null || new[] { "cardNumber", "employerCode", "electronicCardId" }
                .Any(field => (string?)item[field] == about)),
    ];

    /// <summary>The only item about something, once there is one.</summary>
    internal static async Task<JsonNode> UntilItemAsync(Caller caller, string kind, string about)
    {
        JsonNode[] found = [];
        await Host.SampleHost.EventuallyAsync(async () => (found = [.. await ItemsAsync(caller, kind, about)]).Length == 1);
        return found[0];
    }

    /// <summary>Waits until there is nothing of a kind to do about something.</summary>
    internal static Task UntilDoneAsync(Caller caller, string kind, string about) =>
        Host.SampleHost.EventuallyAsync(async () => (await ItemsAsync(caller, kind, about)).Count == 0);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, """
            { "regions": { "320200": { "name": "Wuxi",
              "reissue": {
                "feeYuan": { "value": 0 }, "promise": { "pickUp": { "value": "3 workingDays" } },
                "unclaimedReturnedAfter": { "value": "2 months" } },
              "familySharing": { "review": { "value": "3 days" } } } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions.FullName), ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
    }
}
