using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SocialCard.Embedded;
using SocialCard.Embedded.Storage;

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

    public static async Task<LocalService> StartAsync() => new(await EmbeddedHost.StartAsync(
        new EmbeddedHostOptions
        {
            Port = 0,
            Ephemeral = true,
            Progress = Console.Error,
            Settings = new Dictionary<string, string?> { ["RateLimit:PerSecond"] = "1000000", ["RateLimit:Burst"] = "1000000" },
        },
        EmbeddedApp.Of(
            typeof(SocialCardServices).Assembly, (services, configuration) => services.AddSocialCard(configuration), SamplePartners.SeedAsync)));

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

    public Task ReadAsync(int card) => SendAsync(HttpMethod.Get, "local-hospital-wuxi-people-key", $"cards/{NumberOf(card)}", null);

    /// <summary>Completes when the workflows have settled.</summary>
    public Task SettleAsync() => host.Engine.WhenSettledAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    private static string NumberOf(int card) => card.ToString("D9", CultureInfo.InvariantCulture);

    private static string IdNumberOf(int card)
    {
        var born = new DateOnly(1970, 1, 1).AddDays(card / 1000).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var body = $"320211{born}{(card % 1000).ToString("D3", CultureInfo.InvariantCulture)}";
        return body + "10X98765432"[body.Zip(Weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }

    private Task CommandAsync(string apiKey, string path, object body) => SendAsync(HttpMethod.Post, apiKey, path, JsonContent.Create(body));

    private async Task SendAsync(HttpMethod method, string apiKey, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        if (body is not null)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
