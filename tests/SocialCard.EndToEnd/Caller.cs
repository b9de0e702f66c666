using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Partners;

namespace SocialCard.EndToEnd;

/// <summary>A partner at the other end of the line: sends what its software would send.</summary>
/// <param name="server">The service.</param>
/// <param name="apiKey">The partner's key.</param>
/// <param name="verifiedBy">
/// How it verifies the real names of the people whom it does not see: it says so with every command that can carry it.
/// </param>
internal sealed class Caller(IApiServer server, string apiKey, string? verifiedBy = null)
{
    // The same request again says the same of the same verification.
    private static readonly ConcurrentDictionary<(IApiServer Server, string Key), DateTimeOffset> Verified = new();

    public static Caller Bureau(IApiServer server) => new(server, "local-bureau-taiyuan-key");

    public static Caller Hospital(IApiServer server) => new(server, "local-hospital-shanxi-first-key");

    public static Caller Pharmacy(IApiServer server) => new(server, "local-pharmacy-yingze-key");

    public static Caller Operations(IApiServer server) => new(server, "local-operations-key");

    public static Caller Bank(IApiServer server) => new(server, "local-bank-icbc-key");

    public static Caller OtherBank(IApiServer server) => new(server, "local-bank-ccb-key");

    public static Caller OtherBureau(IApiServer server) => new(server, "local-bureau-shanghai-key");

    public static Caller Online(IApiServer server) => new(server, "local-online-portal-key", "faceVerification");

    /// <summary>The portal when its software says nothing of how people were verified.</summary>
    public static Caller CarelessPortal(IApiServer server) => new(server, "local-online-portal-key");

    public static Caller Hotline(IApiServer server) => new(server, "local-hotline-12333-key", "callBack");

    /// <summary>The hotline when nobody asks who is on the line.</summary>
    public static Caller CarelessHotline(IApiServer server) => new(server, "local-hotline-12333-key");

    /// <summary>The sample agency: unemployment registration, proof of employment and training in Taiyuan.</summary>
    public static Caller Agency(IApiServer server) => new(server, "local-agency-taiyuan-employment-key");

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <summary>A card's timeline, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> TimelineAsync(string cardNumber) =>
        [.. (await GetAsync($"cards/{cardNumber}/timeline?limit=500"))
            .Expect(HttpStatusCode.OK).Body!["events"]!.AsArray().Select(line => line!)];

    /// <summary>The types of a card's events in their order, separated by commas.</summary>
    public async Task<string> EventsOfAsync(string cardNumber) =>
        string.Join(',', (await TimelineAsync(cardNumber)).Select(line => (string)line["type"]!));

    /// <summary>A command; without a key of its own it gets a fresh one.</summary>
    public Task<Answer> PostAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString("N"));

    /// <summary>A command without a body.</summary>
    public Task<Answer> PostBareAsync(string path, string? key = null) =>
        SendAsync(HttpMethod.Post, path, null, key ?? Guid.NewGuid().ToString("N"));

    public Task<Answer> PutAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Put, path, body, key ?? Guid.NewGuid().ToString("N"));

    public Task<Answer> DeleteAsync(string path, string? key = null) =>
        SendAsync(HttpMethod.Delete, path, null, key ?? Guid.NewGuid().ToString("N"));

    /// <summary>Any request; a body that is content already goes as it is, a text as JSON as it is.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        body = await VerifiedAsync(method, path, body, key);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? new StringContent(
                body as string ?? JsonSerializer.Serialize(body, SocialCardJson.Options), Encoding.UTF8, "application/json");
        }

        using var response = await server.Http.SendAsync(request);
        var answer = await Answer.OfAsync(response);
        await ApiDocument.CheckAsync(request, answer);
        return answer;
    }

    private async Task<object?> VerifiedAsync(HttpMethod method, string path, object? body, string? key)
    {
        const string field = "realNameVerification";
        if (verifiedBy is null || body is null or string or HttpContent || !ApiDocument.Takes(method, path, field)
            || JsonSerializer.SerializeToNode(body, SocialCardJson.Options)?.DeepClone() is not JsonObject said || said.ContainsKey(field))
        {
            return body;
        }

        if (!Verified.TryGetValue((server, key ?? ""), out var at))
        {
            at = Verified.GetOrAdd((server, key ?? ""), server is Service service ? await service.NowAsync() : DateTimeOffset.UtcNow);
        }

        said[field] = new JsonObject { ["method"] = verifiedBy, ["reference"] = "verified-1", ["at"] = at };
        return said;
    }
}

/// <summary>A partner bank's webhooks.</summary>
internal sealed class BankCaller(Service service, string bankId, string secret)
{
    /// <summary>The first sample bank.</summary>
    public static BankCaller Icbc(Service service) => new(service, "bank-icbc", "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=");

    /// <summary>The second sample bank.</summary>
    public static BankCaller Ccb(Service service) => new(service, "bank-ccb", "whsec_L9BJAVM0kowzhJErif/XOzbcUUHypCF/3tAJC3tLtqE=");

    /// <summary>Posts an event, signed at the service's own time.</summary>
    public async Task<Answer> PostAsync(string type, object data, DateTimeOffset? timestamp = null, string? id = null)
    {
        var now = await service.NowAsync();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = timestamp ?? now, data }, SocialCardJson.Options);
        var (webhookId, seconds) =
            (id ?? "msg_" + Guid.NewGuid().ToString("N"), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
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
        var answer = await Answer.OfAsync(response);
        await ApiDocument.CheckAsync(request, answer);
        return answer;
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    /// <summary>Whether it is the first answer of a request that came before.</summary>
    public bool IsReplayed => Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

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

    /// <summary>The answer itself, if it is a whole problem with the code, and with errors of just these fields.</summary>
    public Answer ExpectProblem(HttpStatusCode status, string code, params IEnumerable<string> fields)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        Assert.Equal($"urn:socialcard:problem:{code}", this["type"]);
        Assert.Equal((int)status, (int?)Body!["status"]);
        Assert.False(string.IsNullOrWhiteSpace(this["title"]));
        Assert.Equal(fields.Order(), Body["errors"]?.AsObject().Select(error => error.Key).Order() ?? Enumerable.Empty<string>());
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        return this;
    }

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var (text, mediaType) = (await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType);
        return new(
            response.StatusCode,
            text.Length > 0 && mediaType?.EndsWith("json", StringComparison.Ordinal) is true ? JsonNode.Parse(text) : null,
            response.Headers,
            mediaType,
            text);
    }
}

/// <summary>The clock that operations can move.</summary>
internal static class ServiceClock
{
    /// <summary>The service's time; the real one where nobody can move it.</summary>
    public static async Task<DateTimeOffset> NowAsync(this Service service)
    {
        if (!service.HasVirtualClock)
        {
            return DateTimeOffset.UtcNow;
        }

        var answer = JsonNode.Parse(await service.Http.GetStringAsync(new Uri(service.Admin, "clock")))!;
        return DateTimeOffset.Parse((string)answer["now"]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Moves the clock and answers how many timers fired, once everything has settled.</summary>
    public static Task<int> AdvanceDaysAsync(this Service service, int days) => MoveAsync(service, new { advanceDays = days });

    public static Task<int> AdvanceAsync(this Service service, TimeSpan span) => MoveAsync(service, new { advance = span });

    /// <summary>Waits until the messages in the queues are processed and the workflows have done what there is to do.</summary>
    public static Task<int> SettleAsync(this Service service) => AdvanceAsync(service, TimeSpan.Zero);

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
