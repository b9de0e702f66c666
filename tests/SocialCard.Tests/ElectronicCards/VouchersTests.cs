using Microsoft.AspNetCore.DataProtection;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.ElectronicCards;

namespace SocialCard.Tests.ElectronicCards;

public sealed class VouchersTests
{
    private static readonly Vouchers Here = new(new EphemeralDataProtectionProvider(), TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_token_says_what_it_was_made_for_and_fits_a_code(bool isAuthorised)
    {
        var (token, expiresAt) = Here.Issue(ElectronicCardStory.Id, isAuthorised);
        var voucher = Assert.IsType<Voucher>(Here.Find(token));
        Assert.Equal(
            (ElectronicCardStory.Id, expiresAt, isAuthorised),
            (voucher.ElectronicCardId, voucher.ExpiresAt, voucher.IsAuthorised));
        Assert.Matches("^[A-Za-z0-9_-]{1,300}$", token);
        Assert.NotEqual(token, Here.Issue(ElectronicCardStory.Id, isAuthorised).Token);
    }

    [Fact]
    public void A_changed_or_strange_token_is_none()
    {
        var (token, _) = Here.Issue(ElectronicCardStory.Id, false);
        var elsewhere = new Vouchers(new EphemeralDataProtectionProvider(), TimeProvider.System).Issue(ElectronicCardStory.Id, false).Token;
        var changed = token[..40] + (token[40] == 'x' ? 'y' : 'x') + token[41..];
        Assert.All(["", "!", "AAAA", new('A', 600), token[..^3], changed, elsewhere], bad => Assert.Null(Here.Find(bad)));
    }
}
