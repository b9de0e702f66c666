using System.Globalization;
using System.Net;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>Release, formal report and lapse of the same temporary report, all in its last second.</summary>
public sealed class LossRaceTests
{
    private const int Rounds = 200;
    private const int AtOnce = 10;

    [Fact]
    public async Task Of_release_formal_report_and_lapse_in_the_last_second_one_wins_and_the_card_shows_which()
    {
        await using var service = await Service.StartEphemeralAsync(("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
        var (hotline, bank, bureau) = (Caller.Hotline(service), Caller.Bank(service), new Caller(service, "local-bureau-wuxi-key"));
        var lost = new List<(string Card, string Id, string Report, DateTimeOffset ExpiresAt)>();
        foreach (var batch in (await Task.WhenAll(Enumerable.Range(0, Rounds).Select(_ => Cards.ReceivedAsync(bureau, "320200"))))
            .Chunk(AtOnce))
        {
            lost.AddRange(await Task.WhenAll(batch.Select(card => LoseAsync(hotline, card.Number, card.IdNumber))));
        }

        await service.AdvanceToAsync(lost.Min(round => round.ExpiresAt).AddSeconds(-1));
        var outcomes = new List<string>();
        foreach (var batch in lost.Chunk(AtOnce))
        {
            outcomes.AddRange(await Task.WhenAll(batch.Select(round => RaceAsync(bank, round.Card, round.Id, round.Report))));
        }

        await service.AdvanceDaysAsync(1);
        foreach (var (round, outcome) in lost.Zip(outcomes))
        {
            var card = await bureau.GetAsync($"cards/{round.Card}");
            var isFormal = outcome == "formalized";
            Assert.Equal(
                (isFormal ? "suspended" : "sealed", isFormal ? "formalLoss" : null), (card["social.state"], card["social.reason"]));
            Assert.Equal(
                (isFormal ? "suspended" : "inactive", isFormal ? "formalLoss" : null), (card["financial.state"], card["financial.reason"]));
            Assert.Equal(isFormal, card.Body!["lossReport"] is not null);
            Assert.Equal(isFormal ? "true" : "false", (await bureau.GetAsync($"invalid-cards/{round.Card}"))["invalid"]);
            Assert.Equal(outcome, (await bureau.GetAsync(round.Report))["state"]);
            var end = Assert.Single(
                await bureau.TimelineAsync(round.Card),
                line => (string)line["type"]! is "lossReportFormalized" or "lossReportReleased" or "lossReportLapsed");
            Assert.Equal("lossReport" + outcome, (string)end["type"]!, ignoreCase: true);
            Assert.Equal(outcome == "lapsed" ? "system" : "bank-icbc", (string)end["by"]!);
        }
    }

    private static async Task<(string Card, string Id, string Report, DateTimeOffset ExpiresAt)> LoseAsync(
        Caller hotline, string card, string id)
    {
        var answer = (await hotline.PostAsync(
            $"cards/{card}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
                .Expect(HttpStatusCode.Accepted);
        return (card, id, answer.Headers.Location!.ToString(), DateTimeOffset.Parse(answer["expiresAt"]!, CultureInfo.InvariantCulture));
    }

    /// <summary>Both at once; the one that comes too late is refused.</summary>
    private static async Task<string> RaceAsync(Caller bank, string card, string id, string report)
    {
        var body = new { channel = "bank", idNumber = id };
        var answers = await Task.WhenAll(bank.PostAsync($"{report}/release", body), bank.PostAsync($"{report}/formalization", body));
        Assert.All(answers, answer => Assert.True(
            answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted || answer.Code == "loss-report-ended", $"{card}: {answer.Body}"));
        return (answers[0].Status, answers[1].Status) switch
        {
            (HttpStatusCode.OK, HttpStatusCode.Conflict) => "released",
            (HttpStatusCode.Conflict, HttpStatusCode.Accepted) => "formalized",
            (HttpStatusCode.Conflict, HttpStatusCode.Conflict) => "lapsed",
            var both => throw new InvalidOperationException($"{card}: {both}"),
        };
    }
}
