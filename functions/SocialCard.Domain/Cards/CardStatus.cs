namespace SocialCard.Domain.Cards;

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
