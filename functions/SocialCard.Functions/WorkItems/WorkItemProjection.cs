using System.Text.Json;

namespace SocialCard.Functions.WorkItems;

/// <summary>
/// Keeps the work list what the aggregates of one kind say. A row of the list does not remember what it was taken from, and one that is
/// gone cannot: so where a change may have been overtaken by a later one the aggregate is read, and if it has moved on, what it says by
/// then is written in the place of that. The last to write has seen that nothing came after it, however often and in whatever order changes
/// are delivered.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class WorkItemProjection<TState>(AggregateRepository<TState> repository, IWorkItemSource<TState> source, WorkItemList list)
    : IProjection
    where TState : class, IAggregate<TState>
{
    /// <summary>The name that messages have for it.</summary>
    internal static string MessageName { get; } = $"{WorkItemList.Table}-{TState.Kind}";

    string IProjection.Name => MessageName;

    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var change = Read(standing);
        return list.ReplaceAsync(change.Before, change.After, cancellation);
    }

    Task IProjection.SettleAsync(string standing, long sequence, CancellationToken cancellation) =>
        SettleAsync(Read(standing), sequence, cancellation);

    /// <summary>
    /// Puts what there is to do about an aggregate on the list, whether or not it is there already: for those whose last change was before
    /// there was a list.
    /// </summary>
    public async Task BuildAsync(string key, CancellationToken cancellation)
    {
        if (await repository.LoadAsync(key, cancellation) is { } stored)
        {
            IReadOnlyList<WorkItem> items = [.. source.ItemsOf(stored.State)];
            if (items.Count > 0)
            {
                await list.ReplaceAsync([], items, cancellation);
                await SettleAsync(new(key, [], items), stored.Sequence, cancellation);
            }
        }
    }

    private static WorkItemChange Read(string standing) => JsonSerializer.Deserialize<WorkItemChange>(standing, SocialCardJson.Options)!;

    private async Task SettleAsync(WorkItemChange change, long sequence, CancellationToken cancellation)
    {
        while (await repository.LoadAsync(change.Key, cancellation) is { } stored && stored.Sequence != sequence)
        {
            change = new(change.Key, [.. change.Before, .. change.After], [.. source.ItemsOf(stored.State)]);
            sequence = stored.Sequence;
            await list.ReplaceAsync(change.Before, change.After, cancellation);
        }
    }
}
