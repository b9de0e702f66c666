using System.Net;
using System.Net.Http.Headers;

namespace SocialCard.EndToEnd.Api;

/// <summary>Who asks again for what he has is told only that it is still so: a screen asks every few seconds.</summary>
[Collection(StandingService.Collection)]
public sealed class EntityTagTests(StandingService live)
{
    [Theory]
    [InlineData("")]
    [InlineData("/timeline")]
    [InlineData("/next-steps")]
    public async Task What_is_read_of_a_card_is_sent_again_only_when_it_has_changed(string part)
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        await ChangesAsync($"cards/{number}{part}", async () =>
            (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber }))
                .Expect(HttpStatusCode.OK));
    }

    [Fact]
    public async Task What_is_read_of_a_loss_report_is_sent_again_only_when_it_has_changed()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (hotline, bank) = (Caller.Hotline(live.Service), Caller.Bank(live.Service));
        var report = (await hotline.PostAsync(
            $"cards/{number}/loss-reports", new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber }))
            .Expect(HttpStatusCode.Accepted)["reportId"];

        await ChangesAsync($"cards/{number}/loss-reports/{report}", async () =>
            (await bank.PostAsync($"cards/{number}/loss-reports/{report}/release", new { channel = "bank", idNumber }))
                .Expect(HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_work_list_is_sent_again_only_when_it_has_changed()
    {
        // Its last page, whatever other tests have put there.
        var (list, after) = ("work-items?kind=unclaimedCard&limit=500", "");
        for (Answer page; (page = (await live.Wuxi.GetAsync(list + after)).Expect(HttpStatusCode.OK))["more"] == "true";)
        {
            after = $"&after={page["next"]}";
        }

        await ChangesAsync(list + after, () => Cards.RegisteredAsync(live.Wuxi, "320200"));
    }

    [Fact]
    public async Task What_a_card_waits_for_is_sent_again_only_when_it_has_changed()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");

        await ChangesAsync($"operations/workflows?cardNumber={number}", async () =>
            (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK));
    }

    /// <summary>Reads twice, has it changed, and reads once more.</summary>
    private async Task ChangesAsync(string path, Func<Task> change)
    {
        using var first = await AskAsync(path, null);
        using var again = await AskAsync(path, first.Headers.ETag);
        await change();
        using var changed = await AskAsync(path, first.Headers.ETag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal("", await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, path));
        request.Headers.Authorization = new("Bearer", "local-bureau-wuxi-key");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await live.Service.Http.SendAsync(request);
    }
}
