namespace SocialCard.Domain.Cards;

/// <summary>The digits of a password that a region gives to a card, at issue or at a reset.</summary>
public static class AssignedDigits
{
    /// <summary>The digits, or null where the rule gives this card none, so that its holder chooses them.</summary>
    /// <param name="assigned">The region's rule.</param>
    /// <param name="card">The card's number.</param>
    /// <param name="document">The holder's document; a rule that speaks of the ID number gives one without such a number none.</param>
    public static string? Of(AssignedPassword assigned, CardNumber card, IdentityDocument document)
    {
        ArgumentNullException.ThrowIfNull(assigned);
        ArgumentNullException.ThrowIfNull(document);
        return assigned.Rule switch
        {
            AssignedPasswordRule.Literal => assigned.Digits,
            AssignedPasswordRule.CardNumberLastSix => card.Value[^6..],
            AssignedPasswordRule.IdNumberPart => document.IdNumber?.Value[(assigned.First!.Value - 1)..assigned.Last!.Value],
            _ => null,
        };
    }
}
