using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using SocialCard.Domain.BankSuccessions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Workflows;

namespace SocialCard.Functions.Waits;

/// <summary>
/// Once an hour, looks for the workflows whose time has come and that did nothing. One that has failed is noted so, on the timeline of
/// what it belongs to and on the list; where the workflow has moved on and the list has not heard of it, the list follows.
/// </summary>
public sealed partial class OverdueWaits(
    WorkflowClient workflows,
    WaitList list,
    WaitRefresh<Card> cards,
    WaitRefresh<ElectronicCard> electronicCards,
    WaitRefresh<Employer> employers,
    WaitRefresh<SuccessionRegister> successions,
    TimeProvider clock,
    ILogger<OverdueWaits> logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How many are looked at a run; what is left is the next hour's.</summary>
    internal int MostARun { get; init; } = 1000;

    /// <summary>Runs at 40 minutes past each hour.</summary>
    [Function(nameof(OverdueWaits))]
    public async Task RunAsync([TimerTrigger("0 40 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var (country, until) = (WaitList.ScopeOfRegion(RegionLevel.WholeCountry), clock.GetUtcNow() - Grace);
        var (overdue, _) = await list.ReadAsync(country, WorkflowState.Waiting, null, null, until, MostARun, cancellation);
        foreach (var listed in overdue)
        {
            var (wait, subject) = (listed.Wait, listed.Subject);
            var instance = await workflows.Current.GetInstanceAsync(wait.InstanceId, cancellation);
            var hasFailed = instance?.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
            await (subject.Kind switch
            {
                SubjectKind.Card => cards.LookAsync(subject.Key, wait, hasFailed, cancellation),
                SubjectKind.ElectronicCard => electronicCards.LookAsync(subject.Key, wait, hasFailed, cancellation),
                SubjectKind.Employer => employers.LookAsync(subject.Key, wait, hasFailed, cancellation),
                _ => successions.LookAsync(subject.Key, wait, hasFailed, cancellation),
            });
            if (hasFailed)
            {
                Failed(SocialCardJson.NameOf<WorkflowKind>(wait.Kind));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A workflow of kind {Kind} has failed and what it waited for is overdue")]
    private partial void Failed(string? kind);
}

/// <summary>Brings what is listed of an aggregate up to date where no change of it did.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public sealed class WaitRefresh<TState>(
    CommandExecutor<TState> executor,
    AggregateRepository<TState> repository,
    IStanding<TState> standing,
    WaitProjection<TState> projection,
    TimeProvider clock)
    where TState : class, IAggregate<TState>
{
    /// <summary>Looks at a wait that is overdue.</summary>
    internal async Task LookAsync(string key, Wait wait, bool hasFailed, CancellationToken cancellation)
    {
        if (hasFailed)
        {
            await executor.ExecuteAsync(
                key,
                Operation.Of(wait.InstanceId, $"failed-{wait.Due:O}"),
                (state, _) => Decision.Changed(state, new WorkflowFailed(wait.InstanceId)),
                _ => new Noted(wait.InstanceId),
                cancellation);
        }
        else
        {
            await RefreshAsync(key, cancellation);
        }
    }

    /// <summary>Lists what an aggregate waits for by now, whatever was listed before.</summary>
    public async Task RefreshAsync(string key, CancellationToken cancellation)
    {
        if (await repository.LoadAsync(key, cancellation) is { } stored
            && standing.NoteOf(stored.Standing, stored.State, [], clock.GetUtcNow()) is var noted && noted != stored.Standing)
        {
            // The list first: what is noted and not listed would never be found.
            await projection.WriteAsync(new(key, stored.Standing, noted), cancellation);
            await repository.NoteAsync(stored, noted, cancellation);
            await projection.SettleAsync(new(key, stored.Standing, noted), cancellation);
        }
    }

    private sealed record Noted(string InstanceId);
}
