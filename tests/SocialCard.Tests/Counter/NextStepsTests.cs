using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Counter;

/// <summary>What a counter is told that it can do next, for a card in every state and for its holder.</summary>
public sealed class NextStepsTests
{
    private static readonly DateOnly Today = ChinaTime.DateOf(CounterCards.Now);

    [Theory]
    [InlineData("issued", "handOver")]
    [InlineData("awaiting", "activate,reportLoss,applyForNewCard")]
    [InlineData("active", "reportLoss,applyForNewCard")]
    [InlineData("financialOnly", "activate,reportLoss,applyForNewCard")]
    [InlineData("sealedByReset", "reportLoss,applyForNewCard")]
    [InlineData("expired", "restore,reportLoss,applyForNewCard")]
    [InlineData("locked", "unlockPassword,reportLoss,applyForNewCard")]
    [InlineData("lost", "reportLoss,releaseLoss,applyForNewCard")]
    [InlineData("lostFormally", "releaseLoss,applyForNewCard")]
    [InlineData("feeDue", "reportLoss,payFee")]
    [InlineData("inProduction", "reportLoss")]
    [InlineData("handedIn", "")]
    [InlineData("replaced", "")]
    [InlineData("forfeited", "applyForNewCard")]
    [InlineData("spare", "")]
    [InlineData("deceased", "")]
    public void Of_his_only_card(string state, string expected)
    {
        var card = CounterCards.In(state);
        Assert.Equal(expected, Text(new NextSteps(CounterCards.HolderOf(card), [card]).Of(card)));
    }

    [Theory]
    [InlineData("issued", "handOver,cancelSpare")]
    [InlineData("active", "reportLoss,applyForNewCard,cancelSpare")]
    [InlineData("lostFormally", "releaseLoss,applyForNewCard,cancelSpare")]
    [InlineData("feeDue", "reportLoss,payFee")]
    [InlineData("forfeited", "applyForNewCard")]
    public void Of_a_card_beside_one_in_use_in_the_province(string state, string expected)
    {
        var (card, other) = (CounterCards.In(state), CounterCards.In("active", "T00000001", "320500"));
        Assert.Equal(expected, Text(new NextSteps(CounterCards.HolderOf(card, other), [card, other]).Of(card)));
    }

    [Theory]
    [InlineData("", null, "registerCard")]
    [InlineData("active", null, "")]
    [InlineData("active", "320500", "")]
    [InlineData("active", "530100", "registerCard")]
    [InlineData("active,active@530100", "530100", "")]
    [InlineData("active,forfeited@530100", "530100", "registerCard")]
    [InlineData("forfeited", null, "")]
    public void Of_a_person_with_cards_and_a_household(string states, string? household, string expected)
    {
        Card[] cards =
        [
            .. states.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((state, index) => state.Split('@') is [var name, var region]
                ? CounterCards.In(name, $"T0000000{index}", region) : CounterCards.In(state, $"T0000000{index}")),
        ];
        var holder = CounterCards.HolderOf(cards) with { Household = household is null ? null : new(household, Today, "bureau") };

        Assert.Equal(expected, Text(new NextSteps(holder, cards).OfHolder));
        Assert.Empty(new NextSteps(holder with { End = new(StateReason.Deceased, Today, "bureau") }, cards).OfHolder);
    }

    private static string Text(IEnumerable<NextStep> steps) =>
        string.Join(',', steps.Select(step => SocialCardJson.NameOf<NextStep>(step)));
}
