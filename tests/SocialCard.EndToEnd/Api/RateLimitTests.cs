using System.Net;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Api;

[Collection(MeasuredService.Collection)]
public sealed class RateLimitTests(MeasuredService live)
{
    [Fact]
    public async Task A_partner_that_calls_too_often_is_told_when_to_come_again_and_hinders_nobody_else()
    {
        var eager = Caller.OtherBureau(live.Service);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4 * MeasuredService.Burst).Select(_ => eager.GetAsync("cards/X00000000")));

        Assert.InRange(
            answers.Count(answer => answer.Status is HttpStatusCode.NotFound), MeasuredService.Burst, (4 * MeasuredService.Burst) - 1);
        Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.NotFound), answer =>
        {
            answer.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        });
        (await Caller.Online(live.Service).GetAsync("cards/X00000000")).Expect(HttpStatusCode.NotFound);
        await SampleHost.EventuallyAsync(async () => (await eager.GetAsync("cards/X00000000")).Status is HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_banks_webhooks_count_too()
    {
        var bank = BankCaller.Ccb(live.Service);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4 * MeasuredService.Burst)
            .Select(_ => bank.PostAsync("card.financial.activated", new { cardNumber = "X00000000" })));
        Assert.Contains(answers, answer => answer.Status is HttpStatusCode.NotFound);
        Assert.Contains(answers, answer => answer.Status is HttpStatusCode.TooManyRequests);
        await SampleHost.EventuallyAsync(async () =>
            (await bank.PostAsync("card.financial.activated", new { cardNumber = "X00000000" })).Status is HttpStatusCode.NotFound);
    }
}
