using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;

namespace SocialCard.Tests.Cards;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("123456789", true)]
    [InlineData("A1234567X", true)]
    [InlineData("a12345678", false)]
    [InlineData("12345678", false)]
    [InlineData("1234567890", false)]
    [InlineData("12345678/", false)]
    [InlineData("１23456789", false)]
    [InlineData(null, false)]
    public void It_is_nine_digits_or_capital_letters(string? text, bool valid) => Assert.Equal(valid, CardNumber.TryParse(text, out _));

    [Fact]
    public void Logs_see_its_last_four_characters() => Assert.Equal("*****6789", CardNumber.Parse("123456789").Masked);

    [Fact]
    public void It_is_a_string_in_JSON()
    {
        var json = JsonSerializer.Serialize(CardNumber.Parse("A12345678"));
        Assert.Equal("\"A12345678\"", json);
        Assert.Equal(CardNumber.Parse("A12345678"), JsonSerializer.Deserialize<CardNumber>(json));
        Assert.Throws<TextFault>(() => JsonSerializer.Deserialize<CardNumber>("\"short\""));
        Assert.Throws<TextFault>(() => JsonSerializer.Deserialize<CardNumber>("123456789"));
    }
}
