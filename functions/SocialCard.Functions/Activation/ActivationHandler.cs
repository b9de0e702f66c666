using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Activation;

/// <summary>What the activation of a card sets in motion: the waiting workflow, its end, and the notices.</summary>
public sealed class ActivationHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var (waited, waits) = (Waits(before), Waits(after));
        var instance = ActivationOrchestration.InstanceOf(after.Number.Value).InLife(after.Civil.Revivals);
        if (!waited && waits && (before?.ReceivedOn is null || events.OfType<HolderRevived>().Any()))
        {
            var terms = after.ActivationTerms!;
            var clock = new ActivationClock(
                after.Number.Value,
                terms.Deadline!.Value,
                [.. terms.Reminders.Where(reminder => reminder.At > now)],
                terms.OldCardRestrictedAt < terms.Deadline && after.Replaces is null ? terms.OldCardRestrictedAt : null);
            yield return OutboxMessage.Start(nameof(ActivationOrchestration), instance, clock);
        }
        else if (waited && !waits && after.ActivationExpiredAt is null)
        {
            yield return OutboxMessage.Raise(ActivationOrchestration.Settled, instance);
        }

        foreach (var happened in events)
        {
            if (NoticeOf(happened, after, now) is { } notice)
            {
                yield return Notice.Tell(notice);
            }
        }
    }

    /// <summary>Whether a card waits for its activation.</summary>
    internal static bool Waits(Card? card) => card is
    {
        ReceivedOn: not null,
        ActivationTerms.Deadline: not null,
        ActivatedAt: null,
        ActivationExpiredAt: null,
        Social.State: not SocialState.Cancelled,
    };

    private static Notice? NoticeOf(DomainEvent happened, Card card, DateTimeOffset now) => happened switch
    {
        ActivationReminded reminded => new(
            $"{card.Number}-reminder-{reminded.DaysBefore}",
            card.Number,
            NoticeKind.ActivationReminder,
            now,
            reminded.Deadline,
            reminded.DaysBefore),
        OldCardRestricted => new($"{card.Number}-old-card-restricted", card.Number, NoticeKind.OldCardRestricted, now),
        ActivationExpired expired => new($"{card.Number}-expired", card.Number, NoticeKind.ActivationExpired, now, expired.Deadline),
        ActivationCompleted => new($"{card.Number}-activated", card.Number, NoticeKind.CardActivated, now),
        ExpiryReleased => new($"{card.Number}-restored", card.Number, NoticeKind.CardRestored, now),
        _ => null,
    };
}
