using SocialCard.Functions.People;

namespace SocialCard.Functions.Verifications;

/// <summary>Body of a verification: one of the two ways in which the card is shown to be its holder's.</summary>
/// <param name="Service">One of the services that the agency runs.</param>
/// <param name="Holder">Who shows the card, as the agency knows him.</param>
/// <param name="Password">The card's social-security password, as the holder presented it.</param>
/// <example>
/// {"service": "training", "holder": {"idNumber": "140105199009212640", "name": "王小明"}}
/// </example>
public sealed record VerificationRequest(PublicService Service, NamedHolder? Holder = null, string? Password = null)
{
    private const int LongestPassword = 32;

    /// <summary>Shows nothing of the person and no password.</summary>
    public override string ToString() => $"verification ({Service})";

    internal void Check(FieldErrors errors) => errors
        .Require("holder", Holder is null || Password is null, "Either the holder or the password.")
        .Require("holder", Holder is not null || Password is not null, "The holder, or else the password.")
        .Require("password", Password is null or { Length: > 0 and <= LongestPassword }, "Between 1 and 32 characters.");
}

/// <summary>Who shows a card, as he is named to whom he shows it.</summary>
/// <param name="Name">His name; where it is given, it has to be the holder's too.</param>
public sealed record NamedHolder(PersonName? Name = null) : IdentityRequest
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "holder";
}
