namespace SocialCard.Domain.Cards;

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

    /// <summary>The years for which the card was issued are over.</summary>
    ValidityEnded,

    /// <summary>A new card took its place.</summary>
    Replaced,

    /// <summary>Forfeited by the region's rule.</summary>
    Forfeited,

    /// <summary>Its holder never came for it.</summary>
    Unclaimed,

    /// <summary>Its holder has another in the province, and could do without it.</summary>
    Spare,

    /// <summary>The holder died.</summary>
    Deceased,

    /// <summary>The holder renounced the nationality.</summary>
    NationalityRenounced,

    /// <summary>The holder has moved to another province and has a card there.</summary>
    Moved,
}
