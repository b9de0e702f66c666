using System.Net;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Protobuf;

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
            action = await FireAsync(history, history.CallFor(action));
        }

        if (action.CompleteOrchestration is { } end)
        {
            Assert.Equal(OrchestrationStatus.ContinuedAsNew, end.OrchestrationStatus);
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
        var now = DateTimeOffset.UtcNow;
        var history = HostHistory.Of(started, now);

        var call = Assert.Single(await TakeAsync(history, 0));
        // The framework passes on a list of arguments, of which the host takes the one.
        var input = new TypedData { String = JsonNode.Parse(call.ScheduleTask.Input)!.AsArray().Single()!.ToJsonString() };
        var activity = await live.Worker.InvokeAsync(call.ScheduleTask.Name, input);
        Assert.True(activity.Result.Status == StatusResult.Types.Status.Success, activity.Result.Exception?.Message);
        var completed = new TaskCompletedEvent { TaskScheduledId = history.CallFor(call).EventId, Result = activity.ReturnValue.Json };
        history.Begin(now, new() { TaskCompleted = completed });

        Assert.InRange(Assert.Single(await TakeAsync(history, 1)).CreateTimer.FireAt.ToDateTimeOffset(), now, now.AddDays(3));
    }

    [Fact]
    public async Task An_activity_that_fails_is_tried_again_after_a_while()
    {
        var history = HostHistory.Read("ReissueOrchestration-1.0-2.jsonl");
        var first = history.Turns[0].CalledFor.Single();
        var now = first.Timestamp.ToDateTimeOffset();
        history.CutAfter(1);
        var failure = new TaskFailureDetails { ErrorType = "Azure.RequestFailedException", ErrorMessage = "503" };
        history.Begin(now, new() { TaskFailed = new() { TaskScheduledId = first.EventId, FailureDetails = failure } });

        var pause = Assert.Single(await TakeAsync(history, 1));
        Assert.Equal(now.AddSeconds(5), pause.CreateTimer.FireAt.ToDateTimeOffset());

        Assert.Equal(Described(first), Described(await FireAsync(history, history.CallFor(pause))));
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

    private async Task<OrchestratorAction> FireAsync(HostHistory history, HistoryEvent timer)
    {
        history.Fire(timer);
        return Assert.Single(await TakeAsync(history, history.Turns.Count - 1));
    }

    private async Task<IReadOnlyList<OrchestratorAction>> TakeAsync(HostHistory history, int turn)
    {
        var answer = await live.Worker.InvokeAsync(history.Start.Name, history.RequestOf(turn));
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, answer.Result.Exception?.Message);
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer.ReturnValue.String)).Actions;
    }

    private static string Described(HistoryEvent recorded) => recorded switch
    {
        { TaskScheduled: { } task } => $"activity {task.Name} {task.Input}",
        { TimerCreated: { } timer } => $"timer at {timer.FireAt}",
        { ExecutionCompleted: { } end } => $"end {end.OrchestrationStatus}",
        _ => recorded.ToString(),
    };

    private static string Described(OrchestratorAction action) => action switch
    {
        { ScheduleTask: { } task } => $"activity {task.Name} {task.Input}",
        { CreateTimer: { } timer } => $"timer at {timer.FireAt}",
        { CompleteOrchestration: { } end } => $"end {end.OrchestrationStatus}{end.FailureDetails}",
        _ => action.ToString(),
    };
}
