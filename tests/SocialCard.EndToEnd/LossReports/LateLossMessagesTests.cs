using System.Globalization;
using System.Net;
using SocialCard.EndToEnd.Activation;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>What banks tell late of a card that was reported by phone meanwhile, in Suzhou, where both applications go together.</summary>
public sealed class LateLossMessagesTests(MovingService live) : IClassFixture<MovingService>
{
    private const string Suzhou = "320500";

    private readonly Service service = live.Service;
    private readonly Caller hotline = Caller.Hotline(live.Service);
    private readonly BankCaller bank = BankCaller.Icbc(live.Service);

    [Fact]
    public async Task A_formal_report_that_the_bank_tells_of_after_the_phone_keeps_the_card_suspended_when_the_phones_would_have_lapsed()
    {
        var (bureau, card, reportedAt, expiresAt) = await ReportedByPhoneAsync();
        await TellAsync("card.loss.reported", new { cardNumber = card, reportedAt = reportedAt.AddMinutes(-10), kind = "formal" });
        await ExpectAsync(bureau, card, "formalLoss", reportedAt.AddMinutes(-10));

        await service.AdvanceToAsync(expiresAt.AddDays(1));
        await ExpectAsync(bureau, card, "formalLoss", reportedAt.AddMinutes(-10));

        // A release that is newer than both ends both.
        await TellAsync("card.loss.released", new { cardNumber = card, releasedAt = await service.NowAsync() });
        await ExpectAsync(bureau, card, null, null);
    }

    [Fact]
    public async Task A_release_that_is_older_than_the_phones_report_does_not_release_it()
    {
        var (bureau, card, reportedAt, expiresAt) = await ReportedByPhoneAsync();
        await TellAsync("card.loss.reported", new { cardNumber = card, reportedAt = reportedAt.AddMinutes(-10), kind = "formal" });
        await TellAsync("card.loss.released", new { cardNumber = card, releasedAt = reportedAt.AddMinutes(-5) });
        await ExpectAsync(bureau, card, "temporaryLoss", reportedAt);
        Assert.Equal(expiresAt, Instant((await bureau.GetAsync($"cards/{card}"))["lossReport.expiresAt"]));

        await service.AdvanceToAsync(expiresAt);
        await ExpectAsync(bureau, card, null, null);
        Assert.Equal("lossReportLapsed", (string?)(await bureau.TimelineAsync(card))[^1]["type"]);
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);

    private async Task<(Caller Bureau, string Card, DateTimeOffset ReportedAt, DateTimeOffset ExpiresAt)> ReportedByPhoneAsync()
    {
        const string key = "key-of-bureau-suzhou-that-only-it-knows";
        (await Caller.Operations(service).PutAsync("partners/bureau-suzhou", new { role = "bureau", apiKey = key, regionCode = Suzhou }))
            .Expect(HttpStatusCode.NoContent);
        var bureau = new Caller(service, key);
        var (card, id) = await Cards.ReceivedAsync(bureau, Suzhou);
        await TellAsync("card.financial.activated", new { cardNumber = card });
        await service.AdvanceDaysAsync(1);
        var report = (await hotline.PostAsync(
            $"cards/{card}/loss-reports", new { kind = "temporary", reason = "lost", scope = "both", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        return (bureau, card, Instant(report["reportedAt"]), Instant(report["expiresAt"]));
    }

    private async Task TellAsync(string type, object data) => (await bank.PostAsync(type, data)).Expect(HttpStatusCode.NoContent);

    private static async Task ExpectAsync(Caller bureau, string card, string? reason, DateTimeOffset? since)
    {
        var shown = await bureau.GetAsync($"cards/{card}");
        Assert.Equal((reason, reason), (shown["social.reason"], shown["financial.reason"]));
        if (since is { } lost)
        {
            Assert.Equal((lost, lost), (Instant(shown["social.since"]), Instant(shown["financial.since"])));
        }
    }
}
