using SocialCard.Domain.Cards;
using SocialCard.Domain.People;

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
        var document = People.Document(new DateOnly(1990, 1, 1));
        Assert.Equal(broken, NewPasswordRules.Broken(password, document, CardNumber.Parse("AB2468135"))?.Code);
    }

    [Theory]
    [InlineData("730195")]
    [InlineData("301952")]
    public void Nor_is_it_what_the_digits_of_a_passport_are(string password)
    {
        var passport = IdentityDocument.Read(IdentityDocumentType.Passport, "E73A01952", "FRA").Document!;
        Assert.Equal("password-in-id-number", NewPasswordRules.Broken(password, passport, CardNumber.Parse("AB2468135"))?.Code);
    }
}
