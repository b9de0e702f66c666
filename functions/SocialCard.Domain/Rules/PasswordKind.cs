namespace SocialCard.Domain.Rules;

/// <summary>The passwords of a card.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PasswordKind>))]
public enum PasswordKind
{
    /// <summary>For medical settlement and business with the bureau; held by the bureau.</summary>
    Social,

    /// <summary>Of the debit account; held by the bank alone.</summary>
    Financial,

    /// <summary>For queries by phone, web and kiosk.</summary>
    Query,
}
