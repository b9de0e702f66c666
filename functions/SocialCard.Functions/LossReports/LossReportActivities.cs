namespace SocialCard.Functions.LossReports;

/// <summary>What the loss report's workflow does to a card, each step an operation that takes effect once.</summary>
public sealed class LossReportActivities(CommandExecutor<Card> executor)
{
    /// <summary>Lets the card act at a moment of a report: take effect, warn, or end.</summary>
    /// <returns>Whether the report still holds.</returns>
    [Function(nameof(PassLossMoment))]
    public async Task<bool> PassLossMoment([ActivityTrigger] PassLossMoment command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var moment = command.Moment;
        var outcome = await executor.ExecuteAsync(
            command.CardNumber,
            Operation.Of(
                LossReportOrchestration.InstanceOf(command.CardNumber, command.ReportId), $"{moment.Step}-{moment.Application}", moment.At),
            (card, now) => card.LossReports.Pass(command.ReportId, moment, now),
            card => new Passed(card.Loss.Find(command.ReportId) is not null),
            cancellation);
        return outcome.Done().Holds;
    }

    private sealed record Passed(bool Holds);
}
