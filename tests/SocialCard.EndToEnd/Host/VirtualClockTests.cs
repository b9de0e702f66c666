using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.EndToEnd.Host;

[Collection(AzuriteFixture.Collection)]
public sealed class VirtualClockTests(AzuriteFixture fixture)
{
    private readonly Log log = new();

    [Theory]
    [InlineData("""{"advanceDays":300}""", 300)]
    [InlineData("""{"advance":"1.02:00:00"}""", 1 + (2.0 / 24))]
    [InlineData("""{"advance":"00:00:00"}""", 0)]
    public async Task The_clock_moves_by_a_span(string body, double days)
    {
        await using var host = await StartAsync();
        var before = Now(await host.GetJsonAsync("admin/clock"));

        var moved = await host.MoveClockAsync(JsonDocument.Parse(body).RootElement);

        Assert.Equal(0, moved.GetProperty("timersFired").GetInt32());
        Assert.InRange(Now(moved), before.AddDays(days), before.AddDays(days).AddMinutes(1));
        Assert.InRange(Now(await host.GetJsonAsync("admin/clock")), Now(moved), Now(moved).AddMinutes(1));
    }

    [Fact]
    public async Task The_clock_moves_to_an_instant_and_goes_on_from_there_after_a_restart()
    {
        await using var host = await StartAsync();
        var target = DateTimeOffset.UtcNow.AddDays(500);

        var moved = await host.MoveClockAsync(new { to = target });
        await host.StopAsync();
        await host.StartAsync();

        Assert.InRange(Now(moved), target, target.AddMinutes(1));
        Assert.InRange(Now(await host.GetJsonAsync("admin/clock")), Now(moved), Now(moved).AddMinutes(2));
        Assert.Contains($"clock: virtual {target:yyyy-MM-dd}", host.Running.ReadyLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "clock-body-invalid")]
    [InlineData("""[]""", "clock-body-invalid")]
    [InlineData("""{"advanceDays":"3"}""", "clock-body-invalid")]
    [InlineData("""{"advanceDays":1.5}""", "clock-body-invalid")]
    [InlineData("""{"advance":"soon"}""", "clock-body-invalid")]
    [InlineData("""{"to":"tomorrow"}""", "clock-body-invalid")]
    [InlineData("""{"days":3}""", "clock-body-invalid")]
    [InlineData("""{"advanceDays":3,"advance":"1.00:00:00"}""", "clock-body-invalid")]
    [InlineData("""{"advanceDays":-1}""", "clock-target-invalid")]
    [InlineData("""{"advanceDays":2147483647}""", "clock-target-invalid")]
    [InlineData("""{"advance":"-00:00:01"}""", "clock-target-invalid")]
    [InlineData("""{"to":"2020-01-01T00:00:00Z"}""", "clock-target-invalid")]
    public async Task A_move_that_is_none_is_refused_and_the_clock_stays(string body, string code)
    {
        await using var host = await StartAsync();
        var before = Now(await host.GetJsonAsync("admin/clock"));

        var problem = await host.MoveClockAsync(JsonDocument.Parse(body).RootElement, HttpStatusCode.BadRequest);

        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.InRange(Now(await host.GetJsonAsync("admin/clock")), before, before.AddMinutes(1));
    }

    [Fact]
    public async Task A_move_answers_when_timers_activities_and_queue_messages_have_settled()
    {
        await using var host = await StartAsync();
        var durable = host.Running.Engine.Client;
        await durable.ScheduleNewOrchestrationInstanceAsync("Wait", 30, new StartOrchestrationOptions("thirty"));
        await durable.ScheduleNewOrchestrationInstanceAsync("Wait", 10, new StartOrchestrationOptions("ten"));
        await durable.ScheduleNewOrchestrationInstanceAsync("Wait", 50, new StartOrchestrationOptions("fifty"));

        var moved = await host.MoveClockAsync(new { advanceDays = 40 });

        // Each instance waits, sends a message from an activity, and is told of it by the queue's function.
        Assert.Equal(2, moved.GetProperty("timersFired").GetInt32());
        Assert.Equal(["ten", "thirty"], log.Words);
        Assert.True((await durable.GetInstanceAsync("ten"))!.IsCompleted);
        Assert.True((await durable.GetInstanceAsync("thirty"))!.IsCompleted);
        Assert.False((await durable.GetInstanceAsync("fifty"))!.IsCompleted);
    }

