namespace SocialCard.Domain.Cards;

/// <summary>Decides on what the holder asks with the card's query password.</summary>
/// <param name="Card">The card.</param>
public readonly record struct CardInquiries(Card Card)
{
    /// <summary>
    /// The card that its holder has in use, among those that have not ended: one that works before one that is suspended, that
    /// before one that was never enabled; of several, the one received last, then the one enabled last, then the first that is given.
    /// </summary>
    /// <param name="cards">The holder's cards.</param>
    public static Card? InUse(IEnumerable<Card> cards) => cards
        .Where(card => card.Social.State is not SocialState.Cancelled)
        .MaxBy(card => (card.Social.State is SocialState.Active, card.EnabledAt is not null, card.ReceivedOn, card.EnabledAt));

    /// <summary>
    /// The cards whose query passwords are the person's own: he has set each, it is not locked, and its card has not ended or was
    /// replaced by one that has none yet, as version 1.0 left them. An initial password is no choice of his: others know it or read it
    /// off the card, which may be one that he never used; so it opens only the card in use, and only while he has set none.
    /// </summary>
    /// <param name="cards">All of the person's cards.</param>
    public static IReadOnlyList<Card> WithOwnPassword(IReadOnlyList<Card> cards) =>
    [
        .. cards.Where(card => card.HeldPasswords.Query is { IsOwn: true, LockedAt: null }
            && (card.Social.State is not SocialState.Cancelled
                || (card.Social.Reason is StateReason.Replaced
                    && Replacement.HandsOverQueryPassword(card)
                    && cards.Any(next => next.Number == card.ReplacedBy && next.HeldPasswords.Query is not { IsOwn: true })))),
    ];

    /// <summary>The query password that the holder has set is presented, so that he is taken for himself; a wrong one counts.</summary>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="by">Where it is presented.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    /// <returns>With what the password was.</returns>
    public Decision<Card, PasswordCheckAnswer> Prove(
        Func<HeldPassword, bool> matches, string by, PasswordsPolicy policies, DateTimeOffset now) =>
        Card.Passwords.Try(PasswordKind.Query, matches, by, policies, now, isSetElsewhere: true);

    /// <summary>
    /// Somebody asks about the holder with the query password. The timeline of the card in use notes it whether it is answered or not;
    /// a wrong password counts towards that card's lock as anywhere else.
    /// </summary>
    /// <param name="topics">What is asked.</param>
    /// <param name="channel">Through which channel.</param>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    /// <param name="isSetElsewhere">Whether he has set one on another of his cards, which stands for this card's.</param>
    /// <returns>The decision, and what the password was.</returns>
    public Decision<Card, PasswordCheckResult> Ask(
        IReadOnlyList<InquiryTopic> topics,
        ServiceChannel channel,
        Func<HeldPassword, bool> matches,
        string by,
        PasswordsPolicy policies,
        DateTimeOffset now,
        bool isSetElsewhere = false)
    {
        ArgumentNullException.ThrowIfNull(policies);

        // A holder asks about a lost card too.
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        var (check, answer) = Card.Passwords.Try(PasswordKind.Query, matches, by, policies, now, isSetElsewhere);
        if (answer is null)
        {
            return check.Refusal == PasswordRefusals.NotSet ? InquiryRefusals.Refused : check.Refusal!;
        }

        var inquired = new InquiryMade(channel, topics, answer.Result is PasswordCheckResult.Match);
        var noted = Decision.Changed(check.State!, [.. check.Events, inquired]) with { Documents = check.Documents };
        return noted.With(answer.Result);
    }
}
