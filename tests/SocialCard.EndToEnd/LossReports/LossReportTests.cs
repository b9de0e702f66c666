using System.Globalization;
using System.Net;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Activation;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>Lost cards over HTTP and webhooks, in the regions whose rules differ most.</summary>
public sealed class LossReportTests(MovingService live) : IClassFixture<MovingService>
{
    private const string Wuxi = "320200";

    private readonly Service service = live.Service;
    private readonly Caller hotline = Caller.Hotline(live.Service);
    private readonly Caller bank = Caller.Bank(live.Service);
    private readonly Caller bureau = new(live.Service, "local-bureau-wuxi-key");
    private readonly Caller hospital = new(live.Service, "local-hospital-wuxi-people-key");

    [Fact]
    public async Task A_phone_report_on_a_Saturday_in_Wuxi_lapses_after_seven_days_with_a_warning_and_the_card_works_again()
    {
        var (card, id) = await ActiveAsync();
        await AdvanceToSaturdayAsync();
        var report = (await ReportAsync(card, id)).Expect(HttpStatusCode.Accepted);
        Assert.Equal(
            ("temporary", "social", "effective", "reissueFiled"),
            (report["kind"], report["scope"], report["state"], report["releasableUntil"]));
        var (reportedAt, expiresAt) = (Instant(report["effectiveAt"]), Instant(report["expiresAt"]));
        Assert.Equal(reportedAt.AddDays(7), expiresAt);
        await ExpectAsync(card, "suspended", "temporaryLoss", invalid: true);
        Assert.Equal(report["reportId"], (await bureau.GetAsync($"cards/{card}"))["lossReport.reportId"]);

        await service.AdvanceToAsync(expiresAt.AddDays(-1));
        Assert.EndsWith("lossReported,suspended,lossReportEndWarned", await bureau.EventsOfAsync(card), StringComparison.Ordinal);
        await service.AdvanceToAsync(expiresAt.AddSeconds(-10));
        await ExpectAsync(card, "suspended", "temporaryLoss", invalid: true);
        await service.AdvanceToAsync(expiresAt);
        await ExpectAsync(card, "active", null, invalid: false);

        var lapsed = (await bureau.TimelineAsync(card))[^1];
        Assert.Equal(("lossReportLapsed", "system"), ((string)lapsed["type"]!, (string)lapsed["by"]!));
        Assert.Equal(expiresAt, Instant((string)lapsed["details"]!["lapsedAt"]!));
        Assert.Equal("lapsed", (await bureau.GetAsync(report.Headers.Location!.ToString()))["state"]);

        var left = await StorageContents.ReadAsync(live.Azurite.ConnectionString);
        var notices = await live.NoticesOfAsync(card);
        foreach (var kind in new[] { "lossReported", "lossReportLapsing", "lossReportLapsed" })
        {
            Assert.Single(notices, notice => (string?)notice["kind"] == kind);
        }

        var texts = left.Select(line => line.Text).Concat(notices.Select(notice => notice.ToJsonString()));
        Assert.Empty(texts.SelectMany(text => new Traces(id).In(text)));
    }

