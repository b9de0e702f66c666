using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.Domain.Kernel;
using SocialCard.Embedded;
using SocialCard.Embedded.Storage;
using SocialCard.Functions;
using SocialCard.Functions.Partners;

namespace SocialCard.Benchmarks;

/// <summary>The service on a private Azurite, in this process, called over HTTP.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private readonly EmbeddedHost host;
    private readonly HttpClient http;

    private LocalService(EmbeddedHost host)
    {
        this.host = host;
        http = new HttpClient { BaseAddress = new Uri(host.BaseAddress + "/") };
    }

    public HostStorage Storage => host.Storage!;

    public IServiceProvider Services => host.Services;

    public static async Task<LocalService> StartAsync(bool virtualClock = false) => new(await EmbeddedHost.StartAsync(
        new EmbeddedHostOptions
        {
            Port = 0,
            Ephemeral = true,
            VirtualClock = virtualClock,
            Progress = Console.Error,
            Settings = new Dictionary<string, string?> { ["RateLimit:PerSecond"] = "1000000", ["RateLimit:Burst"] = "1000000" },
        },
        new EmbeddedApp(
            typeof(SocialCardServices).Assembly.GetTypes(),
            (services, configuration) => services.AddSocialCard(configuration),
            SamplePartners.SeedAsync)));

    public Task RegisterAsync(int card) => CommandAsync("local-bureau-wuxi-key", "cards", new
    {
        cardNumber = NumberOf(card),
        holder = new { idNumber = IdNumberOf(card), name = "王小明", mobile = "13800138000" },
        regionCode = "320200",
        bankId = "bank-icbc",
        generation = 3,
    });

    public Task ReceiveAsync(int card) => CommandAsync("local-bureau-wuxi-key", $"cards/{NumberOf(card)}/receipt", new { });

    public Task ActivateAsync(int card) => CommandAsync(
        "local-hospital-wuxi-people-key",
        $"cards/{NumberOf(card)}/activations",
        new { channel = "hospital", occasion = "outpatient", idNumber = IdNumberOf(card) });

    public Task ReadAsync(int card) => GetAsync("local-hospital-wuxi-people-key", $"cards/{NumberOf(card)}");

    /// <summary>Reads as a partner.</summary>
    public async Task GetAsync(string apiKey, string path) => (await SendAsync(HttpMethod.Get, apiKey, path, null)).Dispose();

    /// <summary>Sends a command of a partner, and gives the answer.</summary>
    public async Task<JsonNode> AskAsync(string apiKey, string path, object body)
    {
        using var answer = await SendAsync(HttpMethod.Post, apiKey, path, JsonContent.Create(body));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Sends a bank's webhook.</summary>
    public async Task TellAsync(string type, object data)
    {
        const string secret = "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=";
        var now = (DateTimeOffset)JsonNode.Parse(await http.GetStringAsync(new Uri("/admin/clock", UriKind.Relative)))!["now"]!;
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type, timestamp = now, data }, SocialCardJson.Options);
        var (id, seconds) = (Guid.NewGuid().ToString("N"), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/banks/bank-icbc")
        {
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", seconds },
                { "webhook-signature", WebhookSignature.Sign(secret, id, seconds, body) }
            },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lets days pass, with all that falls due in them.</summary>
    public async Task AdvanceAsync(int days)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/admin/clock", UriKind.Relative), new { advanceDays = days });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Completes when the workflows have settled.</summary>
    public Task SettleAsync() => host.WorkflowTable!.WhenSettledAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    internal static string NumberOf(int card) => card.ToString("D9", CultureInfo.InvariantCulture);

    internal static string IdNumberOf(int card)
    {
        var born = new DateOnly(1970, 1, 1).AddDays(card / 1000).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var body = $"320211{born}{(card % 1000).ToString("D3", CultureInfo.InvariantCulture)}";
        return body + "10X98765432"[body.Zip(Weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }

    private async Task CommandAsync(string apiKey, string path, object body) =>
        (await SendAsync(HttpMethod.Post, apiKey, path, JsonContent.Create(body))).Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string apiKey, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }

        var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
