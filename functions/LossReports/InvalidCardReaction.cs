using SocialCard.Cards;

namespace SocialCard.LossReports;

/// <summary>
/// Puts a card on the invalid-card list while its social-security application is suspended or cancelled, for whatever
/// reason, and takes it off again.
/// </summary>
public sealed class InvalidCardReaction : IReaction<Card>
{
    /// <inheritdoc/>
    public IEnumerable<Outgoing> React(Card? before, Card after, IReadOnlyList<TimelineEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (IsInvalid(before) != IsInvalid(after))
        {
            yield return Outgoing.List(new InvalidCardStanding(after.Number, IsInvalid(after), now));
        }
    }

    private static bool IsInvalid(Card? card) => card?.Social.State is SocialState.Suspended or SocialState.Cancelled;
}
