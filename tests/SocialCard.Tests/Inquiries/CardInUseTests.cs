using SocialCard.Domain.Cards;

namespace SocialCard.Tests.Inquiries;

public sealed class CardInUseTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void A_card_that_works_comes_before_one_received_the_same_day_or_later_that_was_never_enabled()
    {
        Expect(1, Enabled(1, Day), Sealed(2, Day));
        Expect(2, Sealed(1, Day.AddDays(9)), Enabled(2, Day));
        Expect(1, Enabled(1, receivedOn: null), Sealed(2, Day));
    }

    [Fact]
    public void A_suspended_card_comes_after_one_that_works_and_before_one_that_was_never_enabled() =>
        Expect(2, Suspended(1, Day.AddDays(2)), Enabled(2, Day), Sealed(3, Day.AddDays(3)));

    [Fact]
    public void A_suspended_card_is_in_use_while_the_next_one_is_sealed() => Expect(1, Suspended(1, Day), Sealed(2, Day.AddDays(30)));

    [Fact]
    public void Of_cards_alike_the_one_received_last_counts_then_the_one_enabled_last_then_the_first()
    {
        Expect(2, Enabled(1, Day), Enabled(2, Day.AddDays(1)));
        Expect(2, Enabled(1, Day, hour: 9), Enabled(2, Day, hour: 10), Enabled(3, Day, hour: 8));
        Expect(1, Sealed(1, Day), Sealed(2, Day));
    }

    [Fact]
    public void A_cancelled_card_is_never_in_use()
    {
        var cancelled = Enabled(1, Day) with { Social = new(SocialState.Cancelled, StateReason.Replaced, default) };
        Expect(2, cancelled, Sealed(2, receivedOn: null));
        Assert.Null(CardInquiries.InUse([cancelled]));
        Assert.Null(CardInquiries.InUse([]));
    }

    private static void Expect(int number, params Card[] cards) => Assert.Equal(Number(number), CardInquiries.InUse(cards)!.Number);

    private static Card Sealed(int number, DateOnly? receivedOn) =>
        Card.Register(Number(number), People.Holder, "140100", "bank-1", 3, default).Card! with { ReceivedOn = receivedOn };

    private static Card Enabled(int number, DateOnly? receivedOn, int hour = 9) => Sealed(number, receivedOn) with
    {
        Social = new(SocialState.Active, null, default),
        EnabledAt = new DateTimeOffset(2026, 3, 2, hour, 0, 0, TimeSpan.Zero),
    };

    private static Card Suspended(int number, DateOnly? receivedOn) =>
        Enabled(number, receivedOn) with { Social = new(SocialState.Suspended, StateReason.TemporaryLoss, default) };

    private static CardNumber Number(int number) => CardNumber.Parse($"12345678{number}");
}
