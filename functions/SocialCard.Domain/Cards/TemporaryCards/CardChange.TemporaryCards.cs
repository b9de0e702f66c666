namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>What time alone has done to the temporary card.</summary>
    public void ExpireTemporaryCard(DateTimeOffset asOf)
    {
        if (Card.TemporaryCard?.ValidUntil <= asOf)
        {
            EndTemporaryCard(TemporaryCardEnd.Expired);
        }
    }

    public void EndTemporaryCard(TemporaryCardEnd end)
    {
        if (Card.TemporaryCard is { End: null } card)
        {
            Apply(Card with { TemporaryCard = card with { End = end } }, new TemporaryCardEnded(card.TemporaryCardId, end));
        }
    }
}
