using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.BankSuccessions;

public sealed class CardBankTests
{
    private const string Old = "bank-icbc";
    private const string Next = "bank-next";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_card_of_another_bank_stays_as_it_is()
    {
        var card = CardOf("bank-other");
        Assert.Same(card, Succeed(card).Card);
    }

    [Fact]
    public void A_card_moves_once()
    {
        var moved = Succeed(CardOf(Old));
        Assert.Equal(new CardBankChanged(Old, Next), Assert.Single(moved.Events));
        Assert.Equal(Next, moved.Card!.BankId);
        Assert.Empty(Succeed(moved.Card!).Events);
    }

    [Fact]
    public void A_card_in_production_is_ordered_from_the_successor_and_what_failed_before_does_not_count_against_it()
    {
        var story = new ReissueStory("320200", Now);
        story.File(ReissueStory.Application());
        Fail(story, Old);
        Fail(story, Old);

        var moved = story.Do(Succeed);

        Assert.Equal(["cardBankChanged", "productionOrdered"], moved.Events.Select(happened => happened.Type));
        Assert.Equal((Next, 4, 3), (story.Reissue.BankId, story.Reissue.Orders, story.Reissue.OrdersElsewhere));
        Assert.Same(ReissueRefusals.NotRunning, story.Do(card => card.Reissues.ReportProductionFailure(
            ReissueStory.Id, null, Old, story.Now, ReissueStory.Calendar, story.Now)).Refusal);
        Fail(story, Next);
        Fail(story, Next);
        Assert.False(story.Reissue.AwaitsOperations);
        Fail(story, Next);
        Assert.True(story.Reissue.AwaitsOperations);
    }

    [Fact]
    public void What_is_not_paid_yet_is_ordered_from_the_successor_once_it_is()
    {
        var story = new ReissueStory("320200", Now);
        story.File(ReissueStory.Application());
        story.Do(card => Decision.Changed(card with { Reissue = card.Reissue! with { State = ReissueState.AwaitingPayment } }));

        Assert.Equal([nameof(CardBankChanged)], story.Do(Succeed).Events.Select(happened => happened.GetType().Name));
        Assert.Equal(Next, story.Reissue.BankId);
    }

    /// <summary>The card stays with its own bank; that which is made in its place is the successor's.</summary>
    [Fact]
    public void Of_a_card_that_changes_its_bank_only_the_order_moves()
    {
        var story = new ReissueStory("320200", Now);
        story.File(ReissueStory.Application(ReissueReason.BankChanged) with { BankId = "bank-made" });

        story.Do(card => card.Bank.Succeed("bank-made", Next, ReissueStory.Calendar, Now));

        Assert.Equal((Old, Next), (story.Old.BankId, story.Reissue.BankId));
    }

    private static void Fail(ReissueStory story, string bank) => Assert.Null(story.Do(card => card.Reissues.ReportProductionFailure(
        ReissueStory.Id, null, bank, story.Now, ReissueStory.Calendar, story.Now)).Refusal);

    private static Decision<Card> Succeed(Card card) => card.Bank.Succeed(Old, Next, ReissueStory.Calendar, Now);

    private static Card CardOf(string bank) => Card.Register(
        CardNumber.Parse("123456789"), People.Holder, "140100", bank, 3, Now).Card!;
}
