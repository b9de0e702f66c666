namespace SocialCard.Functions.Notices;

/// <summary>
/// A message for a card's holder, handed to the region's message gateway over the queue <c>notices</c>. It carries no
/// personal data: the gateway addresses the holder by the card number. The id makes a repeated delivery harmless.
/// </summary>
/// <param name="NoticeId">The same for every delivery of the same notice.</param>
/// <param name="CardNumber">The card whose holder is addressed.</param>
/// <param name="Kind">What the holder is told.</param>
/// <param name="At">When the cause happened.</param>
/// <param name="Deadline">The date that the notice is about, if it is about one.</param>
/// <param name="DaysLeft">How many days are left until then, if the notice says so.</param>
public sealed record Notice(
    string NoticeId, CardNumber CardNumber, NoticeKind Kind, DateTimeOffset At, DateTimeOffset? Deadline = null, int? DaysLeft = null)
{
    /// <summary>The queue that the message gateway reads.</summary>
    public const string Queue = "notices";

    /// <summary>The message that hands a notice to the message gateway.</summary>
    public static OutboxMessage Tell(Notice notice) => OutboxMessage.Send(Queue, notice);
}

/// <summary>What a holder is told.</summary>
public enum NoticeKind
{
    /// <summary>The card must be activated soon.</summary>
    ActivationReminder,

    /// <summary>The card was not activated, and the medical card of before is restricted.</summary>
    OldCardRestricted,

    /// <summary>The card was not activated in time.</summary>
    ActivationExpired,

    /// <summary>The card may be renewed, and must be by its last day.</summary>
    RenewalReminder,

    /// <summary>The years of the card are over.</summary>
    ValidityEnded,

    /// <summary>The card is activated.</summary>
    CardActivated,

    /// <summary>A card that had expired works again.</summary>
    CardRestored,

    /// <summary>A new password counts.</summary>
    PasswordChanged,

    /// <summary>Too many wrong passwords locked the card or its queries.</summary>
    PasswordLocked,

    /// <summary>A password still has the value that every card got.</summary>
    InitialPassword,

    /// <summary>The fee of a new card is due.</summary>
    ReissueFeeDue,

    /// <summary>New cards are applied for unusually often.</summary>
    ReissueFrequency,

    /// <summary>A new card is late.</summary>
    NewCardOverdue,

    /// <summary>A new card is ready.</summary>
    NewCardReady,

    /// <summary>A new card that nobody fetched went back to the bank.</summary>
    NewCardReturned,

    /// <summary>An application for a new card came to nothing.</summary>
    ReissueCancelled,

    /// <summary>A new card has taken the place of the old one; the date is that by which the medical balance is on it.</summary>
    CardReplaced,

    /// <summary>The last day of a temporary card is over.</summary>
    TemporaryCardExpired,

    /// <summary>The card was reported lost.</summary>
    LossReported,

    /// <summary>The loss report is about to lapse, and the lost card will work again.</summary>
    LossReportLapsing,

    /// <summary>The loss report is about to end, and the card with it.</summary>
    LossReportCancelling,

    /// <summary>The loss report has lapsed, and the lost card works again.</summary>
    LossReportLapsed,

    /// <summary>The loss report was released.</summary>
    LossReportReleased,

    /// <summary>The card was cancelled.</summary>
    CardCancelled,

    /// <summary>The card works again: its holder's death had been recorded by mistake.</summary>
    CardRevived,

    /// <summary>The holder's name or ID number has changed, and what is printed on the card has not.</summary>
    HolderDataChanged,

    /// <summary>A relative wants to share the money of his account, and asks for consent.</summary>
    FamilyConsentAsked,

    /// <summary>A relative's account pays from now on.</summary>
    FamilySharingActive,

    /// <summary>Family sharing with a relative is over, or came to nothing.</summary>
    FamilySharingEnded,

    /// <summary>A child's electronic card was issued to its guardian.</summary>
    ElectronicCardIssued,

    /// <summary>The bureau refused a child's electronic card; the application can be corrected.</summary>
    ElectronicCardRefused,

    /// <summary>The application for a child's electronic card was not submitted in time.</summary>
    ElectronicCardLapsed,

    /// <summary>The child will soon be old enough to hold its electronic card itself.</summary>
    ElectronicCardAccessEnding,

    /// <summary>A guardian's access to a child's electronic card is over.</summary>
    ElectronicCardEnded,
}
