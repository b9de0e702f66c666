using SocialCard.Domain.Cards;
using SocialCard.Domain.Partners;

namespace SocialCard.Tests.Partners;

public sealed class PartnerTests
{
    [Theory]
    [InlineData(PartnerRole.Bureau, "000000", "330784", true)]
    [InlineData(PartnerRole.Bureau, "330000", "330784", true)]
    [InlineData(PartnerRole.Bureau, "330700", "330784", true)]
    [InlineData(PartnerRole.Bureau, "330784", "330784", true)]
    [InlineData(PartnerRole.Bureau, "330784", "330700", false)]
    [InlineData(PartnerRole.Bureau, "330600", "330784", false)]
    [InlineData(PartnerRole.Bureau, "320000", "330784", false)]
    [InlineData(PartnerRole.Hospital, "330600", "330784", true)]
    [InlineData(PartnerRole.Pharmacy, "330784", "330000", true)]
    [InlineData(PartnerRole.Hospital, "320200", "330784", false)]
    public void A_partner_covers_its_region_and_a_provider_its_province(PartnerRole role, string region, string card, bool covers) =>
        Assert.Equal(covers, new Partner("p", role, region).Covers(card));

    [Fact]
    public void A_bank_sees_its_own_cards_wherever_they_are()
    {
        var card = Card.Register(CardNumber.Parse("123456789"), People.Holder, "330784", "bank-1", 3, DateTimeOffset.UnixEpoch).Card!;
        Assert.True(card.IsSeenBy(new Partner("bank-1", PartnerRole.Bank, "110000")));
        Assert.False(card.IsSeenBy(new Partner("bank-2", PartnerRole.Bank, "000000")));
    }
}