    [Fact]
    public async Task A_report_made_formal_on_the_sixth_day_holds_for_both_applications_until_the_accepting_point_releases_it()
    {
        var (card, id) = await ActiveAsync();
        (await BankCaller.Icbc(service).PostAsync("card.financial.activated", new { cardNumber = card })).Expect(HttpStatusCode.NoContent);
        await AdvanceToSaturdayAsync();
        var temporary = (await ReportAsync(card, id)).Expect(HttpStatusCode.Accepted)["reportId"]!;
        await service.AdvanceDaysAsync(6);

        var path = $"cards/{card}/loss-reports/{temporary}/formalization";
        var body = new { channel = "bank", idNumber = id };
        var formal = (await bank.PostAsync(path, body, "formal")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(("formal", "both", "effective", null), (formal["kind"], formal["scope"], formal["state"], formal["expiresAt"]));
        var again = (await bank.PostAsync(path, body, "formal")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(formal["reportId"], again["reportId"]);
        Assert.Equal("loss-report-ended", (await bank.PostAsync(path, body)).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("formalized", (await bank.GetAsync($"cards/{card}/loss-reports/{temporary}"))["state"]);

        await service.AdvanceDaysAsync(60);
        await ExpectAsync(card, "suspended", "formalLoss", invalid: true);
        Assert.Equal("formalLoss", (await bureau.GetAsync($"cards/{card}"))["financial.reason"]);

        var location = formal.Headers.Location!.ToString();
        Assert.EndsWith($"/cards/{card}/loss-reports/{formal["reportId"]}", location, StringComparison.Ordinal);
        var atBureau = new { channel = "serviceWindow", idNumber = id };
        Assert.Equal(
            "loss-release-elsewhere",
            (await bureau.PostAsync($"{location}/release", atBureau)).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal("released", (await bank.PostAsync($"{location}/release", body)).Expect(HttpStatusCode.OK)["state"]);
        await ExpectAsync(card, "active", null, invalid: false);
        Assert.Equal("active", (await bureau.GetAsync($"cards/{card}"))["financial.state"]);
    }

    [Fact]
    public async Task The_two_applications_of_a_card_of_Yongkang_come_back_each_in_its_time()
    {
        var yongkang = await RegisterBureauAsync("330784");
        var (card, id) = await Cards.ReceivedAsync(yongkang, "330784");
        (await BankCaller.Icbc(service).PostAsync("card.financial.activated", new { cardNumber = card })).Expect(HttpStatusCode.NoContent);
        var report = (await ReportAsync(card, id, "both")).Expect(HttpStatusCode.Accepted);
        var reportedAt = Instant(report["reportedAt"]);

        foreach (var (days, financial, social, state) in new[]
        {
            (5, "active", "suspended", "effective"),
            (10, "active", "sealed", "lapsed")
        })
        {
            await service.AdvanceToAsync(reportedAt.AddDays(days).AddSeconds(-10));
            Assert.Equal("suspended", (await yongkang.GetAsync($"cards/{card}"))["social.state"]);
            await service.AdvanceToAsync(reportedAt.AddDays(days));
            var shown = await yongkang.GetAsync($"cards/{card}");
            Assert.Equal((financial, social), (shown["financial.state"], shown["social.state"]));
            Assert.Equal(state, (await yongkang.GetAsync(report.Headers.Location!.ToString()))["state"]);
        }

        Assert.EndsWith(
            "lossReported,suspended,financialSuspended,lossReportEndWarned,lossReportLapsed,lossReportEndWarned,lossReportLapsed",
            (await yongkang.EventsOfAsync(card)).Replace("initialPasswordNoticed,", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_report_in_Weihai_counts_after_a_day()
    {
        var weihai = await RegisterBureauAsync("371000");
        var (card, id) = await Cards.ReceivedAsync(weihai, "371000");
        var report = (await ReportAsync(card, id)).Expect(HttpStatusCode.Accepted);
        Assert.Equal("pending", report["state"]);
        Assert.Equal("awaitingActivation", (await weihai.GetAsync($"cards/{card}"))["status"]);
        await service.AdvanceToAsync(Instant(report["effectiveAt"]));
        var shown = await weihai.GetAsync($"cards/{card}");
        Assert.Equal(("suspended", "temporaryLoss", "effective"), (shown["status"], shown["social.reason"], shown["lossReport.state"]));
    }

    [Fact]
    public async Task In_Shaoguan_the_end_of_a_report_is_the_end_of_the_card()
    {
        var shaoguan = await RegisterBureauAsync("440200");
        var (card, id) = await Cards.ReceivedAsync(shaoguan, "440200");
        var report = (await shaoguan.PostAsync(
            $"cards/{card}/loss-reports",
            new { kind = "formal", reason = "stolen", scope = "social", channel = "serviceWindow", idNumber = id }))
                .Expect(HttpStatusCode.Accepted);
        await service.AdvanceToAsync(Instant(report["expiresAt"]));
        var shown = await shaoguan.GetAsync($"cards/{card}");
        Assert.Equal(("cancelled", "forfeited"), (shown["status"], shown["social.reason"]));
        Assert.Equal("cardCancelled", (await shaoguan.GetAsync(report.Headers.Location!.ToString()))["state"]);
        Assert.Equal("true", (await hospital.GetAsync($"invalid-cards/{card}"))["invalid"]);
    }

    [Fact]
    public async Task The_bank_tells_of_its_side_by_webhook_and_a_release_ends_what_was_reported_before_it()
    {
        var (card, _) = await ActiveAsync();
        var webhooks = BankCaller.Icbc(service);
        (await webhooks.PostAsync("card.financial.activated", new { cardNumber = card })).Expect(HttpStatusCode.NoContent);
        await service.AdvanceDaysAsync(1);
        var (events, now) = (await bureau.EventsOfAsync(card), await service.NowAsync());

        (await webhooks.PostAsync(
            "card.loss.reported",
            new { cardNumber = card, reportedAt = now, kind = "temporary" },
            id: "m1")).Expect(HttpStatusCode.NoContent);
        (await webhooks.PostAsync("card.loss.reported", new { cardNumber = card, reportedAt = now })).Expect(HttpStatusCode.NoContent);
        var shown = await bureau.GetAsync($"cards/{card}");
        Assert.Equal(
            ("active", "suspended", "temporaryLoss"), (shown["social.state"], shown["financial.state"], shown["financial.reason"]));

        (await webhooks.PostAsync("card.loss.released", new { cardNumber = card, releasedAt = now.AddSeconds(-1) }))
            .Expect(HttpStatusCode.NoContent);
        Assert.Equal("suspended", (await bureau.GetAsync($"cards/{card}"))["financial.state"]);
        (await webhooks.PostAsync("card.loss.released", new { cardNumber = card, releasedAt = now })).Expect(HttpStatusCode.NoContent);
        (await webhooks.PostAsync("card.loss.released", new { cardNumber = card, releasedAt = now })).Expect(HttpStatusCode.NoContent);
        Assert.Equal("active", (await bureau.GetAsync($"cards/{card}"))["financial.state"]);
        Assert.Equal(
            events + ",lossReported,financialSuspended,bankEventNoted,lossReportReleased", await bureau.EventsOfAsync(card));
        (await webhooks.PostAsync("card.loss.reported", new { cardNumber = card, reportedAt = now.AddDays(1) }))
            .Expect(HttpStatusCode.BadRequest);
        (await webhooks.PostAsync("card.loss.reported", new { cardNumber = card })).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Every_refusal_has_its_code()
    {
        var (card, id) = await ActiveAsync();
        var path = $"cards/{card}/loss-reports";
        object Body(string channel = "phone", string? idNumber = null, string kind = "temporary", string scope = "social") =>
            new { kind, reason = "lost", scope, channel, idNumber = idNumber ?? id };

        Assert.Equal("forbidden", (await hotline.PostAsync(path, Body("serviceWindow"))).Expect(HttpStatusCode.Forbidden).Code);
        Assert.Equal("invalid-request", (await hotline.PostAsync(path, Body(idNumber: "123"))).Expect(HttpStatusCode.BadRequest).Code);
        Assert.Equal(
            "holder-mismatch",
            (await hotline.PostAsync(path, Body(idNumber: Cards.IdNumber()))).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal(
            "channel-not-allowed", (await bureau.PostAsync(path, Body("serviceWindow"))).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal("forbidden", (await Caller.Operations(service).PostAsync(path, Body())).Expect(HttpStatusCode.Forbidden).Code);
        Assert.Equal(
            "card-not-found",
            (await Caller.OtherBank(service).PostAsync(path, Body("bank", kind: "formal"))).Expect(HttpStatusCode.NotFound).Code);

        var reportId = (await hotline.PostAsync(path, Body())).Expect(HttpStatusCode.Accepted)["reportId"];
        Assert.Equal("loss-already-reported", (await hotline.PostAsync(path, Body())).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("loss-report-not-found", (await bureau.GetAsync($"{path}/0123456789abcdef")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal("loss-report-not-found", (await bureau.GetAsync($"{path}/a'b")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal(
            "loss-report-not-found", (await Caller.OtherBank(service).GetAsync($"{path}/{reportId}")).Expect(HttpStatusCode.NotFound).Code);
        foreach (var call in new[] { $"{path}/0123456789abcdef/release", $"{path}/0123456789abcdef/formalization", $"{path}/a'b/release" })
        {
            Assert.Equal(
                "loss-report-not-found",
                (await bank.PostAsync(call, new { channel = "bank", idNumber = id })).Expect(HttpStatusCode.NotFound).Code);
        }

        var agent = new { channel = "bank", idNumber = id, agent = new { idNumber = Cards.IdNumber(), name = "李", powerOfAttorney = "1" } };
        Assert.Equal(
            "agent-not-allowed",
            (await bank.PostAsync($"{path}/{reportId}/release", agent)).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal(
            "card-suspended",
            (await hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal(
            "released",
            (await bank.PostAsync($"{path}/{reportId}/release", new { channel = "bank", idNumber = id }))
                .Expect(HttpStatusCode.OK)["state"]);
        Assert.Equal(
            "loss-report-ended",
            (await bank.PostAsync($"{path}/{reportId}/release", new { channel = "bank", idNumber = id }))
                .Expect(HttpStatusCode.Conflict).Code);
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);

    private async Task<(string Number, string IdNumber)> ActiveAsync()
    {
        var (card, id) = await Cards.ReceivedAsync(bureau, Wuxi);
        (await hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        return (card, id);
    }

    private async Task<Caller> RegisterBureauAsync(string region)
    {
        var key = $"key-of-bureau-{region}-that-only-it-knows";
        (await Caller.Operations(service).PutAsync($"partners/bureau-{region}", new { role = "bureau", apiKey = key, regionCode = region }))
            .Expect(HttpStatusCode.NoContent);
        return new(service, key);
    }

    private async Task AdvanceToSaturdayAsync()
    {
        var today = ChinaTime.DateOf(await service.NowAsync());
        var days = ((int)DayOfWeek.Saturday - (int)today.DayOfWeek + 6) % 7 + 1;
        await service.AdvanceToAsync(ChinaTime.At(today.AddDays(days), new TimeOnly(10, 30)));
    }

    private Task<Answer> ReportAsync(string card, string idNumber, string scope = "social") =>
        hotline.PostAsync($"cards/{card}/loss-reports", new { kind = "temporary", reason = "lost", scope, channel = "phone", idNumber });

    private async Task ExpectAsync(string card, string state, string? reason, bool invalid)
    {
        var shown = await bureau.GetAsync($"cards/{card}");
        Assert.Equal((state, reason), (shown["social.state"], shown["social.reason"]));
        Assert.Equal(invalid ? "true" : "false", (await hospital.GetAsync($"invalid-cards/{card}")).Expect(HttpStatusCode.OK)["invalid"]);
    }
}
