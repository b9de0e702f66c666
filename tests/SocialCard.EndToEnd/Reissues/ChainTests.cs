using System.Net;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>The new card is replaced too, before it was handed over: the old one follows the last.</summary>
public sealed class ChainTests(ReissueService live) : IClassFixture<ReissueService>
{
    private readonly ReissueCounter wuxi = new(live.Service);

    [Fact]
    public async Task A_new_card_that_is_damaged_before_it_is_handed_over_takes_the_old_one_with_it_when_the_third_is_used()
    {
        var (first, id) = await wuxi.ActiveAsync();
        var (second, firstReissue) = await ProducedForAsync(first, id);
        var (third, secondReissue) = await ProducedForAsync(second, id);
        Assert.Equal("active", (await wuxi.CardAsync(first))["status"]);

        (await wuxi.BankDesk.PostAsync($"cards/{third}/receipt", new { })).Expect(HttpStatusCode.OK);
        await wuxi.UntilAsync(second, secondReissue, "received");
        await wuxi.UntilAsync(first, firstReissue, "received");
        Assert.Equal("active", (await wuxi.CardAsync(first))["status"]);

        await wuxi.ActivateAsync(third, id);
        await wuxi.UntilAsync(second, secondReissue, "completed");
        await wuxi.UntilAsync(first, firstReissue, "completed");
        var cards = (await wuxi.CardAsync(first), await wuxi.CardAsync(second), await wuxi.CardAsync(third));
        Assert.Equal(("cancelled", "replaced", second), Ended(cards.Item1));
        Assert.Equal(("cancelled", "replaced", third), Ended(cards.Item2));
        Assert.Equal("active", cards.Item3["status"]);
        Assert.Equal(
            ["newCardReady", "newCardReceived", "cancelled", "reissueCompleted"], (await wuxi.StoryAsync(first))[^4..]);
        Assert.DoesNotContain("reissueCancelled", await wuxi.StoryAsync(first));
    }

    [Fact]
    public async Task A_card_that_was_reported_lost_for_a_time_is_not_released_once_a_new_one_is_on_its_way()
    {
        var (old, id) = await wuxi.ActiveAsync();
        await wuxi.FileAsync(old, id);
        var report = (await wuxi.Hotline.PostAsync(
            $"cards/{old}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
                .Expect(HttpStatusCode.Accepted)["reportId"];
        var release = new { channel = "bank", idNumber = id };
        var refused = await wuxi.BankDesk.PostAsync($"cards/{old}/loss-reports/{report}/release", release);
        Assert.Equal("loss-release-window-closed", refused.Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal("suspended", (await wuxi.CardAsync(old))["status"]);
    }

    private static (string? Status, string? Reason, string? ReplacedBy) Ended(Answer card) =>
        (card["status"], card["social.reason"], card["replacedBy"]);

    /// <summary>A card is damaged, and the bank makes another.</summary>
    private async Task<(string NewCard, string Reissue)> ProducedForAsync(string card, string id)
    {
        var reissue = await wuxi.FileAsync(card, id);
        (await wuxi.PayAsync(card, reissue)).Expect(HttpStatusCode.OK);
        var fresh = Cards.NextNumber();
        (await wuxi.ProduceAsync(reissue, fresh)).Expect(HttpStatusCode.NoContent);
        await wuxi.UntilAsync(card, reissue, "ready");
        return (fresh, reissue);
    }
}
