using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;

namespace SocialCard.Embedded;

/// <summary>
/// The part of host.json that this host obeys. A section that it obeys is read strictly, so that a mistyped setting is not silently
/// without effect; sections and settings that tune only the Azure host are accepted and have no effect here.
/// </summary>
internal sealed partial record HostSettings
{
    public string? Version { get; init; }
    public ExtensionSettings Extensions { get; init; } = new();
    public LoggingSettings Logging { get; init; } = new();

    public static HostSettings Load(string contentRoot)
    {
        var path = Path.Combine(contentRoot, "host.json");
        try
        {
            using var file = File.OpenRead(path);
            var settings = JsonSerializer.Deserialize<HostSettings>(file, Json);
            return settings?.FirstFault() is { } fault ? throw new HostStartException($"{path}: {fault}")
                : settings ?? throw new HostStartException($"{path}: the file is empty.");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"{path}: {ConsoleLine.Of(fault.Message)}", fault);
        }
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    private string? FirstFault()
    {
        var (http, queues, hub) = (Extensions.Http, Extensions.Queues, Extensions.DurableTask.HubName);
        return this switch
        {
            { Version: not "2.0" } => "version must be \"2.0\".",
            _ when http.RoutePrefix is ['/', ..] or [.., '/'] => "extensions.http.routePrefix must not begin or end with a slash.",
            _ when queues.BatchSize is < 1 or > 32 => "extensions.queues.batchSize must be from 1 to 32.",
            _ when queues.NewBatchThreshold < 0 => "extensions.queues.newBatchThreshold must not be negative.",
            _ when queues.MaxDequeueCount < 1 => "extensions.queues.maxDequeueCount must be at least 1.",
            _ when queues.MaxPollingInterval < QueueSettings.FirstPollingInterval
                => "extensions.queues.maxPollingInterval must be at least 00:00:00.100.",
            _ when queues.VisibilityTimeout < TimeSpan.Zero || queues.VisibilityTimeout > TimeSpan.FromDays(7)
                => "extensions.queues.visibilityTimeout must be from 0 to 7 days.",
            _ when !HubName().IsMatch(hub) => "extensions.durableTask.hubName must be 3 to 45 letters and digits, a letter first.",
            _ => null,
        };
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,44}\z")]
    private static partial Regex HubName();
}

internal sealed record ExtensionSettings
{
    public HttpSettings Http { get; init; } = new();
    public QueueSettings Queues { get; init; } = new();
    public DurableTaskSettings DurableTask { get; init; } = new();
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HttpSettings
{
    public string RoutePrefix { get; init; } = "api";

    // Limits and headers that the Azure host applies in front of the worker.
    public JsonElement MaxOutstandingRequests { get; init; }
    public JsonElement MaxConcurrentRequests { get; init; }
    public JsonElement DynamicThrottlesEnabled { get; init; }
    public JsonElement Hsts { get; init; }
    public JsonElement CustomHeaders { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record QueueSettings
{
    public static readonly TimeSpan FirstPollingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A new batch is fetched once this many messages or fewer are being processed; the Functions host's default is half a batch.
    /// </summary>
    public int? NewBatchThreshold { get => field ?? BatchSize / 2; init; }

    public int BatchSize { get; init; } = 16;
    public int MaxDequeueCount { get; init; } = 5;
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);
    public TimeSpan VisibilityTimeout { get; init; }
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;
}

/// <summary>
/// The hub's identity, and what the distributed engine is tuned with; every other setting of this section has no effect here.
/// </summary>
internal sealed record DurableTaskSettings
{
    public string HubName { get; init; } = "TestHubName";
    public string? DefaultVersion { get; init; }
    public int MaxConcurrentActivityFunctions { get; init; } = 10 * Environment.ProcessorCount;
    public int MaxConcurrentOrchestratorFunctions { get; init; } = 10 * Environment.ProcessorCount;
    public StorageProviderSettings StorageProvider { get; init; } = new();
}

/// <summary>The distributed engine on Azure Storage; the defaults are the Durable extension's.</summary>
internal sealed record StorageProviderSettings
{
    public int PartitionCount { get; init; } = 4;
    public TimeSpan MaxQueuePollingInterval { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan ControlQueueVisibilityTimeout { get; init; } = TimeSpan.FromMinutes(5);
    public TimeSpan WorkItemQueueVisibilityTimeout { get; init; } = TimeSpan.FromMinutes(5);
}

internal sealed record LoggingSettings
{
    public IReadOnlyDictionary<string, LogLevel> LogLevel { get; init; } = new Dictionary<string, LogLevel>();
}
