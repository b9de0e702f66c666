using System.Net;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Api;

/// <summary>
/// While the storage is out of reach, callers are told to come again; when it is back, nothing is lost and nothing is done twice.
/// </summary>
[Collection(MeasuredService.Collection)]
public sealed class StorageOutageTests(MeasuredService live)
{
    [Fact]
    public async Task In_an_outage_every_call_is_told_to_come_again_and_takes_effect_once_when_it_does()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var key = Guid.NewGuid().ToString("N");
        Task<Answer> ActivateAsync() => live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }, key);

        live.Storage.IsDown = true;
        try
        {
            var answers = await Task.WhenAll(
                live.Hospital.GetAsync($"cards/{number}"),
                live.Wuxi.GetAsync($"cards/{number}/timeline"),
                ActivateAsync(),
                live.Wuxi.PostAsync("cards", Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200")),
                live.Bank.PostAsync("card.financial.activated", new { cardNumber = number }));
            Assert.All(answers, answer =>
            {
                answer.ExpectProblem(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
                Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
            });
            using var health = await live.Service.Http.GetAsync(new Uri(live.Service.Admin, "health"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        }
        finally
        {
            live.Storage.IsDown = false;
        }

        Assert.Equal("active", (await ActivateAsync()).Expect(HttpStatusCode.OK)["status"]);
        Assert.True((await ActivateAsync()).Expect(HttpStatusCode.OK).IsReplayed);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        await SampleHost.EventuallyAsync(async () =>
        {
            using var health = await live.Service.Http.GetAsync(new Uri(live.Service.Admin, "health"));
            return health.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task A_change_whose_answer_from_the_storage_was_lost_is_made_once()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        live.Storage.LoseTheNextAnswerToATransaction();
        var answer = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id });

        Assert.Equal("active", answer.Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        var notices = (await live.QueueOf("notices").PeekMessagesAsync(32)).Value
            .Select(message => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)));
        Assert.Single(notices, notice => notice.Contains($"{number}-activated", StringComparison.Ordinal));
    }
}
