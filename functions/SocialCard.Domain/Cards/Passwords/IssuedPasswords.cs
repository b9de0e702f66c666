namespace SocialCard.Domain.Cards;

/// <summary>The password rules of a card that may have moved.</summary>
public static class IssuedPasswords
{
    /// <summary>
    /// The rules of a card's region, with the initial passwords of the region that issued it: they were written into the card, and
    /// a move does not change them.
    /// </summary>
    public static PasswordsPolicy PasswordsOf(this RegionPolicies regions, Card card)
    {
        ArgumentNullException.ThrowIfNull(regions);
        ArgumentNullException.ThrowIfNull(card);
        var rules = regions.For(card.RegionCode).Passwords;
        if (card.Civil.IssuedIn is not { } region)
        {
            return rules;
        }

        var issued = regions.For(region).Passwords;
        return rules with { Social = AsIssued(rules.Social, issued.Social), Query = AsIssued(rules.Query, issued.Query) };
    }

    private static PasswordPolicy AsIssued(PasswordPolicy rules, PasswordPolicy issued) =>
        rules with { Initial = issued.Initial, InitialMode = issued.InitialMode };
}
