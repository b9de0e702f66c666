namespace SocialCard.Domain.Rules;

/// <summary>How a person proves that it is he who applies or signs.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PersonCheck>))]
public enum PersonCheck
{
    /// <summary>His face, compared with the registers' portrait.</summary>
    FaceVerification,

    /// <summary>A bank account in his name.</summary>
    BankAccount,

    /// <summary>His identity card, read by a machine at a window.</summary>
    IdCardReader,

    /// <summary>A call back on the mobile number that is known of him.</summary>
    CallBack,

    /// <summary>The query password that he has set, which the service itself checks.</summary>
    QueryPassword,
}
