using Microsoft.Extensions.Configuration;
using SocialCard.Domain.Cards;
using SocialCard.Functions.Passwords;

namespace SocialCard.Tests.Passwords;

public sealed class PasswordVerifierTests
{
    private static readonly CardNumber Card = CardNumber.Parse("123456789");

    [Fact]
    public void It_verifies_the_password_of_the_card_under_the_key_and_nothing_else()
    {
        var verifier = Verifier(1);
        var stored = verifier.Create(Card, "739150");
        Assert.True(verifier.Matches(Card, stored, "739150"));
        Assert.False(verifier.Matches(Card, stored, "739151"));
        Assert.False(verifier.Matches(CardNumber.Parse("123456780"), stored, "739150"));
        Assert.False(Verifier(2).Matches(Card, stored, "739150"));
    }

    [Fact]
    public void The_same_password_is_stored_differently_each_time() =>
        Assert.NotEqual(Verifier(1).Create(Card, "739150"), Verifier(1).Create(Card, "739150"));

    private static PasswordVerifier Verifier(byte key) => new(new PasswordKey(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Keys:PasswordKey", Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()))])
        .Build()));
}
