using System.Text.Json;
using SocialCard.Domain.Workflows;

namespace SocialCard.Functions.Waits;

/// <summary>
/// Notes beside an aggregate what it waits for. That a workflow was terminated or has failed is no part of the aggregate's own state: it
/// is noted here, for as long as the aggregate would wait with it.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class WaitStanding<TState>(IWaitSource<TState> source) : IStanding<TState>
    where TState : class, IAggregate<TState>
{
    string IStanding<TState>.Projection => WaitProjection<TState>.MessageName;

    /// <inheritdoc/>
    public string? NoteOf(string? before, TState after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var stopped = Standing.Read(before).SelectMany(listed => listed.Waits)
            .Where(wait => wait.State is not WorkflowState.Waiting).ToDictionary(wait => wait.InstanceId, wait => wait.State);
        foreach (var happened in events)
        {
            switch (happened)
            {
                case WorkflowTerminated terminated:
                    stopped[terminated.InstanceId] = WorkflowState.Terminated;
                    break;
                case WorkflowFailed failed:
                    stopped[failed.InstanceId] = WorkflowState.Failed;
                    break;
                case WorkflowRestarted restarted:
                    stopped.Remove(restarted.InstanceId);
                    break;
            }
        }

        var waits = source.WaitsOf(after, now)
            .Select(wait => wait with { State = stopped.GetValueOrDefault(wait.InstanceId, WorkflowState.Waiting) }).ToList();
        return waits.Count == 0 ? null : JsonSerializer.Serialize(new Standing(after.RegionCode, waits), SocialCardJson.Compact);
    }
}

/// <summary>What is noted of an aggregate's waits.</summary>
/// <param name="RegionCode">Where the aggregate belongs.</param>
/// <param name="Waits">What it waits for.</param>
internal sealed record Standing(string RegionCode, IReadOnlyList<Wait> Waits)
{
    /// <summary>Reads a note; nothing where there is none.</summary>
    public static IEnumerable<Standing> Read(string? note) =>
        note is null ? [] : [JsonSerializer.Deserialize<Standing>(note, SocialCardJson.Options)!];

    /// <summary>Reads what a note puts on the list.</summary>
    public static IEnumerable<ListedWait> Read(string? note, WorkflowSubject subject) =>
        Read(note).SelectMany(standing => standing.Waits.Select(wait => new ListedWait(wait, subject, standing.RegionCode)));
}
