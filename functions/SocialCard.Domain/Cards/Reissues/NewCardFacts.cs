namespace SocialCard.Domain.Cards;

/// <summary>
/// What the old card must know of the new one. The new card can be replaced too, before it is handed over or after; as it follows its own
/// successor, what it says holds for all that come after it, however many. A reading that has grown old does no harm: what is ever taken
/// back only keeps the old card waiting, and the old card is told.
/// </summary>
/// <param name="IsOurs">Whether the number is the new card of this reissue; false if another card has it.</param>
/// <param name="ReceivedOn">When its holder received it.</param>
/// <param name="IsReplaced">Whether its holder received one in its place.</param>
/// <param name="IsBeingReplaced">Whether it has applied for one in its place.</param>
/// <param name="IsEnabled">Whether its social-security application was ever enabled.</param>
/// <param name="IsUsed">Whether it was ever used at a hospital or pharmacy.</param>
/// <param name="IsCancelled">Whether it has ended.</param>
/// <param name="IsEndedWithHolder">Whether its holder's end is told to it, as it will be to the old card; it may be revoked.</param>
public sealed record NewCardFacts(
    bool IsOurs,
    DateOnly? ReceivedOn,
    bool IsReplaced,
    bool IsBeingReplaced,
    bool IsEnabled,
    bool IsUsed,
    bool IsCancelled,
    bool IsEndedWithHolder)
{
    /// <summary>Whether something else decides what becomes of it.</summary>
    public bool IsUndecided => IsBeingReplaced || IsEndedWithHolder;

    /// <summary>Whether it has ended, and no other card can come of it.</summary>
    public bool IsOver => IsCancelled && !IsUndecided;

    /// <summary>What a card tells the card that it may replace.</summary>
    public static NewCardFacts Of(Card card, string reissueId)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(
            card.IssuedByReissue == reissueId,
            card.ReceivedOn,
            card.ReplacedBy is not null,
            card.Reissue is { IsLive: true },
            card.EnabledAt is not null,
            card.FirstUsedAt is not null,
            card.Social.State is SocialState.Cancelled,
            card.Civil.Ended is not null);
    }
}
