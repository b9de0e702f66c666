using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.InvalidCards;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.TemporaryCards;

/// <summary>Temporary cards of the regions that have them, and the certificate of Beijing.</summary>
public sealed class TemporaryCardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Changchun_gives_60_days_and_extends_them_by_phone_to_six_months()
    {
        var story = Waiting("220100");
        Assert.Equal("temporaryCardIssued", Assert.Single(Issue(story).Events).Type);
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 5, 2)), story.Old.TemporaryCard!.ValidUntil);
        Assert.Equal("temporary-card-issued", Issue(story).Refusal!.Code);
        Assert.Equal("channel-not-allowed", Extend(story, ServiceChannel.ServiceWindow).Refusal!.Code);
        Extend(story, ServiceChannel.Phone);
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 7, 1)), story.Old.TemporaryCard!.ValidUntil);
        Extend(story, ServiceChannel.Phone);
        Extend(story, ServiceChannel.Phone);
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 9, 3)), story.Old.TemporaryCard!.ValidUntil);
        Assert.Equal("temporary-card-maximum-reached", Extend(story, ServiceChannel.Phone).Refusal!.Code);
    }

    [Fact]
    public void Shanxi_gives_three_months_at_once_for_a_deposit()
    {
        var story = Waiting("140000");
        Issue(story);
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 6, 3)), story.Old.TemporaryCard!.ValidUntil);
        Assert.Equal(25, story.Old.TemporaryCard.DepositYuan);
        Assert.Equal("temporary-card-maximum-reached", Extend(story, ServiceChannel.ServiceWindow).Refusal!.Code);
    }

    [Fact]
    public void Beijing_gives_a_certificate_until_the_new_card_is_there()
    {
        var story = Waiting("110000");
        Issue(story);
        Assert.Equal((TemporaryCardKind.PickUpCertificate, null), (story.Old.TemporaryCard!.Kind, story.Old.TemporaryCard.ValidUntil));
        story.Do(card => card.Reissues.Pay(ReissueStory.Id, 20, "r-1", ReissueStory.Calendar, Now));
        story.Produce();
        story.Advance();
        story.ReceiveNew();
        Assert.Equal(TemporaryCardEnd.NewCardReceived, story.Old.TemporaryCard.End);
        Assert.Equal("no-reissue-running", Issue(story).Refusal!.Code);
    }

    [Fact]
    public void A_use_after_its_end_is_noted_and_one_before_it_is_nothing_whenever_it_is_heard_of()
    {
        var story = Waiting("220100");
        Issue(story);
        var id = story.Old.TemporaryCard!.TemporaryCardId;
        Given.The(story.Old).When(Used(id, Now.AddDays(1))).ThenNothing();
        Given.The(story.Old).When(Used(id, Now.AddDays(90))).ThenEvents("usageRefused");
        Given.The(story.Old).When(Used("another", Now.AddDays(1))).ThenEvents("usageRefused");
        Given.The(story.Old, card => card.TemporaryCards.Lose(Now.AddDays(2))).Reloaded()
            .When(Used(id, Now.AddDays(1))).ThenNothing()
            .When(Used(id, Now.AddDays(2)))
            .ThenEvent<UsageRefused>(refused => Assert.Equal("temporary-card-not-valid", refused.Code));

        static Func<Card, Decision<Card>> Used(string id, DateTimeOffset at) =>
            card => card.TemporaryCards.ReportUse(id, UsageOccasion.Outpatient, at, isAway: false);
    }

    [Fact]
    public void It_ends_on_its_last_day_with_the_reissue_or_when_it_is_lost()
    {
        var story = Waiting("220100");
        Issue(story);
        var until = story.Old.TemporaryCard!.ValidUntil!.Value;
        Assert.Empty(story.Old.TemporaryCards.Expire("temp-1", until.AddTicks(-1)).Events);
        Assert.Equal("temporaryCardEnded", Assert.Single(story.Old.TemporaryCards.Expire("temp-1", until).Events).Type);
        Assert.Empty(story.Old.TemporaryCards.Expire("temp-0", until).Events);
        Assert.Equal(
            "temporary-card-not-valid", story.Old.TemporaryCards.Extend(ServiceChannel.Phone, ReissueStory.Calendar, until).Refusal!.Code);

        var longest = story.Old.TemporaryCard.LongestUntil;
        story.Do(card => card.TemporaryCards.Lose(Now));
        Assert.Equal("temporary-card-not-valid", story.Do(card => card.TemporaryCards.Lose(Now)).Refusal!.Code);
        story.Now = Now.AddDays(20);
        Issue(story, "temp-2");
        Assert.Equal(longest, story.Old.TemporaryCard!.LongestUntil);
    }

    [Fact]
    public void Its_last_day_and_that_of_the_fee_have_their_effect_although_no_timer_has_fired()
    {
        var story = WaitingForFee();
        Issue(story);
        var (payBy, until) = (story.Reissue.PayBy!.Value, story.Old.TemporaryCard!.ValidUntil!.Value);
        Given.The(story.Old).When(card => card.AdvanceTo(payBy.AddTicks(-1))).ThenNothing();
        Given.The(story.Old).When(card => card.AdvanceTo(payBy)).ThenEvents("reissueCancelled", "temporaryCardEnded")
            .Then(card => Assert.Equal(TemporaryCardEnd.ReissueCancelled, card.TemporaryCard!.End));

        var paid = Given.The(
            story.Old, card => card.Reissues.Pay(ReissueStory.Id, story.Reissue.FeeYuan, "r-1", ReissueStory.Calendar, Now));
        paid.When(card => card.AdvanceTo(until.AddTicks(-1))).ThenNothing();
        paid.When(card => card.AdvanceTo(until)).ThenEvents("temporaryCardEnded")
            .Then(card => Assert.Equal(TemporaryCardEnd.Expired, card.TemporaryCard!.End));
    }

    [Fact]
    public void One_that_was_over_before_the_fee_came_too_late_has_expired()
    {
        var story = WaitingForFee();
        Issue(story);
        var temporary = story.Old.TemporaryCard! with { ValidUntil = story.Reissue.PayBy!.Value.AddDays(-1) };
        Given.The(story.Old with { TemporaryCard = temporary }).When(card => card.AdvanceTo(Now.AddYears(1)))
            .ThenEvents("temporaryCardEnded", "reissueCancelled")
            .Then(card => Assert.Equal(TemporaryCardEnd.Expired, card.TemporaryCard!.End));
    }

    [Fact]
    public void Its_holder_gives_it_back_once()
    {
        var story = Waiting("220100");
        Issue(story);
        Assert.Equal("temporaryCardEnded", Assert.Single(story.Do(card => card.TemporaryCards.Return(Now)).Events).Type);
        Assert.Equal(TemporaryCardEnd.Returned, story.Old.TemporaryCard!.End);
        Assert.Equal("temporary-card-not-valid", story.Do(card => card.TemporaryCards.Return(Now)).Refusal!.Code);
    }

    [Theory]
    [InlineData("T00000711-7be0c378523cef83", "T00000711")]
    [InlineData("7be0c378523cef83", null)]
    [InlineData("T00000711-7be0c378523cef8", null)]
    [InlineData("T0000071-7be0c378523cef83", null)]
    [InlineData("T00000711-7be0c378523cef83-1", null)]
    public void Its_number_names_the_card_that_is_replaced(string text, string? card) =>
        Assert.Equal(card, TemporaryCardId.CardOf(text)?.Value);

    [Fact]
    public void One_that_is_over_is_on_the_invalid_card_list_though_the_next_takes_its_place_in_the_same_change()
    {
        var story = Waiting("220100");
        Issue(story, "T00000711-7be0c378523cef83");
        var (before, until) = (story.Old, story.Old.TemporaryCard!.ValidUntil!.Value);
        var next = before.AdvanceTo(until).Card!.TemporaryCards.Issue(
            "T00000711-0123456789abcdef", story.Policy.TemporaryCard, ReissueStory.Calendar, until);

        var listed = new InvalidCardHandler().Handle(
            before, next.Card!, [.. before.AdvanceTo(until).Events, .. next.Events], until);

        var standing = JsonSerializer.Deserialize<InvalidCardStanding>(Assert.Single(listed).Body, SocialCardJson.Options);
        Assert.Equal(new(null, true, until, "T00000711-7be0c378523cef83"), standing);
    }

    [Fact]
    public void A_region_without_one_and_a_card_without_reissue_get_none()
    {
        Assert.Equal("temporary-card-not-offered", Issue(Waiting("000000")).Refusal!.Code);
        Assert.Equal("no-reissue-running", Issue(new ReissueStory("220100", Now)).Refusal!.Code);
    }

    private static ReissueStory Waiting(string region) => Filed(new ReissueStory(region, Now));

    // Shanxi takes the fee at its own points and tells nobody how much it is.
    private static ReissueStory WaitingForFee()
    {
        var shanxi = new ReissueStory("140000", Now).Policy;
        return Filed(new ReissueStory(shanxi with { Reissue = shanxi.Reissue with { FeeYuan = 20 } }, Now));
    }

    private static ReissueStory Filed(ReissueStory story)
    {
        Assert.Null(story.File(ReissueStory.Application()).Refusal);
        return story;
    }

    private static Decision<Card> Issue(ReissueStory story, string id = "temp-1") =>
        story.Do(card => card.TemporaryCards.Issue(id, story.Policy.TemporaryCard, ReissueStory.Calendar, story.Now));

    private static Decision<Card> Extend(ReissueStory story, ServiceChannel channel) =>
        story.Do(card => card.TemporaryCards.Extend(channel, ReissueStory.Calendar, story.Now));
}
