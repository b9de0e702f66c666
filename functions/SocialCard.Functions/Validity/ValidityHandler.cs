using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Validity;

/// <summary>What a card's wait for its holder and its years set in motion: the workflow that accompanies it, and the notices.</summary>
public sealed class ValidityHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var (waited, waits) = (before?.Validity.Next, after.Validity.Next);
        var instance = ValidityOrchestration.InstanceOf(after.Number.Value).InLife(after.Civil.Revivals);
        var isItsOwn = events.Any(IsItsOwn);
        if (waits != waited && ValidityWatch.IsFar(waits, now))
        {
            yield return OutboxMessage.Project(
                ValidityTerms.Table,
                new ValidityTerm(ValidityTerm.MonthOf(waits!.At!.Value), after.Number.Value, after.Civil.Revivals));
        }
        else if (waits is not null && waits != waited && !isItsOwn)
        {
            // Also where it may be there already: what was far away had only a row.
            yield return ValidityOrchestration.Start(new(
                after.Number.Value, Life: after.Civil.Revivals, Wait: ValidityWatch.WaitOf(waits, now)));
        }

        if (waited is not null && waits != waited && !isItsOwn && !ValidityWatch.IsFar(waited, now))
        {
            yield return OutboxMessage.Raise(ValidityOrchestration.Moved, instance);
        }

        foreach (var notice in events.Select(happened => NoticeOf(happened, after, now)).OfType<Notice>())
        {
            yield return Notice.Tell(notice);
        }
    }

    // What falls due comes with the workflow's own timer, whoever has noticed it first.
    private static bool IsItsOwn(DomainEvent happened) => happened
        is NewCardReturned { ReissueId: null } or ValidityReminded or ValidityEnded or CardCancelled { Reason: StateReason.Unclaimed };

    private static Notice? NoticeOf(DomainEvent happened, Card card, DateTimeOffset now) => happened switch
    {
        NewCardReturned { ReissueId: null } returned =>
            new($"{card.Number}-returned", card.Number, NoticeKind.NewCardReturned, now, returned.CancelBy),
        CardCancelled { Reason: StateReason.Unclaimed } when card.Collection is { CancelBy: { } at } =>
            new($"{card.Number}-unclaimed", card.Number, NoticeKind.CardCancelled, now, at),
        ValidityReminded reminded => new(
            $"{card.Number}-validity-{reminded.DaysLeft}",
            card.Number,
            NoticeKind.RenewalReminder,
            now,
            card.Validity.EndsAt,
            reminded.DaysLeft),
        ValidityEnded => new($"{card.Number}-validity-ended", card.Number, NoticeKind.ValidityEnded, now, card.Validity.EndsAt),
        _ => null,
    };
}
