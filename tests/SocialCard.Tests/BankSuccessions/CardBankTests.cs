using SocialCard.Domain.Cards;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.BankSuccessions;

public sealed class CardBankTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_card_of_another_bank_stays_as_it_is()
    {
        var card = CardOf("bank-other");
        Assert.Same(card, card.Bank.Succeed("bank-a", "bank-b", ReissueStory.Calendar, Now).Card);
    }

    [Fact]
    public void A_card_moves_once()
    {
        var moved = CardOf("bank-a").Bank.Succeed("bank-a", "bank-b", ReissueStory.Calendar, Now);
        Assert.Equal(new CardBankChanged("bank-a", "bank-b"), Assert.Single(moved.Events));
        var card = moved.Card!;
        Assert.Equal("bank-b", card.BankId);
        Assert.Empty(card.Bank.Succeed("bank-a", "bank-b", ReissueStory.Calendar, Now).Events);
    }

    private static Card CardOf(string bank) => Card.Register(
        CardNumber.Parse("123456789"), People.Holder, "140100", bank, 3, Now).Card!;
}
