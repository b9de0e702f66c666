using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.Partners;

namespace SocialCard.EndToEnd;

/// <summary>A partner at the other end of the line: sends what its software would send.</summary>
internal sealed class Caller(Service service, string apiKey)
{
    public static Caller Bureau(Service service) => new(service, "local-bureau-taiyuan-key");

    public static Caller Hospital(Service service) => new(service, "local-hospital-shanxi-first-key");

    public static Caller Pharmacy(Service service) => new(service, "local-pharmacy-yingze-key");

    public static Caller Operations(Service service) => new(service, "local-operations-key");

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <summary>A command; without a key of its own it gets a fresh one.</summary>
    public Task<Answer> PostAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString("N"));

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body, Guid.NewGuid().ToString("N"));

    public Task<Answer> DeleteAsync(string path, string? key = null) =>
        SendAsync(HttpMethod.Delete, path, null, key ?? Guid.NewGuid().ToString("N"));

    private async Task<Answer> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(service.Api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body, SocialCardJson.Options), Encoding.UTF8, "application/json");
        }

        using var response = await service.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}

/// <summary>A partner bank's webhooks.</summary>
internal sealed class BankCaller(Service service, string bankId, string secret)
{
    /// <summary>The first sample bank.</summary>
    public static BankCaller Icbc(Service service) => new(service, "bank-icbc", "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=");

    /// <summary>Posts an event, signed at the service's own time.</summary>
    public async Task<Answer> PostAsync(string type, object data, DateTimeOffset? timestamp = null, string? id = null)
    {
        var now = await service.NowAsync();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = timestamp ?? now, data }, SocialCardJson.Options);
        var (webhookId, seconds) = (id ?? "msg_" + Guid.NewGuid().ToString("N"), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return await PostRawAsync(webhookId, seconds, WebhookSignature.Sign(secret, webhookId, seconds, body), body);
    }

    public async Task<Answer> PostRawAsync(string id, string timestamp, string signature, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Api, $"webhooks/banks/{bankId}"))
        {
            Headers = { { "webhook-id", id }, { "webhook-timestamp", timestamp }, { "webhook-signature", signature } },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var response = await service.Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers, string? MediaType)
{
    /// <summary>The problem's code, if the answer is one.</summary>
    public string? Code => (string?)Body?["code"];

    /// <summary>A field of the body by its path, such as <c>social.state</c>, as text.</summary>
    public string? this[string path] => path.Split('.').Aggregate(Body, (node, name) => node?[name])?.ToString();

    /// <summary>The answer itself, if it has the status; a test that continues on a failure would fail far from its cause.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Body?.ToJsonString()}");
        return this;
    }

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new(
            response.StatusCode,
            text.Length == 0 ? null : JsonNode.Parse(text),
            response.Headers,
            response.Content.Headers.ContentType?.MediaType);
    }
}

/// <summary>The clock that operations can move.</summary>
internal static class ServiceClock
{
    public static async Task<DateTimeOffset> NowAsync(this Service service)
    {
        var answer = JsonNode.Parse(await service.Http.GetStringAsync(new Uri(service.Admin, "clock")))!;
        return DateTimeOffset.Parse((string)answer["now"]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Moves the clock and answers how many timers fired, once everything has settled.</summary>
    public static Task<int> AdvanceDaysAsync(this Service service, int days) => MoveAsync(service, new { advanceDays = days });

    public static Task<int> AdvanceAsync(this Service service, TimeSpan span) => MoveAsync(service, new { advance = span });

    public static Task<int> AdvanceToAsync(this Service service, DateTimeOffset to) => MoveAsync(service, new { to });

    /// <summary>Asks for a move; an instant that has passed is refused.</summary>
    public static Task<Answer> TryAdvanceToAsync(this Service service, DateTimeOffset to) => AskAsync(service, new { to });

    private static async Task<int> MoveAsync(Service service, object move) =>
        (int)(await AskAsync(service, move)).Expect(HttpStatusCode.OK).Body!["timersFired"]!;

    private static async Task<Answer> AskAsync(Service service, object move)
    {
        using var content = new StringContent(JsonSerializer.Serialize(move), Encoding.UTF8, "application/json");
        using var response = await service.Http.PostAsync(new Uri(service.Admin, "clock"), content);
        return await Answer.OfAsync(response);
    }
}
