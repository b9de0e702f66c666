using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
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
    /// Somebody asks about the holder with the card's query password. The timeline notes it whether it is answered or not; a
    /// wrong password counts towards the lock as anywhere else.
    /// </summary>
    /// <param name="topics">What is asked.</param>
    /// <param name="channel">Through which channel.</param>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    public (Decision<Card> Decision, PasswordCheckResult? Result) Inquire(
        IReadOnlyList<InquiryTopic> topics,
        ServiceChannel channel,
        Func<HeldPassword, bool> matches,
        string by,
        PasswordsPolicy policies,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);

        // A holder asks about a lost card too.
        var (check, answer) = Social.State is SocialState.Cancelled
            ? Refusal.CardCancelled : Passwords.Try(PasswordKind.Query, matches, by, policies, now);
        if (answer is null)
        {
            return (check, null);
        }

        var inquired = new InquiryMade(channel, topics, answer.Result is PasswordCheckResult.Match);
        return (Kernel.Decision.Changed(check.State!, [.. check.Events, inquired]) with { Documents = check.Documents }, answer.Result);
    }
}
