using Microsoft.DurableTask;

namespace SocialCard.Functions.LossReports;

/// <summary>
/// Waits for what time does to a loss report: its effect where the region delays it, the warning, and the end of its
/// validity, for each application in order of time. Each report has a workflow of its own, so that a newer report never has
/// to catch up with the end of an older one's.
/// </summary>
public static class LossReportOrchestration
{
    /// <summary>The event that ends the waiting: the report was released, made formal or renewed, or the card has ended.</summary>
    public const string Ended = "LossReportEnded";

    /// <summary>The instance that waits for a report.</summary>
    public static string InstanceOf(string cardNumber, string reportId) => $"loss-{cardNumber}-{reportId}";

    /// <summary>Waits for one moment, lets the card act, and goes on with the next as a new execution.</summary>
    [Function(nameof(LossReportOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wait = context.GetInput<LossWait>()!;
        var next = wait.Moments[0];
        return Waiting.ForAsync(context, new($"lossReport{next.Step}", next.At), Ended, wait, async () =>
        {
            var command = new PassLossMoment(wait.CardNumber, wait.ReportId, next);
            var holds = await context.CallActivityAsync<bool>(nameof(LossReportActivities.PassLossMoment), command, Waiting.Persistently);
            return holds && wait.Moments.Count > 1 ? wait with { Moments = [.. wait.Moments.Skip(1)] } : null;
        });
    }
}

/// <summary>What the workflow waits for.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ReportId">The report.</param>
/// <param name="Moments">The moments that are still to come, earliest first; never empty.</param>
public sealed record LossWait(string CardNumber, string ReportId, IReadOnlyList<LossMoment> Moments);

/// <summary>Input of the activity that acts at a moment.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="ReportId">The report.</param>
/// <param name="Moment">The moment that has come.</param>
public sealed record PassLossMoment(string CardNumber, string ReportId, LossMoment Moment);
