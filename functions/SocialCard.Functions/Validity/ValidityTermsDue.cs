using Microsoft.Extensions.Logging;

namespace SocialCard.Functions.Validity;

/// <summary>
/// Once a day, starts the workflow of each card whose month has come near. Only then is its row removed, so a run that dies is made
/// up for by the next: a workflow that is there already is not started again.
/// </summary>
public sealed partial class ValidityTermsDue(ValidityTerms terms, Outbox outbox, TimeProvider clock, ILogger<ValidityTermsDue> logger)
{
    /// <summary>How long before the first day of what is due its workflow is there, at the least.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(31);

    private const int AtOnce = 8;

    /// <summary>How many are started a run, about ten minutes' work; what is left is the next day's.</summary>
    internal int MostARun { get; init; } = 50_000;

    /// <summary>Runs at 18:00 UTC, 02:00 China Standard Time.</summary>
    [Function(nameof(ValidityTermsDue))]
    public async Task RunAsync([TimerTrigger("0 0 18 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        var month = ValidityTerm.MonthOf(clock.GetUtcNow() + Ahead);
        var started = 0;
        await Parallel.ForEachAsync(
            terms.ReadAsync(month, cancellation).Take(MostARun),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (term, stop) =>
            {
                await outbox.StartAsync(ValidityOrchestration.Start(new(term.CardNumber, Life: term.Life, Month: term.Month)), stop);
                await terms.RemoveAsync(term, stop);
                Interlocked.Increment(ref started);
            });
        if (started > 0)
        {
            Started(started, started == MostARun);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Began to wait for {Cards} cards' years; more are left for tomorrow: {AreMore}")]
    private partial void Started(int cards, bool areMore);
}
