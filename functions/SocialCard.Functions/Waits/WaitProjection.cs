using System.Text.Json;

namespace SocialCard.Functions.Waits;

/// <summary>Keeps the list of waits what is noted beside the aggregates of one kind.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class WaitProjection<TState>(AggregateRepository<TState> repository, IWaitSource<TState> source, WaitList list) : IProjection
    where TState : class, IAggregate<TState>
{
    /// <summary>The name that messages have for it.</summary>
    internal static string MessageName { get; } = $"{WaitList.Table}-{TState.Kind}";

    string IProjection.Name => MessageName;

    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation) =>
        WriteAsync(Read(standing), cancellation);

    Task IProjection.SettleAsync(string standing, long sequence, CancellationToken cancellation) =>
        SettleAsync(Read(standing), cancellation);

    /// <summary>Lists a change.</summary>
    internal Task WriteAsync(StandingChange change, CancellationToken cancellation) =>
        ReplaceAsync(change, change.Before, change.After, cancellation);

    /// <summary>Lists, in the place of a change that was listed, what is noted by now.</summary>
    internal async Task SettleAsync(StandingChange change, CancellationToken cancellation)
    {
        var (written, left) = (change.After, change.Before);
        while (await repository.LoadAsync(change.Key, cancellation) is { } stored && stored.Standing != written)
        {
            // What others had written on the way may be there again.
            await ReplaceAsync(change, left, stored.Standing, cancellation);
            await ReplaceAsync(change, written, stored.Standing, cancellation);
            (left, written) = (written, stored.Standing);
        }
    }

    private static StandingChange Read(string standing) => JsonSerializer.Deserialize<StandingChange>(standing, SocialCardJson.Options)!;

    private Task ReplaceAsync(StandingChange change, string? before, string? after, CancellationToken cancellation)
    {
        var subject = new WorkflowSubject(source.Subject, change.Key);
        return list.ReplaceAsync(Standing.Read(before, subject), Standing.Read(after, subject), cancellation);
    }
}
