using SocialCard.Functions.Notices;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Tells a holder whose name or ID number has changed that a new card would show it, the card itself staying usable; and one who was
/// recorded as dead by mistake that his card is what it was.
/// </summary>
public sealed class HolderDataHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        if (after.Social.State is SocialState.Cancelled)
        {
            yield break;
        }

        if (events.Any(happened => happened is HolderRenamed or HolderIdCorrected))
        {
            yield return Notice.Tell(new(
                $"{after.Number}-holder-{now.ToUnixTimeMilliseconds()}", after.Number, NoticeKind.HolderDataChanged, now));
        }

        if (events.Any(happened => happened is HolderRevived))
        {
            yield return Notice.Tell(new($"{after.Number}-revived-{after.Civil.Revivals}", after.Number, NoticeKind.CardRevived, now));
        }
    }
}
