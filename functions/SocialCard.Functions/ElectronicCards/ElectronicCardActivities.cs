using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>What the workflow does to an electronic card, each turn an operation that takes effect once.</summary>
public sealed class ElectronicCardActivities(
    CommandExecutor<ElectronicCard> executor, AggregateRepository<ElectronicCard> cards, KinshipFiles files)
{
    /// <summary>Does what is due, and tells what falls due next.</summary>
    [Function(nameof(AdvanceElectronicCard))]
    public async Task<ElectronicCardWait> AdvanceElectronicCard([ActivityTrigger] ElectronicCardTurn turn, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var outcome = await executor.ExecuteAsync(
            turn.ElectronicCardId,
            Operation.Of(
                ElectronicCardOrchestration.InstanceOf(turn.ElectronicCardId).InLife(turn.Life), $"turn-{turn.Number}", turn.AsOf),
            (card, now) => card.Advance(now),
            card => new ElectronicCardWait(card.NextMoment(), SocialCardJson.NameOf<ElectronicCardState>(card.State)),
            cancellation);
        return outcome.Done();
    }

    /// <summary>
    /// Removes files that nothing needs: all of an application that never led to a card, else those that it does not name; what led
    /// to a card stays as the bureau's evidence, and so does what a death ended, which may have been recorded by mistake.
    /// </summary>
    [Function(nameof(SweepElectronicCardFiles))]
    public async Task<ElectronicCardWait> SweepElectronicCardFiles(
        [ActivityTrigger] string electronicCardId, CancellationToken cancellation)
    {
        var card = (await cards.LoadAsync(electronicCardId, cancellation))!.State;
        var isNeeded = card.IssuedAt is not null || card.End is ElectronicCardEnd.GuardianEnded or ElectronicCardEnd.MemberEnded;
        string[] named = isNeeded ? [.. card.Documents.Select(document => document.Blob)] : [];
        await files.SweepAsync(electronicCardId, named, cancellation);
        return new(null);
    }
}
