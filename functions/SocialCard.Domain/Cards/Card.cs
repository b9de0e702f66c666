using System.Text.Json.Serialization;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;

namespace SocialCard.Domain.Cards;

/// <summary>
/// A Social Security Card: two applications on one chip, each with its own state. The aggregate owns every transition: a
/// method takes a command and the time, and gives a <see cref="Decision{TState}"/>; it reads no clock and does no I/O. Each
/// capability's transitions stand in its own folder as a part of this record.
/// </summary>
public sealed partial record Card
{
    /// <summary>The card's number.</summary>
    public required CardNumber Number { get; init; }

    /// <summary>Where the card was issued, by GB/T 2260; its rules apply to the card.</summary>
    public required string RegionCode { get; init; }

    /// <summary>The partner bank whose account the card carries.</summary>
    public required string BankId { get; init; }

    /// <summary>The card's generation: 2 or 3.</summary>
    public required int Generation { get; init; }

    /// <summary>The holder, as far as the card may show him.</summary>
    public required Holder Holder { get; init; }

    /// <summary>The social-security application (人社应用): medical settlement and benefits.</summary>
    public required Application<SocialState> Social { get; init; }

    /// <summary>The financial application (金融应用): the debit account.</summary>
    public required Application<FinancialState> Financial { get; init; }

    /// <summary>The local day on which the holder received the card (领卡之日); null until then.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>Whether the receipt was concluded from a first use and nobody has registered it yet.</summary>
    public bool ReceiptImplied { get; init; }

    /// <summary>The activation rule that was in force at receipt; a later change of the policy does not move it.</summary>
    public ActivationTerms? ActivationTerms { get; init; }

    /// <summary>When the activation that the region asks for was complete; null until then.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When the social-security application was first enabled; null until then.</summary>
    public DateTimeOffset? EnabledAt { get; init; }

    /// <summary>When the activation deadline was acted upon; null while it has not passed.</summary>
    public DateTimeOffset? ActivationExpiredAt { get; init; }

    /// <summary>The latest application for a new card in place of this one.</summary>
    public Reissue? Reissue { get; init; }

    /// <summary>When new cards were applied for within the last month, oldest first; a new card takes them over.</summary>
    public IReadOnlyList<DateTimeOffset> ReissuesFiled { get; init; } = [];

    /// <summary>The reissue by which this card was issued; null for a first card.</summary>
    public string? IssuedByReissue { get; init; }

    /// <summary>When a card that replaces another was first used at a hospital or pharmacy.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>The card that this one was issued for in its place.</summary>
    public CardNumber? Replaces { get; init; }

    /// <summary>The card that was issued in place of this one.</summary>
    public CardNumber? ReplacedBy { get; init; }

    /// <summary>The latest temporary card for the wait.</summary>
    public TemporaryCard? TemporaryCard { get; init; }

    /// <summary>The referrals under which the card may be used in other provinces, and those that have ended lately.</summary>
    [JsonPropertyName("referrals")]
    public IReadOnlyList<Referral> KnownReferrals { get; init; } = [];

    /// <summary>Its part in its reissue.</summary>
    [JsonIgnore]
    public Reissuing Reissues => new(this);

    /// <summary>Its coming to be in the place of another.</summary>
    [JsonIgnore]
    public Replacement Replacement => new(this);

    /// <summary>What bridges the wait for a new card.</summary>
    [JsonIgnore]
    public TemporaryCards TemporaryCards => new(this);

    /// <summary>Its holder's treatment in other provinces.</summary>
    [JsonIgnore]
    public Referrals Referrals => new(this);

    /// <summary>The state of the card as a whole, derived from its applications.</summary>
    [JsonIgnore]
    public CardStatus Status => this switch
    {
        { Social.State: SocialState.Cancelled } => CardStatus.Cancelled,
        { Social.State: SocialState.Suspended } => CardStatus.Suspended,
        { ReceivedOn: null } => CardStatus.Issued,
        { ActivatedAt: null } => CardStatus.AwaitingActivation,
        _ => CardStatus.Active,
    };
}

/// <summary>One application of a card.</summary>
/// <typeparam name="TState">The application's states.</typeparam>
/// <param name="State">The state it is in.</param>
/// <param name="Reason">Why, where a state can have several causes.</param>
/// <param name="Since">Since when.</param>
public sealed record Application<TState>(TState State, StateReason? Reason, DateTimeOffset Since)
    where TState : struct, Enum;

/// <summary>The states of the social-security application.</summary>
public enum SocialState
{
    /// <summary>Never enabled (封存).</summary>
    Sealed,

    /// <summary>In use.</summary>
    Active,

    /// <summary>On loss report, or locked.</summary>
    Suspended,

    /// <summary>Ended for good.</summary>
    Cancelled,
}

/// <summary>The states of the financial application, as the bank has told them.</summary>
public enum FinancialState
{
    /// <summary>Not activated at the bank yet.</summary>
    Inactive,

    /// <summary>In use.</summary>
    Active,

    /// <summary>On loss report, or restricted.</summary>
    Suspended,

    /// <summary>Ended for good.</summary>
    Cancelled,
}

/// <summary>Why an application is suspended or cancelled.</summary>
public enum StateReason
{
    /// <summary>The holder reported the card lost for a limited time (临时挂失).</summary>
    TemporaryLoss,

    /// <summary>The holder reported the card lost in writing (正式挂失).</summary>
    FormalLoss,

    /// <summary>The card was not activated in time.</summary>
    ActivationExpired,

    /// <summary>Too many wrong passwords (锁卡).</summary>
    PasswordLocked,

    /// <summary>A new card took its place.</summary>
    Replaced,

    /// <summary>Forfeited by the region's rule.</summary>
    Forfeited,

    /// <summary>Its holder never came for it.</summary>
    Unclaimed,

    /// <summary>The holder died.</summary>
    Deceased,

    /// <summary>The holder renounced the nationality.</summary>
    NationalityRenounced,
}

/// <summary>The state of a card as a whole.</summary>
public enum CardStatus
{
    /// <summary>Registered, not handed over.</summary>
    Issued,

    /// <summary>Handed over, the activation clock is running.</summary>
    AwaitingActivation,

    /// <summary>Activated as the region asks.</summary>
    Active,

    /// <summary>The social-security application is suspended.</summary>
    Suspended,

    /// <summary>Ended for good.</summary>
    Cancelled,
}
