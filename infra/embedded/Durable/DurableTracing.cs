using System.Diagnostics;

namespace SocialCard.Embedded.Durable;

/// <summary>
/// The spans of workflows, under the source and the names that Durable Task uses. An instance lives for months, so a turn is a span, and
/// an activity; both belong to the trace that started the instance. What woke it is linked.
/// </summary>
internal static class DurableTracing
{
    private static readonly ActivitySource Source = new("Microsoft.DurableTask");

    public static Activity? Turn(ExecutionStarted start, IEnumerable<HistoryEvent> turn)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext.TryParse(start.TraceParent, null, out ActivityContext parent);
        List<ActivityLink> woken = [];
        foreach (EventRaised raised in turn.OfType<EventRaised>())
        {
            if (ActivityContext.TryParse(raised.TraceParent, null, out ActivityContext raiser) && raiser.TraceId != parent.TraceId)
                woken.Add(new(raiser));
        }

        return Begin("orchestration", start.Name, parent, woken)?.SetTag("durabletask.task.version", start.Version);
    }

    public static Activity? Run(PendingActivity activity)
    {
        ActivityContext.TryParse(activity.TraceParent, null, out ActivityContext parent);
        return Begin("activity", activity.Name, parent, [])?.SetTag("durabletask.task.task_id", activity.Id);
    }

    private static Activity? Begin(string type, string name, ActivityContext parent, IEnumerable<ActivityLink> links)
        => Source.StartActivity($"{type}:{name}", ActivityKind.Server, parent, links: links)
            ?.SetTag("durabletask.type", type).SetTag("durabletask.task.name", name);
}
