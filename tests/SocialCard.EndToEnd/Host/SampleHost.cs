using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Embedded;
using SocialCard.Functions.Workflows;

namespace SocialCard.EndToEnd.Host;

/// <summary>An embedded host with functions of the tests' own, on a hub of its own. The hub outlives a restart.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialcard-host-");
    private readonly string connection;
    private readonly EmbeddedApp app;
    private readonly bool virtualClock;
    private readonly string queue;
    private EmbeddedHost? host;

    private SampleHost(string connection, bool virtualClock, object? state, string encoding, Type[] functions, string queue)
    {
        this.connection = connection;
        this.virtualClock = virtualClock;
        this.queue = queue;
        app = new EmbeddedApp(functions, (services, _) =>
        {
            services.AddSingleton<WorkflowClient>();
            if (state is not null)
            {
                services.AddSingleton(state.GetType(), state);
            }
        });
        var settings = $$"""
            {
              "version": "2.0",
              "extensions": {
                "http": { "routePrefix": "api" },
                "queues": { "batchSize": 4, "newBatchThreshold": 2, "maxDequeueCount": 3, "maxPollingInterval": "00:00:00.200",
                            "visibilityTimeout": "00:00:01", "messageEncoding": "{{encoding}}" },
                "durableTask": { "hubName": "Hub{{Guid.NewGuid():N}}" }
              },
              "logging": { "logLevel": { "default": "None" } }
            }
            """;
        File.WriteAllText(Path.Combine(folder.FullName, "host.json"), settings);
    }

    public EmbeddedHost Running => host ?? throw new InvalidOperationException("The host is stopped.");

    /// <summary>A client whose addresses are relative to the server's root.</summary>
    public HttpClient Http { get; private set; } = new();

    public string HubName =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "host.json"))).RootElement
            .GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString()!;

    public static async Task<SampleHost> StartAsync(
        string connection, Type[] functions, object? state = null, bool virtualClock = false, string encoding = "base64", string queue = "")
    {
        var sample = new SampleHost(connection, virtualClock, state, encoding, functions, queue);
        await sample.StartAsync();
        return sample;
    }

    public async Task StartAsync()
    {
        host = await EmbeddedHost.StartAsync(
            new EmbeddedHostOptions
            {
                Port = 0,
                Storage = connection,
                VirtualClock = virtualClock,
                ContentRoot = folder.FullName,
                DataFolder = folder.FullName,
                Settings = new Dictionary<string, string?> { ["Queue"] = queue },
            },
            app);
        Http = new HttpClient { BaseAddress = new Uri(host.BaseAddress, "/"), Timeout = Patience };
    }

    public async Task StopAsync()
    {
        if (host is null)
        {
            return;
        }

        Http.Dispose();
        await host.DisposeAsync();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    public async Task<JsonElement> GetJsonAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(address);
        return await ReadAsync(response, expected);
    }

    public async Task<JsonElement> MoveClockAsync(object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.PostAsJsonAsync("admin/clock", body);
        return await ReadAsync(response, expected);
    }

    /// <summary>A queue of the host's storage whose messages go as they are.</summary>
    public QueueClient RawQueue(string name) => new(connection, name);

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal(expected is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable && !text.Contains(
            "\"code\"", StringComparison.Ordinal)
            ? "application/json" : "application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }
}
