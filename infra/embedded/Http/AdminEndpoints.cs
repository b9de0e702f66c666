using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Domain.Kernel;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.Http;

/// <summary>The host's own addresses: its health, what its storage costs, its queues, and its clock where that can be moved.</summary>
internal static class AdminEndpoints
{
    /// <summary>Where the clock is read and moved.</summary>
    public const string Clock = "/admin/clock";

    /// <summary>What fits into a queue message of 64 KiB in base64.</summary>
    private const int LargestMessage = 48 * 1024;

    private static readonly string[] Reading = ["GET", "HEAD"];

    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(3);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new InstantConverter() },
    };

    public static IResult Starting => Problems.Of(503, "starting", "The service is starting or stopping.");

    public static void Map(IEndpointRouteBuilder routes, EmbeddedHost host, bool virtualClock)
    {
        routes.MapMethods("/admin/health", Reading, Serve(context => HealthAsync(context, host)));
        routes.MapMethods("/admin/storage-operations", Reading, Serve(_ => Task.FromResult(Counts(host.Storage!))));
        routes.MapPost("/admin/queues/{queue}", Serve(context => EnqueueAsync(context, host)));
        if (!virtualClock)
        {
            return;
        }

        routes.MapMethods(Clock, Reading, Serve(_ =>
            Task.FromResult(host.VirtualClock is { } clock ? At(clock, null) : Starting)));
        routes.MapPost(Clock, Serve(async context => host.VirtualClock is { } clock ? await MoveAsync(context, clock) : Starting));
    }

    private static RequestDelegate Serve(Func<HttpContext, Task<IResult>> answer) =>
        async context => await (await answer(context)).ExecuteAsync(context);

    private static IResult Counts(HostStorage storage) =>
        Results.Json(new { tables = storage.TableOperations.Snapshot(), queues = storage.QueueOperations.Snapshot() }, Json);

    private static async Task<IResult> HealthAsync(HttpContext context, EmbeddedHost host)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(CheckLimit);
        var queues = host.Services.GetRequiredService<QueueServiceClient>();
        var storage = await Task.WhenAll(
            CheckAsync(host.Storage!.Tables.QueryAsync(maxPerPage: 1, cancellationToken: limit.Token)),
            CheckAsync(queues.GetQueuesAsync(cancellationToken: limit.Token)));
        Dictionary<string, string> dependencies = new() { ["tables"] = storage[0], ["queues"] = storage[1], ["engine"] = host.EngineState };
        foreach (var listener in host.Listeners)
        {
            dependencies[$"queue {listener.Queue}"] = listener.IsPolling ? "ok" : "not polling";
        }

        var healthy = host.IsReady && dependencies.Values.All(state => state == "ok");
        return Results.Json(
            new { status = healthy ? "ready" : host.IsReady ? "unhealthy" : "starting", dependencies },
            Json, statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> CheckAsync<T>(AsyncPageable<T> listing)
        where T : notnull
    {
        Task check = listing.AnyAsync().AsTask();
        await check.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return check.IsCompletedSuccessfully ? "ok" : "unreachable";
    }

    /// <summary>
    /// Puts a message on a queue, for people without a storage client at hand. Only for a storage of this machine, whose key is
    /// published: access to a real account's queues is the account's to give.
    /// </summary>
    private static async Task<IResult> EnqueueAsync(HttpContext context, EmbeddedHost host)
    {
        if (!host.IsReady || !host.Storage!.IsLocal)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "not-found", "Messages are taken here for a storage of this machine only.");
        }

        if (await JsonBody.ReadAsync(context.Request, context.RequestAborted) is not { Length: > 0 and <= LargestMessage } message)
        {
            return Refusal("message-size", $"A message has 1 to {LargestMessage} bytes.");
        }

        try
        {
            var queues = host.Services.GetRequiredService<QueueServiceClient>();
            var queue = queues.GetQueueClient((string)context.Request.RouteValues["queue"]!);
            await queue.SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: context.RequestAborted);
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        catch (RequestFailedException fault) when (fault.Status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "queue-not-found", "There is no such queue.");
        }
    }

    private static async Task<IResult> MoveAsync(HttpContext context, VirtualClock clock)
    {
        ClockMove? move = null;
        try
        {
            move = await JsonSerializer.DeserializeAsync<ClockMove>(context.Request.Body, Json, context.RequestAborted);
        }
        catch (JsonException)
        {
            // As wrong as a move without a target.
        }

        if (move?.TargetFrom() is not { } targetFrom)
        {
            return Refusal(
                "clock-body-invalid",
                "Send one of {\"advanceDays\":300}, {\"advance\":\"1.02:03:04\"}, {\"to\":\"2027-03-01T00:00:00Z\"}.");
        }

        return await clock.AdvanceAsync(targetFrom, context.RequestAborted) is { } fired
            ? At(clock, fired)
            : Refusal("clock-target-invalid", "The clock only moves forward, up to the year 9999.");
    }

    private static IResult At(VirtualClock clock, int? timersFired) => Results.Json(new { now = clock.Now.UtcDateTime, timersFired }, Json);

    private static ProblemHttpResult Refusal(string code, string detail) => Problems.Of(StatusCodes.Status400BadRequest, code, detail);

    private sealed record ClockMove(int? AdvanceDays, TimeSpan? Advance, DateTimeOffset? To)
    {
        // Far more days than the calendar has are as wrong as any number past its end, and a TimeSpan could not hold them.
        private const int MoreDaysThanTheCalendarHas = 4_000_000;

        /// <summary>
        /// Null unless the move names exactly one target; the target is null if it lies in the past or past the calendar's end.
        /// </summary>
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
