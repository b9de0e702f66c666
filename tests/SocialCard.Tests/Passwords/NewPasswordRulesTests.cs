using SocialCard.Domain.Cards;

namespace SocialCard.Tests.Passwords;

public sealed class NewPasswordRulesTests
{
    [Theory]
    [InlineData("739150", null)]
    [InlineData("121212", null)]
    [InlineData("123455", null)]
    [InlineData("73915", "password-not-six-digits")]
    [InlineData("7391500", "password-not-six-digits")]
    [InlineData("73915a", "password-not-six-digits")]
    [InlineData("７39150", "password-not-six-digits")]
    [InlineData("", "password-not-six-digits")]
    [InlineData("777777", "password-repeated-digit")]
    [InlineData("345678", "password-run")]
    [InlineData("876543", "password-run")]
    [InlineData("012345", "password-run")]
    [InlineData("900101", "password-in-id-number")]
    [InlineData("140105", "password-in-id-number")]
    [InlineData("246813", "password-in-card-number")]
    public void A_new_password_breaks_one_rule_or_none(string password, string? broken)
    {
        var id = People.Id(new DateOnly(1990, 1, 1));
        Assert.Equal(broken, NewPasswordRules.Broken(password, id, CardNumber.Parse("AB2468135"))?.Code);
    }
}
