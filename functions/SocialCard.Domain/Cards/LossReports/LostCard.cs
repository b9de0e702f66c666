namespace SocialCard.Domain.Cards;

/// <summary>Which of his cards a person has lost who knows no number of one.</summary>
/// <param name="Number">The number, if he knows it after all.</param>
/// <param name="RegionCode">Where it was issued, if he says it: the region, or one around it.</param>
/// <param name="BankId">Its bank, if he says it.</param>
public sealed record LostCard(CardNumber? Number = null, string? RegionCode = null, string? BankId = null)
{
    /// <summary>
    /// Of those that he may mean, the one that he has in his hands: handed over, not ended, and not handed in for a new one. One that is on
    /// report already counts, so that a report is never of another card than the one before. Where he has none in his hands, the one
    /// that still waits for him may have been lost on its way. Of several he has to say which.
    /// </summary>
    /// <param name="his">His cards as they are by now.</param>
    /// <returns>The card, or why none can be told.</returns>
    public (Card? Card, Refusal? Refusal) Among(IEnumerable<Card> his)
    {
        var meant = his.Where(card => card.Social.State is not SocialState.Cancelled && card.ReplacedBy is null && IsMeant(card)).ToList();
        var inHands = meant.Where(card => card.ReceivedOn is not null).ToList();
        return (inHands.Count > 0 ? inHands : meant) switch
        {
            [] => (null, Refusal.CardNotFound),
            [var one] => (one, null),
            _ => (null, LossRefusals.CardAmbiguous),
        };
    }

    private bool IsMeant(Card card) =>
        (Number is null || card.Number == Number)
        && (BankId is null || card.BankId == BankId)
        && (RegionCode is null || card.RegionCode.StartsWith(RegionLevel.PrefixOf(RegionCode), StringComparison.Ordinal));
}
