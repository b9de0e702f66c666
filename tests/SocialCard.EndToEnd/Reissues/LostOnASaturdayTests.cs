using System.Globalization;
using System.Net;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>
/// The whole story of a lost card: by phone on a Saturday, at the bank six days later, a new card that comes late, and its
/// first use at a hospital. Nothing but HTTP, webhooks and queues.
/// </summary>
public sealed class LostOnASaturdayTests : IAsyncLifetime
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-regions-");
    private Azurite azurite = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString, await ReissueCounter.SettingsAsync(files));
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
        files.Delete(recursive: true);
    }

    [Fact]
    public async Task Both_timelines_read_as_a_story_and_the_old_card_is_listed_from_the_first_minute()
    {
        var wuxi = new ReissueCounter(service, azurite.ConnectionString);
        var (old, id) = await wuxi.ActiveAsync();
        var today = ChinaTime.DateOf(await service.NowAsync());
        var saturday = today.AddDays(1 + ((DayOfWeek.Saturday - today.AddDays(1).DayOfWeek + 7) % 7));
        await service.AdvanceToAsync(ChinaTime.At(saturday, new TimeOnly(15, 0)));

        var reported = (await wuxi.Hotline.PostAsync(
            $"cards/{old}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
                .Expect(HttpStatusCode.Accepted);
        Assert.Equal("True", (await wuxi.Hospital.GetAsync($"invalid-cards/{old}"))["invalid"], ignoreCase: true);
        Assert.Equal(ChinaTime.At(saturday.AddDays(7), new TimeOnly(15, 0)), Instant(reported["expiresAt"]), TimeSpan.FromMinutes(1));
        var early = await wuxi.TryFileAsync(old, id, "lost");
        Assert.Equal("formal-report-required", early.Expect(HttpStatusCode.Conflict).Code);

        var friday = saturday.AddDays(6);
        await service.AdvanceToAsync(ChinaTime.At(friday, new TimeOnly(10, 0)));
        (await wuxi.BankDesk.PostAsync(
            $"cards/{old}/loss-reports/{reported["reportId"]}/formalization",
            new { channel = "bank", idNumber = id })).Expect(HttpStatusCode.Accepted);
        var filed = (await wuxi.BankDesk.PostAsync(
            $"cards/{old}/reissues",
            new { reason = "lost", delivery = "pickUp", channel = "bank", idNumber = id })).Expect(HttpStatusCode.Accepted);
        var reissue = filed["reissueId"]!;
        Assert.EndsWith($"/cards/{old}/reissues/{reissue}", filed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("awaitingPayment", "15"), (filed["state"], filed["feeYuan"]));

        (await wuxi.Bank.PostAsync("card.fee.paid", new { cardNumber = old, reissueId = reissue, amountYuan = 15 }))
            .Expect(HttpStatusCode.NoContent);
        Assert.Equal("fee-not-due", (await wuxi.PayAsync(old, reissue)).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal(
            "reissue-in-production",
            (await wuxi.BankDesk.PostAsync($"cards/{old}/reissues/{reissue}/cancellation", new { channel = "bank", idNumber = id }))
                .Expect(HttpStatusCode.Conflict).Code);
        var order = Assert.Single(await wuxi.OrdersAsync(reissue));
        Assert.Equal($"{reissue}-1", order);
        var promised = Calendar.AddWorkingDays(friday, 3).Date;
        Assert.Equal(
            promised.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (await wuxi.UntilAsync(old, reissue, "inProduction"))["promisedOn"]);

        var late = ChinaTime.At(Calendar.AddWorkingDays(promised, 1).Date, new TimeOnly(9, 0));
        await service.AdvanceToAsync(late.AddSeconds(-30));
        Assert.Empty(await wuxi.EscalationsAsync());
        await service.AdvanceToAsync(late);
        var escalation = Assert.Single(await wuxi.EscalationsAsync());
        Assert.Equal(
            ("productionOverdue", reissue, 1),
            ((string?)escalation["kind"], (string?)escalation["reissueId"], (int?)escalation["workingDaysLate"]));

        var fresh = Cards.NextNumber();
        (await wuxi.ProduceAsync(reissue, fresh)).Expect(HttpStatusCode.NoContent);
        await wuxi.UntilAsync(old, reissue, "ready");
        Assert.Equal(old, (await wuxi.CardAsync(fresh)).Expect(HttpStatusCode.OK)["replaces"]);
        (await wuxi.BankDesk.PostAsync($"cards/{fresh}/receipt", new { })).Expect(HttpStatusCode.OK);
        await wuxi.UntilAsync(old, reissue, "received");
        Assert.Equal("suspended", (await wuxi.CardAsync(old))["status"]);

        await service.AdvanceDaysAsync(1);
        await wuxi.ActivateAsync(fresh, id);
        await wuxi.UntilAsync(old, reissue, "completed");
        var ended = await wuxi.CardAsync(old);
        Assert.Equal(("cancelled", "replaced", fresh), (ended["status"], ended["social.reason"], ended["replacedBy"]));
        Assert.Equal(("active", old), ((await wuxi.CardAsync(fresh))["status"], (await wuxi.CardAsync(fresh))["replaces"]));
        Assert.Equal("True", (await wuxi.Hospital.GetAsync($"invalid-cards/{old}"))["invalid"], ignoreCase: true);

        Assert.Equal(
            [
                "registered", "received", "socialActivated", "activated",
                "reissueFiled", "reissueFeePaid", "productionOrdered", "productionOverdue", "newCardProduced", "newCardReady",
                "newCardReceived", "cancelled", "reissueCompleted",
            ],
            (await wuxi.StoryAsync(old))
                .Where(type => !type.StartsWith("loss", StringComparison.Ordinal) && !type.EndsWith("uspended", StringComparison.Ordinal)));
        Assert.Equal(
            ["registered", "replacementIssued", "received", "socialActivated", "activated", "firstUsed"], await wuxi.StoryAsync(fresh));
        Assert.Single(await wuxi.OrdersAsync(reissue));
        Assert.Single(await wuxi.EscalationsAsync());
    }

    [Fact]
    public async Task A_fee_that_nobody_pays_ends_the_reissue_and_a_new_card_for_it_is_refused_and_noted()
    {
        var wuxi = new ReissueCounter(service, azurite.ConnectionString);
        var (old, id) = await wuxi.ActiveAsync();
        var reissue = await wuxi.FileAsync(old, id);
        Assert.Equal("reissue-running", (await wuxi.TryFileAsync(old, id, "damaged")).Expect(HttpStatusCode.Conflict).Code);
        await service.AdvanceDaysAsync(31);
        await wuxi.UntilAsync(old, reissue, "cancelled");
        var fresh = Cards.NextNumber();
        Assert.Equal("reissue-not-running", (await wuxi.ProduceAsync(reissue, fresh, "msg_late")).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("reissue-not-running", (await wuxi.PayAsync(old, reissue)).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("card-not-found", (await wuxi.CardAsync(fresh)).Code);
        Assert.Equal(["reissueFiled", "reissueCancelled", "newCardRefused"], (await wuxi.StoryAsync(old))[4..]);
        Assert.Equal("active", (await wuxi.CardAsync(old))["status"]);
    }

    [Fact]
    public async Task A_card_that_is_told_of_before_its_fee_is_taken_when_it_is_told_of_again()
    {
        var wuxi = new ReissueCounter(service, azurite.ConnectionString);
        var (old, id) = await wuxi.ActiveAsync();
        var (reissue, fresh) = (await wuxi.FileAsync(old, id), Cards.NextNumber());
        var told = $"early-{fresh}";
        Assert.Equal("order-not-found", (await wuxi.ProduceAsync(reissue, fresh, told)).Expect(HttpStatusCode.NotFound).Code);
        (await wuxi.Bank.PostAsync("card.fee.paid", new { cardNumber = old, reissueId = reissue, amountYuan = 15 }))
            .Expect(HttpStatusCode.NoContent);
        (await wuxi.ProduceAsync(reissue, fresh, told)).Expect(HttpStatusCode.NoContent);
        await wuxi.UntilAsync(old, reissue, "ready");
    }

    [Fact]
    public async Task After_three_failed_orders_operations_decide()
    {
        var wuxi = new ReissueCounter(service, azurite.ConnectionString);
        var (old, id) = await wuxi.ActiveAsync();
        var reissue = await wuxi.FileAsync(old, id);
        (await wuxi.PayAsync(old, reissue)).Expect(HttpStatusCode.OK);
        for (var order = 1; order <= 3; order++)
        {
            (await wuxi.Bank.PostAsync("card.production.failed", new { reissueId = reissue, orderId = $"{reissue}-{order}" }))
                .Expect(HttpStatusCode.NoContent);
        }

        (await wuxi.Bank.PostAsync("card.production.failed", new { reissueId = reissue, orderId = $"{reissue}-3" }))
            .Expect(HttpStatusCode.NoContent);
        Assert.Contains(
            await wuxi.EscalationsAsync(),
            escalation => (string?)escalation["kind"] == "productionHalted" && (string?)escalation["reissueId"] == reissue);
        Assert.Equal(3, (await wuxi.OrdersAsync(reissue)).Distinct().Count());
        (await wuxi.Bureau.PostAsync($"cards/{old}/reissues/{reissue}/order", new { })).Expect(HttpStatusCode.Forbidden);
        (await Caller.Operations(service).PostAsync($"cards/{old}/reissues/{reissue}/order", new { })).Expect(HttpStatusCode.OK);
        Assert.Equal(4, (await wuxi.OrdersAsync(reissue)).Distinct().Count());
    }

    [Fact]
    public async Task A_certificate_or_temporary_card_bridges_the_wait_only_where_the_region_has_one()
    {
        var wuxi = new ReissueCounter(service, azurite.ConnectionString);
        var (old, id) = await wuxi.ActiveAsync();
        var body = new { channel = "serviceWindow", idNumber = id };
        Assert.Equal(
            "temporary-card-not-offered",
            (await wuxi.Bureau.PostAsync($"cards/{old}/temporary-card", body)).Expect(HttpStatusCode.UnprocessableEntity).Code);

        var taiyuan = Caller.Bureau(service);
        var (card, holder) = await Cards.ReceivedAsync(taiyuan);
        body = new { channel = "serviceWindow", idNumber = holder };
        Assert.Equal(
            "no-reissue-running", (await taiyuan.PostAsync($"cards/{card}/temporary-card", body)).Expect(HttpStatusCode.Conflict).Code);
        (await taiyuan.PostAsync(
            $"cards/{card}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = holder })).Expect(HttpStatusCode.Accepted);
        var issued = (await taiyuan.PostAsync($"cards/{card}/temporary-card", body)).Expect(HttpStatusCode.Created);
        Assert.Equal(
            "temporary-card-maximum-reached",
            (await taiyuan.PostAsync($"cards/{card}/temporary-card/extension", body)).Expect(HttpStatusCode.Conflict).Code);
        await service.AdvanceToAsync(Instant(issued["validUntil"]));
        Assert.Equal("expired", (await taiyuan.GetAsync($"cards/{card}"))["temporaryCard.end"]);
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);
}
