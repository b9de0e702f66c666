using System.Globalization;
using System.Net;
using System.Text;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Activation;

/// <summary>Reports that cannot be used end on the poison queue as they were, and hold nobody up.</summary>
[Collection(StandingService.Collection)]
public sealed class PoisonTests(StandingService live)
{
    [Fact]
    public async Task Every_report_that_cannot_be_used_ends_on_the_poison_queue_as_it_was()
    {
        var (bad, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (good, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var now = await live.Service.NowAsync();
        string[] unusable =
        [
            "*** not base64 ***",
            Encode("no JSON"),
            Encode("null"),
            Encode("[]"),
            Report(bad, messageId: ""),
            Report(bad, occasion: "party"),
            Report("UNKNOWN01"),
            Report("lowercase"),
            Report(bad, partner: "nobody"),
            Report(bad, partner: "bureau-wuxi", occasion: "outpatient"),
            Report(bad, occasion: "purchase"),
            Report(bad, occurredAt: now.AddDays(1)),
            Report(bad, occurredAt: now.AddDays(-40)),
            Report(bad, occurredAt: DateTimeOffset.UnixEpoch),
            Report(bad, form: "yyyy-MM-ddTHH:mm:ss"),
            Report(bad, form: "yyyy-MM-dd"),
        ];
        foreach (var message in unusable)
        {
            await live.ReportRawAsync(message);
        }

        await live.ReportRawAsync(Report(good, extra: ",\"colour\":\"red\""));

        // Nobody waits for the five attempts that each of the others gets.
        await live.Service.SettleAsync();
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{good}")).Expect(HttpStatusCode.OK)["status"]);

        var poison = live.QueueOf("card-usages-poison");
        await SampleHost.EventuallyAsync(async () =>
            await poison.ExistsAsync() && (await poison.PeekMessagesAsync(32)).Value.Length >= unusable.Length);
        var kept = (await poison.PeekMessagesAsync(32)).Value.Select(message => message.MessageText);
        Assert.Equal(unusable.Order(), kept.Order());
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(bad));
        Assert.Equal(0, (await live.QueueOf("card-usages").GetPropertiesAsync()).Value.ApproximateMessagesCount);

        string Report(
            string card,
            string partner = "hospital-wuxi",
            string occasion = "outpatient",
            string? messageId = null,
            DateTimeOffset? occurredAt = null,
            string form = "O",
            string extra = "") =>
            Encode($$"""
                {"messageId":"{{messageId ?? Guid.NewGuid().ToString("N")}}","partnerId":"{{partner}}","cardNumber":"{{card}}","occasion":"{{occasion}}","occurredAt":"{{(occurredAt ?? now).ToString(form, CultureInfo.InvariantCulture)}}"{{extra}}}
                """);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
