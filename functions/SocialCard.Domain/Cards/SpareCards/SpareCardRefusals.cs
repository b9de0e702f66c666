namespace SocialCard.Domain.Cards;

/// <summary>Why a card does not end on its holder's wish.</summary>
public static class SpareCardRefusals
{
    /// <summary>The holder would have no card in use in the province.</summary>
    public static Refusal NotSpare { get; } =
        new(RefusedBy.State, "not-spare", "The holder has no other card in use in the province.");
}
