using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.ElectronicCards.ElectronicCardStory;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>When an electronic card can be shown, beside the physical cards of its child.</summary>
public sealed class ElectronicCardUseTests
{
    private static readonly ElectronicCardUses Uses = new(
        ElectronicCardUse.WithAuthorization, ElectronicCardUse.Blocked, ElectronicCardUse.WithAuthorization, ElectronicCardUse.Blocked);

    [Theory]
    [InlineData(ElectronicCardUse.Usable, false, null)]
    [InlineData(ElectronicCardUse.WithAuthorization, false, "authorisation-missing")]
    [InlineData(ElectronicCardUse.WithAuthorization, true, null)]
    [InlineData(ElectronicCardUse.Blocked, true, "physical-card-unusable")]
    public void A_card_is_shown_as_its_physical_one_allows(ElectronicCardUse use, bool isAuthorised, string? code) =>
        Assert.Equal(code, In("issued").UseFault(use, isAuthorised)?.Code);

    [Theory]
    [InlineData("", ElectronicCardUse.Blocked)]
    [InlineData("issued", ElectronicCardUse.Usable)]
    [InlineData("active", ElectronicCardUse.Usable)]
    [InlineData("locked", ElectronicCardUse.WithAuthorization)]
    [InlineData("temporary", ElectronicCardUse.WithAuthorization)]
    [InlineData("formal", ElectronicCardUse.Blocked)]
    [InlineData("cancelled", ElectronicCardUse.Blocked)]
    [InlineData("cancelled formal temporary", ElectronicCardUse.WithAuthorization)]
    [InlineData("cancelled active", ElectronicCardUse.Usable)]
    public void The_best_of_the_physical_cards_counts(string physical, ElectronicCardUse use) =>
        Assert.Equal(use, In("issued").UseBeside(CardsOf(physical), Uses));

    [Fact]
    public void Where_no_physical_card_is_needed_none_is_an_obstacle() =>
        Assert.Equal(
            ElectronicCardUse.Usable,
            (In("issued") with { Terms = Terms with { NeedsPhysicalCard = false } }).UseBeside([], Uses));

    [Fact]
    public void A_voucher_counts_once_in_its_time_and_is_forgotten_after_it()
    {
        var voucher = new Voucher(Id, "v1", Now.AddSeconds(60), false);
        var used = The("issued").And(card => card.CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(59)));
        used.When(card => card.CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(59))).ThenRefused("voucher-used");
        used.When(card => card.CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(60))).ThenRefused("voucher-expired");
        used.When(card => card.CheckVoucher(new(Id, "v2", Now.AddSeconds(120), false), ElectronicCardUse.Usable, Now.AddSeconds(61)))
            .ThenEvents("voucherChecked")
            .Then(card => Assert.Equal(["v2"], card.UsedVouchers.Select(one => one.VoucherId)));
    }

    private static IEnumerable<Card> CardsOf(string states) => states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Physical);
}
