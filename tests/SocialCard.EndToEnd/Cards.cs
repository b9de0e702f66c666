using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd;

/// <summary>Cards and people for tests; every number is used once.</summary>
internal static class Cards
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static int last;

    /// <summary>A card number that no other test has.</summary>
    public static string NextNumber() => "T" + Interlocked.Increment(ref last).ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>An ID number that nobody has, of a person born on a day.</summary>
    public static string IdNumber(DateOnly? born = null, int? sequence = null, string area = "140105")
    {
        var body = area
            + (born ?? new DateOnly(1990, 1, 1).AddDays(Interlocked.Increment(ref last) % 5000))
                .ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + ((sequence ?? Interlocked.Increment(ref last)) % 1000).ToString("D3", CultureInfo.InvariantCulture);
        return body + "10X98765432"[body.Select((digit, index) => (digit - '0') * Weights[index]).Sum() % 11];
    }

    /// <summary>The body of a registration.</summary>
    public static JsonObject Registration(string cardNumber, string idNumber, string region = "140100", string bank = "bank-icbc") => new()
    {
        ["cardNumber"] = cardNumber,
        ["holder"] = new JsonObject { ["idNumber"] = idNumber, ["name"] = "王小明", ["mobile"] = "13800138000" },
        ["regionCode"] = region,
        ["bankId"] = bank,
        ["generation"] = 3,
    };

    /// <summary>Registers a card of a new person and hands it over today.</summary>
    public static async Task<(string Number, string IdNumber)> ReceivedAsync(Caller bureau, string region = "140100")
    {
        var (number, id) = await RegisteredAsync(bureau, region);
        (await bureau.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        return (number, id);
    }

    /// <summary>Registers a card of a new person.</summary>
    public static async Task<(string Number, string IdNumber)> RegisteredAsync(Caller bureau, string region = "140100")
    {
        var (number, id) = (NextNumber(), IdNumber());
        (await bureau.PostAsync("cards", Registration(number, id, region))).Expect(HttpStatusCode.Created);
        return (number, id);
    }
}
