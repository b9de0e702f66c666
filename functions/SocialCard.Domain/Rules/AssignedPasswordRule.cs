namespace SocialCard.Domain.Rules;

/// <summary>How a password gets a value that its holder did not choose in a change.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AssignedPasswordRule>))]
public enum AssignedPasswordRule
{
    /// <summary>The same digits for every card.</summary>
    Literal,

    /// <summary>The last six characters of the card number.</summary>
    CardNumberLastSix,

    /// <summary>A stretch of the holder's ID number.</summary>
    IdNumberPart,

    /// <summary>The holder chooses it at activation; the card has none before.</summary>
    SetAtActivation,

    /// <summary>The holder chooses it in the operation itself.</summary>
    ChosenByHolder,
}
