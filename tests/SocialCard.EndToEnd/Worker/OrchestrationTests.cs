using System.Text.Json.Nodes;
using Microsoft.DurableTask.Protobuf;

namespace SocialCard.EndToEnd.Worker;

/// <summary>
/// The worker takes the turns of every workflow from histories in the encoding of the host's Durable extension, and calls for what the
/// same code called for under the embedded host.
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
        if (history.OpenTimer is not { } timer || history.Turns[^1].CalledFor.Exists(call => call.ExecutionCompleted is not null))
        {
            return;
        }

        // A long wait is one timer after another.
        var action = await FireAsync(history, timer);
        for (var hops = 0; action.CreateTimer is not null; hops++)
        {
            Assert.True(hops < 20, $"The wait does not end: {action}");
            action = await FireAsync(history, history.CallFor(action.CreateTimer));
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
    public async Task An_activity_that_fails_is_tried_again_after_a_while()
    {
        var history = HostHistory.Read("ReissueOrchestration-1.0-2.jsonl");
        var (first, now) = (history.Turns[0].CalledFor[0], history.Turns[0].CameIn[0].Timestamp.ToDateTimeOffset());
        history.CutAfter(1);
        history.Add(now, new HistoryEvent
        {
            TaskFailed = new() { TaskScheduledId = first.EventId, FailureDetails = new() { ErrorType = "Azure.RequestFailedException", ErrorMessage = "503" } },
        });

        var pause = Assert.Single(await TakeAsync(history, 1));
        Assert.Equal(now.AddSeconds(5), pause.CreateTimer.FireAt.ToDateTimeOffset());

        Assert.Equal(Described(first), Described(await FireAsync(history, history.CallFor(pause.CreateTimer))));
    }

    [Fact]
    public void Every_workflow_of_the_worker_has_a_history()
    {
        var workflows = live.Worker.Functions.Values
            .Where(function => HostedWorker.BindingsOf(function).Any(binding => (string?)binding["type"] == "orchestrationTrigger"))
            .Select(function => function.Name);
        Assert.Equal(workflows.Order(StringComparer.Ordinal), HostHistory.Names.Select(name => HostHistory.Read(name).Orchestration).Distinct().Order(StringComparer.Ordinal));
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
        history.Add(timer.TimerCreated.FireAt.ToDateTimeOffset(), HostHistory.FiringOf(timer));
        return Assert.Single(await TakeAsync(history, history.Turns.Count - 1));
    }

    private async Task<IReadOnlyList<OrchestratorAction>> TakeAsync(HostHistory history, int turn)
    {
        var answer = await live.Worker.InvokeAsync(history.Orchestration, history.RequestOf(turn));
        Assert.True(answer.Result.Status == StatusResult.Types.Status.Success, answer.Result.Exception?.Message);
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer.ReturnValue.String)).Actions;
    }

    private static string Described(HistoryEvent recorded) => recorded switch
    {
        { TaskScheduled: { } task } => ActivityCall(task.Name, JsonNode.Parse(task.Input)!),
        { TimerCreated: { } timer } => $"timer at {timer.FireAt}",
        { ExecutionCompleted: { } end } => $"end {end.OrchestrationStatus}",
        _ => recorded.ToString(),
    };

    private static string Described(OrchestratorAction action) => action switch
    {
        // The framework passes on a list of arguments, of which the host takes the one.
        { ScheduleTask: { } task } => ActivityCall(task.Name, JsonNode.Parse(task.Input)!.AsArray().Single()!),
        { CreateTimer: { } timer } => $"timer at {timer.FireAt}",
        { CompleteOrchestration: { } end } => $"end {end.OrchestrationStatus}{end.FailureDetails}",
        _ => action.ToString(),
    };

    // Compared as values: writers differ in what they escape.
    private static string ActivityCall(string name, JsonNode input) => $"activity {name} {input.ToJsonString()}";
}
