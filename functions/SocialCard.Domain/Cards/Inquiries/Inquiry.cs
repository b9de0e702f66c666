namespace SocialCard.Domain.Cards;

/// <summary>What a holder asks about.</summary>
public enum InquiryTopic
{
    /// <summary>The cards, their applications and activation clocks.</summary>
    Card,

    /// <summary>The passwords: states, locks and changes that wait.</summary>
    Password,

    /// <summary>Loss reports.</summary>
    Loss,

    /// <summary>New and temporary cards that are under way.</summary>
    Reissue,

    /// <summary>With whom the money of the medical account is shared.</summary>
    Family,

    /// <summary>What was paid to the insurances.</summary>
    Contributions,

    /// <summary>The electronic cards of the children of whom he is guardian.</summary>
    ElectronicCards,

    /// <summary>Which agency has checked the cards, and when.</summary>
    Verifications,
}

/// <summary>Somebody asked about the holder.</summary>
/// <param name="Channel">Through which channel.</param>
/// <param name="Topics">About what.</param>
/// <param name="Answered">Whether the query password was right.</param>
public sealed record InquiryMade(ServiceChannel Channel, IReadOnlyList<InquiryTopic> Topics, bool Answered) : DomainEvent("inquiryMade");
