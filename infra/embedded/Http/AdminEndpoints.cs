using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Queues;
using SocialCard.Embedded.Storage;
using SocialCard.Http;

namespace SocialCard.Embedded.Http;

/// <summary>The host's own addresses: its health, what its storage costs, its clock, and its queues.</summary>
internal static class AdminEndpoints
{
    /// <summary>What fits into a queue message of 64 KiB in base64.</summary>
    private const int LargestMessage = 48 * 1024;

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(3);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
    };

    public static void MapHealth(IEndpointRouteBuilder routes, EmbeddedHost host) =>
        HttpPipeline.ByHost(routes.MapGet("/admin/health", (RequestDelegate)(context => HealthAsync(context, host))));

    public static void MapStorageOperations(IEndpointRouteBuilder routes, EmbeddedHost host) =>
        HttpPipeline.ByHost(routes.MapGet("/admin/storage-operations", (RequestDelegate)(context => host.Storage is { } storage
            ? context.Response.WriteAsJsonAsync(
                new StorageOperationsAnswer(storage.TableOperations.Snapshot(), storage.QueueOperations.Snapshot()), Json)
            : StartingAsync(context))));

    public static void MapClock(IEndpointRouteBuilder routes, EmbeddedHost host)
    {
        HttpPipeline.ByHost(routes.MapGet("/admin/clock", (RequestDelegate)(context => ReadClockAsync(context, host))));
        HttpPipeline.ByHost(routes.MapPost("/admin/clock", (RequestDelegate)(context => MoveClockAsync(context, host))));
    }

    /// <summary>
    /// Puts a message on a queue, for people without a storage client at hand. Only for a storage of this machine, whose key is
    /// published: access to a real account's queues is the account's to give.
    /// </summary>
    public static void MapQueues(IEndpointRouteBuilder routes, EmbeddedHost host) =>
        HttpPipeline.ByHost(routes.MapPost("/admin/queues/{queue}", (RequestDelegate)(context => EnqueueAsync(context, host))));

    private static async Task EnqueueAsync(HttpContext context, EmbeddedHost host)
    {
        if (host.Storage is not { IsLocal: true } || !host.IsReady)
        {
            await Problems.Of(StatusCodes.Status404NotFound, "not-found", "Messages are taken here for a storage of this machine only.").ExecuteAsync(context);
            return;
        }

        if (await JsonBody.ReadAsync(context.Request, context.RequestAborted) is not { Length: > 0 and <= LargestMessage } message)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "message-size", $"A message has 1 to {LargestMessage} bytes.").ExecuteAsync(context);
            return;
        }

        try
        {
            var queue = host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient((string)context.Request.RouteValues["queue"]!);
            await queue.SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (RequestFailedException fault) when (fault.Status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound)
        {
            await Problems.Of(StatusCodes.Status404NotFound, "queue-not-found", "There is no such queue.").ExecuteAsync(context);
        }
    }

    private static async Task HealthAsync(HttpContext context, EmbeddedHost host)
    {
        var dependencies = new Dictionary<string, string>();
        if (host.Storage is { } storage)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(CheckLimit);
            var tables = CheckAsync(async () =>
            {
                await foreach (var _ in storage.Tables.QueryAsync(maxPerPage: 1, cancellationToken: limit.Token))
                    break;
            });
            var queues = CheckAsync(async () =>
            {
                await foreach (var _ in host.Services.GetRequiredService<QueueServiceClient>().GetQueuesAsync(cancellationToken: limit.Token))
                    break;
            });
            dependencies["tables"] = await tables;
            dependencies["queues"] = await queues;
        }
        else
        {
            dependencies["tables"] = dependencies["queues"] = "starting";
        }

        dependencies["engine"] = host.EngineState;
        foreach (var listener in host.Listeners)
            dependencies[$"queue {listener.Queue}"] = listener.IsPolling ? "ok" : "not polling";

        var healthy = host.IsReady && dependencies.Values.All(state => state == "ok");
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await context.Response.WriteAsJsonAsync(new HealthAnswer(healthy ? "ready" : host.IsReady ? "unhealthy" : "starting", dependencies), Json);
    }

    private static async Task<string> CheckAsync(Func<Task> check)
    {
        try
        {
            await check();
            return "ok";
        }
#pragma warning disable CA1031 // Any failure is the state that was asked for.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "unreachable";
        }
    }

    private static Task ReadClockAsync(HttpContext context, EmbeddedHost host) => host.VirtualClock is { } clock
        ? context.Response.WriteAsJsonAsync(new ClockAnswer(clock.Now.UtcDateTime, null), Json)
        : StartingAsync(context);

    private static async Task MoveClockAsync(HttpContext context, EmbeddedHost host)
    {
        if (host.VirtualClock is not { } clock)
        {
            await StartingAsync(context);
            return;
        }

        ClockMove? move;
        try
        {
            move = await JsonSerializer.DeserializeAsync<ClockMove>(context.Request.Body, Json, context.RequestAborted);
        }
        catch (JsonException)
        {
            move = null;
        }

        if (move?.TargetFrom() is not { } targetFrom)
        {
            await Refuse("clock-body-invalid", "Send one of {\"advanceDays\":300}, {\"advance\":\"1.02:03:04\"}, {\"to\":\"2027-03-01T00:00:00Z\"}.");
            return;
        }

        if (await clock.AdvanceAsync(targetFrom, context.RequestAborted) is { } fired)
            await context.Response.WriteAsJsonAsync(new ClockAnswer(clock.Now.UtcDateTime, fired), Json);
        else
            await Refuse("clock-target-invalid", "The clock only moves forward, up to the year 9999.");

        Task Refuse(string code, string detail) => Problems.Of(StatusCodes.Status400BadRequest, code, detail).ExecuteAsync(context);
    }

    private static Task StartingAsync(HttpContext context) =>
        Problems.Of(StatusCodes.Status503ServiceUnavailable, "starting", "The service is starting or stopping.").ExecuteAsync(context);

    private sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Dependencies);

    private sealed record StorageOperationsAnswer(
        IReadOnlyDictionary<StorageOperation, long> Tables, IReadOnlyDictionary<StorageOperation, long> Queues);

    private sealed record ClockAnswer(DateTime Now, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TimersFired);

    private sealed record ClockMove(int? AdvanceDays, TimeSpan? Advance, DateTimeOffset? To)
    {
        // Far more days than the calendar has are as wrong as any number past its end, and a TimeSpan could not hold them.
        private const int MoreDaysThanTheCalendarHas = 4_000_000;

        /// <summary>Null unless the move names exactly one target; the target is null if it lies in the past or past the calendar's end.</summary>
        public Func<DateTimeOffset, DateTimeOffset?>? TargetFrom() => this switch
        {
            { AdvanceDays: { } days, Advance: null, To: null } => By(TimeSpan.FromDays(Math.Clamp(days, -1, MoreDaysThanTheCalendarHas))),
            { AdvanceDays: null, Advance: { } span, To: null } => By(span),
            { AdvanceDays: null, Advance: null, To: { } to } => now => to >= now ? to : null,
            _ => null,
        };

        private static Func<DateTimeOffset, DateTimeOffset?> By(TimeSpan span) =>
            now => span >= TimeSpan.Zero && span <= DateTimeOffset.MaxValue - now ? now + span : null;
    }
}
