namespace SocialCard.Domain.Cards;

/// <summary>The bank of a card, which another bank may take over with all its cards.</summary>
/// <param name="Card">The card.</param>
public readonly record struct CardBank(Card Card)
{
    /// <summary>
    /// Another bank has taken over the card's: it is that one's from now on, and so is a reissue under way, whose order it gets
    /// under an id of its own.
    /// </summary>
    /// <param name="from">The bank that was taken over.</param>
    /// <param name="to">The bank that took it over.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Succeed(string from, string to, WorkingCalendar calendar, DateTimeOffset now)
    {
        var making = Card.Reissue is { IsLive: true } live && live.BankId == from ? live : null;
        if (Card.BankId != from && making is null)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.Apply(Card with { BankId = Card.BankId == from ? to : Card.BankId }, new CardBankChanged(from, to));
        if (making is not null)
        {
            change.With(making with { BankId = to, OrdersElsewhere = making.Orders });
            if (making is { State: ReissueState.InProduction, NewCardNumber: null, AwaitsOperations: false })
            {
                change.OrderProduction(calendar, now);
            }
        }

        return change.Decision;
    }
}

/// <summary>Another bank has taken over the card's bank, or that which makes the card in its place.</summary>
/// <param name="From">The bank that was taken over.</param>
/// <param name="To">The bank that took it over.</param>
public sealed record CardBankChanged(string From, string To) : DomainEvent("cardBankChanged");
