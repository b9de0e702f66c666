using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace SocialCard.Functions.Operations;

/// <summary>
/// Once a day, removes from the workflows' storage those that ended thirty days ago, which else would grow for ever. What they did
/// stands in the timelines.
/// </summary>
public sealed partial class EndedWorkflows(WorkflowClient workflows, TimeProvider clock, ILogger<EndedWorkflows> logger)
{
    /// <summary>How long an ended workflow is kept for whoever looks into a fault.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int AtOnce = 8;

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>How many are removed a run, about ten minutes' work; what is left is the next day's.</summary>
    internal int MostARun { get; init; } = 50_000;

    /// <summary>Runs at 19:30 UTC, 03:30 China Standard Time.</summary>
    [Function(nameof(EndedWorkflows))]
    public async Task RunAsync([TimerTrigger("0 30 19 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var before = clock.GetUtcNow() - Kept;

        // A purge by filter knows only when a workflow began, which may be 300 days before its end.
        var over = await workflows.Current.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: before, Statuses: Ended))
            .Where(workflow => workflow.LastUpdatedAt < before)
            .Select(workflow => workflow.InstanceId)
            .Take(MostARun)
            .ToListAsync(cancellation);
        await Parallel.ForEachAsync(
            over,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (instanceId, stop) => await workflows.Current.PurgeInstanceAsync(instanceId, stop));
        if (over.Count > 0)
        {
            Removed(over.Count, over.Count == MostARun);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Workflows} ended workflows; more are left for tomorrow: {AreMore}")]
    private partial void Removed(int workflows, bool areMore);
}