    [Fact]
    public async Task A_timer_function_runs_once_for_the_occurrences_that_the_clock_passed()
    {
        await using var host = await StartAsync(typeof(Daily));

        var moved = await host.MoveClockAsync(new { advanceDays = 3 });
        var again = await host.MoveClockAsync(new { advance = TimeSpan.FromDays(1) });

        Assert.Equal(1, moved.GetProperty("timersFired").GetInt32());
        Assert.Equal(1, again.GetProperty("timersFired").GetInt32());
        Assert.Equal(["past due", "past due"], log.Words);
    }

    [Fact]
    public async Task A_run_missed_while_no_host_was_there_is_made_up_for_at_the_start()
    {
        await using var host = await StartAsync(typeof(Daily));
        await host.StopAsync();
        var runs = new TableClient(fixture.Azurite.ConnectionString, host.HubName + "Timers");
        var recorded = (await runs.GetEntityAsync<TableEntity>("timers", "Daily")).Value;
        recorded["Last"] = recorded.GetDateTimeOffset("Last")!.Value.AddDays(-2);
        await runs.UpdateEntityAsync(recorded, recorded.ETag);

        await host.StartAsync();
        await SampleHost.EventuallyAsync(async () =>
            (await runs.GetEntityAsync<TableEntity>("timers", "Daily")).Value.GetDateTimeOffset("Last") > recorded.GetDateTimeOffset(
                "Last"));

        Assert.Equal(["past due"], log.Words);
    }

    [Fact]
    public async Task A_frequent_timer_runs_in_time_and_one_at_startup_runs_at_once()
    {
        await using var host = await StartAsync(typeof(Frequent));

        await SampleHost.EventuallyAsync(() => log.Words.Contains("startup") && log.Words.Count(word => word == "every second") >= 2);

        Assert.DoesNotContain("late", log.Words);
    }

    [Fact]
    public async Task Without_the_option_there_is_no_clock_to_move()
    {
        await using var host = await SampleHost.StartAsync(fixture.Azurite.ConnectionString, [typeof(Workflow)], log, queue: log.Queue);

        using var answer = await host.Http.PostAsJsonAsync("admin/clock", new { advanceDays = 1 });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("clock: real", host.Running.ReadyLine, StringComparison.Ordinal);
    }

    private Task<SampleHost> StartAsync(Type? functions = null) =>
        SampleHost.StartAsync(fixture.Azurite.ConnectionString, [functions ?? typeof(Workflow)], log, virtualClock: true, queue: log.Queue);

    private static DateTimeOffset Now(JsonElement clock) => clock.GetProperty("now").GetDateTimeOffset();

    public sealed class Log
    {
        public string Queue { get; } = $"told-{Guid.NewGuid():N}";

        public ConcurrentQueue<string> Words { get; } = new();

    }

    public sealed class Workflow(Log log, DurableTaskClient workflows, IServiceProvider services)
    {
        [Function("Wait")]
        public static async Task WaitAsync([OrchestrationTrigger] TaskOrchestrationContext context, int days)
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(days), CancellationToken.None);
            var told = context.WaitForExternalEvent<string>("Told");
            await context.CallActivityAsync("Tell", context.InstanceId);
            await told;
        }

        [Function("Tell")]
        public async Task TellAsync([ActivityTrigger] string instance) =>
            await services.GetRequiredService<QueueServiceClient>().GetQueueClient(log.Queue).SendMessageAsync(instance);

        [Function("Told")]
        public async Task ToldAsync([QueueTrigger("%Queue%")] string instance)
        {
            log.Words.Enqueue(instance);
            await workflows.RaiseEventAsync(instance, "Told", instance);
        }
    }

    public sealed class Daily(Log log)
    {
        [Function("Daily")]
        public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => log.Words.Enqueue(timer.IsPastDue ? "past due" : "in time");
    }

    public sealed class Frequent(Log log)
    {
        [Function("EverySecond")]
        public void EverySecond([TimerTrigger("* * * * * *")] TimerInfo timer) =>
            log.Words.Enqueue(timer.IsPastDue ? "late" : "every second");

        [Function("AtStartup")]
        public void AtStartup([TimerTrigger("0 0 3 * * *", RunOnStartup = true)] TimerInfo timer) =>
            log.Words.Enqueue(timer.IsPastDue ? "late" : "startup");
    }
}
