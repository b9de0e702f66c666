using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// The spans of workflows. An instance lives for months, so a turn is a span, and an activity; both belong to the trace that started the
/// instance. What woke it is linked.
/// </summary>
internal static class DurableTracing
{
    /// <summary>The tag that carries a turn's span to the activities that it schedules.</summary>
    private const string TraceParent = "traceparent";

    private static readonly ActivitySource Source = new("Microsoft.DurableTask");

    public static Activity? Turn(OrchestrationRuntimeState state)
    {
        if (!Source.HasListeners())
            return null;
        ExecutionStartedEvent start = state.ExecutionStartedEvent!;
        ActivityContext.TryParse(start.ParentTraceContext?.TraceParent, null, out ActivityContext parent);
        List<ActivityLink> woken = [];
        foreach (EventRaisedEvent raised in state.NewEvents.OfType<EventRaisedEvent>())
        {
            if (ActivityContext.TryParse(raised.ParentTraceContext?.TraceParent, null, out ActivityContext raiser) && raiser.TraceId != parent.TraceId)
                woken.Add(new(raiser));
        }

        return Begin("orchestration", start.Name, parent, woken)?.SetTag("durabletask.task.version", start.Version);
    }

    /// <summary>Gives what a turn schedules the turn's span as its parent.</summary>
    public static void Pass(Activity turn, IEnumerable<OrchestratorAction> actions)
    {
        foreach (ScheduleTaskOrchestratorAction action in actions.OfType<ScheduleTaskOrchestratorAction>())
            action.Tags = new Dictionary<string, string>(action.Tags ?? new Dictionary<string, string>()) { [TraceParent] = turn.Id! };
        foreach (CreateSubOrchestrationAction action in actions.OfType<CreateSubOrchestrationAction>())
            action.Tags = new Dictionary<string, string>(action.Tags ?? new Dictionary<string, string>()) { [TraceParent] = turn.Id! };
    }

    public static Activity? Run(TaskScheduledEvent task)
    {
        string? turn = null;
        task.Tags?.TryGetValue(TraceParent, out turn);
        ActivityContext.TryParse(turn, null, out ActivityContext parent);
        return Begin("activity", task.Name!, parent, [])?.SetTag("durabletask.task.task_id", task.EventId);
    }

    private static Activity? Begin(string type, string name, ActivityContext parent, IEnumerable<ActivityLink> links)
        => Source.StartActivity($"{type}:{name}", ActivityKind.Server, parent, links: links)
            ?.SetTag("durabletask.type", type).SetTag("durabletask.task.name", name);
}
