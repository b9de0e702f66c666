using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Partners;

namespace SocialCard.Embedded.Demo;

/// <summary>The sample partners at work: what they ask of the service over HTTP, by webhook and by queue, as any partner does.</summary>
internal sealed class DemoPartners(
    Uri api, IReadOnlyList<PartnerRegistration> partners, QueueServiceClient queues, TimeProvider clock) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(api + "/") };
    private int calls;

    /// <summary>The time of the service.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A command of a partner.</summary>
    /// <returns>The answer's body; null where it has none.</returns>
    /// <exception cref="HostStartException">The service does not take it.</exception>
    public async Task<JsonNode?> CallAsync(string partner, string path, object? body, HttpMethod? method = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, options: SocialCardJson.Options);
        return JsonNode.Parse(await SendAsync(partner, method ?? HttpMethod.Post, path, content) is { Length: > 0 } text ? text : "null");
    }

    /// <summary>A file that a partner hands in.</summary>
    public async Task AttachAsync(string partner, string path, byte[] file, string mediaType)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new(mediaType) } };
        await SendAsync(partner, HttpMethod.Put, path, content);
    }

    /// <summary>The entity tag of what a partner reads.</summary>
    public async Task<string> TagOfAsync(string partner, string path)
    {
        using var answer = await AnswerAsync(partner, HttpMethod.Get, path, null);
        return answer.Headers.ETag!.Tag.Trim('"');
    }

    /// <summary>An event of a bank, signed with its secret, or with another.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> TellAsync(string bankId, string type, object data, string? secret = null)
    {
        var id = $"demo-{Interlocked.Increment(ref calls)}";
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = Now, data }, SocialCardJson.Options);
        var key = secret ?? partners.Single(partner => partner.Id == bankId).WebhookSecret!.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"webhooks/banks/{bankId}")
        {
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", seconds },
                { "webhook-signature", WebhookSignature.Sign(key, id, seconds, body) },
            },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>A message on a queue.</summary>
    public async Task PutAsync(string queue, object message)
    {
        Interlocked.Increment(ref calls);
        await queues.GetQueueClient(queue).SendMessageAsync(JsonSerializer.Serialize(message, SocialCardJson.Options));
    }

    public void Dispose() => http.Dispose();

    private async Task<string> SendAsync(string partner, HttpMethod method, string path, HttpContent? content)
    {
        using var answer = await AnswerAsync(partner, method, path, content);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> AnswerAsync(string partner, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"local-{partner}-key");
        request.Headers.Add("Idempotency-Key", $"demo-{Interlocked.Increment(ref calls)}");
        var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode ? answer : throw new HostStartException(ConsoleLine.Of(
            $"The demo city: {partner} {method} {path} was answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"));
    }
}
