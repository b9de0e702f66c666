namespace SocialCard.Functions.WorkItems;

/// <summary>Has the work list follow an aggregate when something to be done about it begins, changes or ends.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class WorkItemHandler<TState>(IWorkItemSource<TState> source) : IEventHandler<TState>
    where TState : class, IAggregate<TState>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(TState? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        IReadOnlyList<WorkItem> was = before is null ? [] : [.. source.ItemsOf(before)];
        IReadOnlyList<WorkItem> isNow = [.. source.ItemsOf(after)];
        return was.SequenceEqual(isNow) ? []
            : [OutboxMessage.Project(WorkItemProjection<TState>.MessageName, new WorkItemChange(after.Key, was, isNow))];
    }
}

/// <summary>What there is to do about an aggregate after a change, and was before: the message that the list takes over.</summary>
/// <param name="Key">The aggregate.</param>
/// <param name="Before">What there was to do.</param>
/// <param name="After">What there is.</param>
public sealed record WorkItemChange(string Key, IReadOnlyList<WorkItem> Before, IReadOnlyList<WorkItem> After);
