using SocialCard.Domain.Cards;

namespace SocialCard.Tests.Counter;

/// <summary>Which card a person has lost who knows no number.</summary>
public sealed class LostCardTests
{
    [Theory]
    [InlineData("", "card-not-found")]
    [InlineData("active", "0")]
    [InlineData("awaiting", "0")]
    [InlineData("locked", "0")]
    [InlineData("lost", "0")]
    [InlineData("issued", "0")]
    [InlineData("forfeited", "card-not-found")]
    [InlineData("replaced,active", "1")]
    [InlineData("active,issued", "0")]
    [InlineData("handedIn,active", "1")]
    [InlineData("handedIn,issued", "1")]
    [InlineData("active,active", "card-ambiguous")]
    [InlineData("lost,active", "card-ambiguous")]
    [InlineData("issued,issued", "card-ambiguous")]
    public void Is_told_by_what_has_become_of_his_cards(string states, string expected) => Assert.Equal(expected, Told(new(), states));

    [Theory]
    [InlineData("T00000001", null, null, "1")]
    [InlineData("T00000009", null, null, "card-not-found")]
    [InlineData(null, "530000", null, "1")]
    [InlineData(null, "530100", null, "1")]
    [InlineData(null, "530102", null, "card-not-found")]
    [InlineData(null, null, "bank-1", "card-ambiguous")]
    [InlineData(null, null, "bank-2", "card-not-found")]
    public void Of_several_he_says_which(string? number, string? region, string? bank, string expected) => Assert.Equal(
        expected, Told(new(number is null ? null : CardNumber.Parse(number), region, bank), "active,active@530100"));

    private static string Told(LostCard lost, string states)
    {
        var cards = states.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select((state, index) => state.Split('@') is [var name, var region]
                ? CounterCards.In(name, $"T0000000{index}", region) : CounterCards.In(state, $"T0000000{index}"))
            .ToList();
        var (card, refusal) = lost.Among(cards);
        return card is null ? refusal!.Code : $"{cards.IndexOf(card)}";
    }
}
