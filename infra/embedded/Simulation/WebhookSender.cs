using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Partners;

namespace SocialCard.Embedded.Simulation;

/// <summary>
/// Delivers events as Standard Webhooks 1.0 says: signed, under one id however often, until they are taken. The waits in between are
/// those that the standard suggests. What the service refuses for good is not sent again.
/// </summary>
internal sealed class WebhookSender(Uri api, string bankId, string secret, double hurry) : IDisposable
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Sends an event; true once it is taken, false if it never will be.</summary>
    public async Task<bool> SendAsync(string type, JsonElement data, CancellationToken stop)
    {
        var id = "msg_" + Guid.NewGuid().ToString("N");
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(id, type, data, stop) is { } isTaken)
            {
                return isTaken;
            }

            if (attempt == Waits.Length)
            {
                Console.WriteLine("  given up after the last delivery");
                return false;
            }

            // A tenth more or less, so that what failed together does not come back together.
            var wait = Waits[attempt] / hurry * (0.9 + (Random.Shared.NextDouble() / 5));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  again in {wait.TotalSeconds:0.#} s"));
            await Task.Delay(wait, stop);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>One delivery; null if it is to be made again.</summary>
    private async Task<bool?> TryAsync(string id, string type, JsonElement data, CancellationToken stop)
    {
        // A service with a virtual clock is at another time, and checks signatures by that.
        var now = await TimeAsync(stop);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = now, data }, SocialCardJson.Options);
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, $"webhooks/banks/{bankId}"))
        {
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", seconds },
                { "webhook-signature", WebhookSignature.Sign(secret, id, seconds, body) },
            },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        Console.WriteLine($"→ POST {request.RequestUri}");
        foreach (var header in request.Headers)
        {
            Console.WriteLine($"  {header.Key}: {string.Join(' ', header.Value)}");
        }

        Console.WriteLine($"  {Encoding.UTF8.GetString(body)}");
        try
        {
            using var answer = await http.SendAsync(request, stop);
            Console.WriteLine($"← {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}".TrimEnd());
            return answer.IsSuccessStatusCode ? true
                : answer.StatusCode is HttpStatusCode.NotFound
                    or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError ? null
                : false;
        }
        catch (Exception failure)
            when (failure is HttpRequestException || (failure is TaskCanceledException && !stop.IsCancellationRequested))
        {
            Console.WriteLine($"← no answer: {ConsoleLine.Of(failure.Message)}");
            return null;
        }
    }

    private async Task<DateTimeOffset> TimeAsync(CancellationToken stop)
    {
        try
        {
            using var clock = JsonDocument.Parse(await http.GetStringAsync(new Uri(api, "/admin/clock"), stop));
            return clock.RootElement.GetProperty("now").GetDateTimeOffset();
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException)
        {
            // In Azure there is no such clock, and a host that is down has none either.
            return TimeProvider.System.GetUtcNow();
        }
    }
}
