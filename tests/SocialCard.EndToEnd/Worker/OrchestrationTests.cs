using System.Net;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.History;
using Proto = Microsoft.DurableTask.Protobuf;

namespace SocialCard.EndToEnd.Worker;

/// <summary>
/// The worker takes the turns of every workflow from histories in the encoding of the host's Durable extension. Workflows outlive
/// releases: the code of today calls for what the released versions called for, and goes on where they wait.
/// </summary>
[Collection(WorkerFixture.Collection)]
public sealed class OrchestrationTests(WorkerFixture live)
{
    public static TheoryData<string> Histories => [.. HostHistory.Names];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Every_turn_calls_for_what_is_recorded(string name)
    {
        var history = HostHistory.Read(name);
        for (var turn = 0; turn < history.Turns.Count; turn++)
        {
            Assert.Equal(history.Turns[turn].CalledFor.Select(Described), (await TakeAsync(history, turn)).Select(Described));
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task A_wait_that_is_over_leads_to_an_activity_or_the_next_execution(string name)
    {
        var history = HostHistory.Read(name);
        if (history.OpenTimer is not { } timer)
        {
            return;
        }

        // A long wait is one timer after another.
        var action = await FireAsync(history, timer);
        for (var hops = 0; action.CreateTimer is not null; hops++)
        {
            Assert.True(hops < 20, $"The wait does not end: {action}");
            action = await FireAsync(history, history.CallFor(action.Id, action.CreateTimer));
        }

        if (action.CompleteOrchestration is { } end)
        {
            Assert.Equal(Proto.OrchestrationStatus.ContinuedAsNew, end.OrchestrationStatus);
            Assert.NotNull(end.Result);
        }
        else
        {
            Assert.Contains(action.ScheduleTask.Name, live.Worker.Functions);
        }
    }

    [Fact]
    public async Task A_workflow_that_the_app_starts_has_its_activity_called_and_waits_for_what_that_says()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var reissue = new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber };
        (await live.Bureau.PostAsync($"cards/{number}/reissues", reissue)).Expect(HttpStatusCode.Accepted);
        var started = live.Host.TaskHub.Instances.Values.Single(instance =>
            instance.Name == "ReissueOrchestration" && instance.InstanceId.Contains(number, StringComparison.Ordinal));
        var now = DateTime.UtcNow;
        var history = HostHistory.Of(started, now);

        var call = Assert.Single(await TakeAsync(history, 0));
        // The framework passes on a list of arguments, of which the host takes the one.
        var input = new TypedData { String = JsonNode.Parse(call.ScheduleTask.Input)!.AsArray().Single()!.ToJsonString() };
        var activity = await live.Worker.InvokeAsync(call.ScheduleTask.Name, input);
        Assert.True(activity.Result.Status == StatusResult.Types.Status.Success, activity.Result.Exception?.Message);
        var scheduled = history.CallFor(call.Id, call.ScheduleTask);
        history.Begin(now, new TaskCompletedEvent(-1, scheduled.EventId, activity.ReturnValue.Json));

        Assert.InRange(Assert.Single(await TakeAsync(history, 1)).CreateTimer.FireAt.ToDateTime(), now, now.AddDays(3));
    }

    [Fact]
    public async Task An_activity_that_fails_is_tried_again_after_a_while()
    {
        var history = HostHistory.Read(HostHistory.Names.First(name => name.StartsWith("ReissueOrchestration-", StringComparison.Ordinal)));
        history.CutAfter(1);
        var first = Assert.Single(await TakeAsync(history, 0));
        var now = history.Turns[0].Events[0].Timestamp;
        var failure = new FailureDetails("Azure.RequestFailedException", "503", null, null, isNonRetriable: false);
        history.Begin(now, new TaskFailedEvent(-1, first.Id, null, null, failure));

        var pause = Assert.Single(await TakeAsync(history, 1));
        Assert.Equal(now.AddSeconds(5), pause.CreateTimer.FireAt.ToDateTime());

        var again = await FireAsync(history, history.CallFor(pause.Id, pause.CreateTimer));
        Assert.Equal((first.ScheduleTask.Name, first.ScheduleTask.Input), (again.ScheduleTask.Name, again.ScheduleTask.Input));
    }

    [Fact]
    public void Every_workflow_has_a_history_in_its_current_version()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(WorkerProcess.Folder, "host.json")))!;
        var version = (string)host["extensions"]!["durableTask"]!["defaultVersion"]!;
        var recorded = HostHistory.Names.Select(name => HostHistory.Read(name).Start).Where(start => start.Version == version);
        Assert.Equal(live.Worker.FunctionsOf("orchestrationTrigger").Order(), recorded.Select(start => start.Name).Distinct().Order());
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_fails_its_invocation_and_the_worker_goes_on()
    {
        foreach (var text in new[] { "not base64", "AAAA", "" })
        {
            var failed = (await live.Worker.InvokeAsync("ActivationOrchestration", new() { String = text })).Result;
            Assert.Equal(StatusResult.Types.Status.Failure, failed.Status);
        }

        await Every_turn_calls_for_what_is_recorded(HostHistory.Names[0]);
    }

    private async Task<Proto.OrchestratorAction> FireAsync(HostHistory history, TimerCreatedEvent timer)
    {
        history.Fire(timer);
        return Assert.Single(await TakeAsync(history, history.Turns.Count - 1));
    }

    private async Task<IReadOnlyList<Proto.OrchestratorAction>> TakeAsync(HostHistory history, int turn)
    {
        var answer = await live.Worker.InvokeAsync(history.Start.Name, history.RequestOf(turn));
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, answer.Result.Exception?.Message);
        return Proto.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer.ReturnValue.String)).Actions;
    }

    // The provider does not keep what an activity is given.
    private static string Described(HistoryEvent recorded) => recorded switch
    {
        TaskScheduledEvent task => $"{task.EventId} activity {task.Name} {task.Version}",
        TimerCreatedEvent timer => $"{timer.EventId} timer at {timer.FireAt:O}",
        ExecutionCompletedEvent end => $"{end.EventId} end {end.OrchestrationStatus}",
        _ => throw new NotSupportedException($"{recorded.EventType} is no call."),
    };

    private static string Described(Proto.OrchestratorAction action) => action switch
    {
        { ScheduleTask: { } task } => $"{action.Id} activity {task.Name} {task.Version}",
        { CreateTimer: { } timer } => $"{action.Id} timer at {timer.FireAt.ToDateTime():O}",
        { CompleteOrchestration: { } end } => $"{action.Id} end {end.OrchestrationStatus}{end.FailureDetails}",
        _ => action.ToString(),
    };
}
