using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Counter;

/// <summary>What a clerk's software asks about people.</summary>
internal static class CounterCalls
{
    /// <summary>The people found by what somebody shows.</summary>
    public static async Task<IReadOnlyList<JsonNode>> SearchAsync(this Caller desk, object body) =>
        [.. (await desk.SendAsync(HttpMethod.Post, "holders/search", body, key: null)).Expect(HttpStatusCode.OK)
            .Body!["holders"]!.AsArray().Select(found => found!)];

    /// <summary>The one person found by an ID number.</summary>
    public static async Task<JsonNode> FindAsync(this Caller desk, string idNumber) =>
        Assert.Single(await desk.SearchAsync(new { idNumber }));

    /// <summary>The types of the lines of a holder's timeline, his own and those of the cards that the desk may see.</summary>
    public static async Task<IReadOnlyList<string>> EventsOfHolderAsync(this Caller desk, JsonNode found) =>
        [.. (await desk.GetAsync($"holders/{IdOf(found)}/timeline?limit=500")).Expect(HttpStatusCode.OK)
            .Body!["lines"]!.AsArray().Select(line => (string)line!["event"]!["type"]!)];

    /// <summary>The holder's id.</summary>
    public static string IdOf(JsonNode found) => (string)found["holder"]!["holderId"]!;

    /// <summary>What can be done next, for a person or with a card, separated by commas.</summary>
    public static string Next(this JsonNode found) => string.Join(',', found["next"]!.AsArray().Select(step => (string)step!));

    /// <summary>The registration of a card of a person with a name.</summary>
    public static JsonObject Registration(string card, string idNumber, string name, string region = "320200")
    {
        var registration = Cards.Registration(card, idNumber, region);
        registration["holder"]!["name"] = name;
        return registration;
    }

    /// <summary>A card of a person, registered, handed over and enabled by its first use at the hospital.</summary>
    public static async Task<string> ActiveCardAsync(this Api.LiveService live, string idNumber, string name = "王小明")
    {
        var card = Cards.NextNumber();
        (await live.Wuxi.PostAsync("cards", Registration(card, idNumber, name))).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await live.Hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber }))
            .Expect(HttpStatusCode.OK);
        return card;
    }
}
