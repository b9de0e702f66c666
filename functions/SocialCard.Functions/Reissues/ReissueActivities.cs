using SocialCard.Functions.Cards;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.Passwords;

namespace SocialCard.Functions.Reissues;

/// <summary>
/// A step of a reissue: lets the new card be what the old one says of it, then lets the old card follow the new one. Two
/// cards are two partitions, so there is no transaction over both. Each half is an operation that takes effect once, and
/// every reading of the new card stays true, so a step that died in between is simply made again.
/// </summary>
public sealed class ReissueActivities(
    CommandExecutor<Card> executor,
    CardRepository cards,
    NewCards newCards,
    FamilySuccession families,
    QueryPasswordSuccession passwords,
    WorkingCalendar calendar)
{
    /// <summary>Makes a step, and tells what the reissue waits for next.</summary>
    [Function(nameof(AdvanceReissue))]
    public async Task<CardWait> AdvanceReissue([ActivityTrigger] CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (number, instance) = (CardNumber.Parse(step.CardNumber), ReissueOrchestration.InstanceOf(step.ResourceId).InLife(step.Life));
        var old = (await cards.LoadAsync(number, cancellation))?.State;
        var newCard = old?.Reissues.Running(step.ResourceId) is not null ? await newCards.AdvanceAsync(old, step, cancellation) : null;
        var outcome = await executor.ExecuteAsync(
            number.Value,
            Operation.Of(instance, $"step-{step.Number}", step.AsOf),
            (card, now) => card.Reissues.Advance(step.ResourceId, newCard, calendar, now),
            card => card.Reissues.Running(step.ResourceId) is { } running
                ? new CardWait(IsOver: false, running.NextMoment(calendar), SocialCardJson.NameOf<ReissueState>(running.State))
                    : CardWait.Over,
            cancellation);
        await newCards.RegisterEndedAsync(number, step, cancellation);
        var wait = outcome.Done();
        if (wait.IsOver)
        {
            await families.CarryOverAsync(number, instance, cancellation);
            await passwords.CarryOverAsync(number, instance, cancellation);
        }

        return wait;
    }
}
