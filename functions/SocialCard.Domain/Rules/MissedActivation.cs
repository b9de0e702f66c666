namespace SocialCard.Domain.Rules;

/// <summary>What happens to a card that nobody activated in time.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MissedActivation>))]
public enum MissedActivation
{
    /// <summary>The social-security application goes on loss report.</summary>
    SuspendSocial,

    /// <summary>The financial application is suspended, the social-security one keeps working.</summary>
    SuspendFinancial,

    /// <summary>The medical card that this card replaces is restricted.</summary>
    RestrictOldCard,

    /// <summary>The card is cancelled.</summary>
    Forfeit,

    /// <summary>Nothing.</summary>
    Nothing,
}
