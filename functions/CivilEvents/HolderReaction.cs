using SocialCard.Cards;
using SocialCard.Notices;

namespace SocialCard.CivilEvents;

/// <summary>Tells a holder whose name or ID number has changed that a new card would show it; the card itself stays usable.</summary>
public sealed class HolderReaction : IReaction<Card>
{
    /// <inheritdoc/>
    public IEnumerable<Outgoing> React(Card? before, Card after, IReadOnlyList<TimelineEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        if (after.Social.State is not SocialState.Cancelled && events.Any(happened => happened is HolderRenamed or HolderIdCorrected))
        {
            yield return Outgoing.Notify(new(
                $"{after.Number}-holder-{now.ToUnixTimeMilliseconds()}", after.Number, NoticeKind.HolderDataChanged, now));
        }
    }
}
