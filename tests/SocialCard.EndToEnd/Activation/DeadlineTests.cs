using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Activation;

/// <summary>The three hundred days, from the receipt to the loss report and back.</summary>
[Collection(MovingService.Collection)]
public sealed class DeadlineTests(MovingService live)
{
    private const string Reminders = "activationReminded,activationReminded,activationReminded,activationReminded";

    [Fact]
    public async Task A_card_that_nobody_activates_goes_on_loss_report_on_day_301()
    {
        var today = ChinaTime.DateOf(await live.Service.NowAsync());
        var deadline = ChinaTime.StartOf(today.AddDays(301));
        var (number, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var received = (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { receivedOn = today })).Expect(HttpStatusCode.OK);
        Assert.Equal("awaitingActivation", received["status"]);
        Assert.Equal(deadline, InstantOf(received.Body!["activationDeadline"]));
        var (neighbour, neighbourId) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        await live.Service.AdvanceDaysAsync(300);

        Assert.Equal("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK)["status"]);
        var inTime = await live.Hospital.PostAsync(
            $"cards/{neighbour}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = neighbourId });
        Assert.Equal("active", inTime.Expect(HttpStatusCode.OK)["status"]);

        await live.Service.AdvanceDaysAsync(1);

        var expired = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("suspended", "suspended", "activationExpired"), (expired["status"], expired["social.state"], expired["social.reason"]));
        Assert.Equal(deadline, InstantOf(expired.Body!["social"]!["since"]));
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{neighbour}"))["status"]);

        var timeline = await live.Wuxi.TimelineAsync(number);
        Assert.Equal($"registered,received,{Reminders},suspended", string.Join(',', timeline.Select(line => (string)line["type"]!)));
        Assert.Equal(
            [.. new[] { 60, 30, 7, 1 }.Select(days => ReminderOf(deadline, days)), deadline],
            timeline.Skip(2).Select(line => InstantOf(line["at"])));
        Assert.Equal([60, 30, 7, 1], timeline.Skip(2).SkipLast(1).Select(line => (int)line["details"]!["daysBefore"]!));
        Assert.All(timeline.Skip(2), line => Assert.Equal("system", (string)line["by"]!));
        Assert.Equal("activationExpired", (string)timeline[^1]["details"]!["reason"]!);

        var notices = await live.NoticesOfAsync(number);
        Assert.Equal(
            [.. new[] { 60, 30, 7, 1 }.Select(days => $"{number}-reminder-{days}"), $"{number}-expired"],
            notices.Select(notice => (string)notice["noticeId"]!));
        Assert.Equal(timeline.Skip(2).Select(line => InstantOf(line["at"])), notices.Select(notice => InstantOf(notice["at"])));
        Assert.All(notices, notice =>
        {
            Assert.Equal(deadline, InstantOf(notice["deadline"]));
            Assert.Subset(
                new HashSet<string> { "noticeId", "cardNumber", "kind", "at", "deadline", "daysLeft" },
                notice.AsObject().Select(field => field.Key).ToHashSet());
        });

        // The rule of the nation: the bureau's release is enough.
        (await live.Wuxi.PostAsync($"cards/{number}/restoration", new { idNumber = Cards.IdNumber() }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        var restored = (await live.Wuxi.PostAsync($"cards/{number}/restoration", new { idNumber = id })).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active", null), (restored["status"], restored["social.state"], restored["social.reason"]));
        Assert.EndsWith(",suspended,released", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);
        Assert.Equal("cardRestored", (string)(await live.NoticesOfAsync(number))[^1]["kind"]!);
    }

    [Fact]
    public async Task In_Shanxi_an_expired_card_is_restored_by_the_bank_and_then_the_bureau()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        await live.Service.AdvanceDaysAsync(301);

        var expired = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("suspended", "activationExpired"), (expired["social.state"], expired["social.reason"]));
        (await live.Taiyuan.PostAsync($"cards/{number}/restoration", new { idNumber = id }))
            .ExpectProblem(HttpStatusCode.Conflict, "restore-step-missing");

        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number })).Expect(HttpStatusCode.NoContent);
        var half = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("suspended", "active"), (half["social.state"], half["financial.state"]));

        var restored = (await live.Taiyuan.PostAsync($"cards/{number}/restoration", new { idNumber = id })).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active", "active"), (restored["status"], restored["social.state"], restored["financial.state"]));
        Assert.Equal(
            $"registered,received,socialActivated,{Reminders},suspended,financialActivated,released",
            await live.Taiyuan.EventsOfAsync(number));
        var again = (await live.Taiyuan.PostAsync($"cards/{number}/restoration", new { idNumber = id })).Expect(HttpStatusCode.OK);
        Assert.Equal(restored.Text, again.Text);
    }

    [Fact]
    public async Task A_receipt_of_long_ago_expires_at_once_and_only_the_reminders_still_to_come_are_sent()
    {
        var today = ChinaTime.DateOf(await live.Service.NowAsync());
        var (old, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var (late, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{old}/receipt", new { receivedOn = today.AddDays(-301) })).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync($"cards/{late}/receipt", new { receivedOn = today.AddDays(-290) })).Expect(HttpStatusCode.OK);

        await live.Service.SettleAsync();
        Assert.Equal("registered,received,suspended", await live.Wuxi.EventsOfAsync(old));

        await live.Service.AdvanceDaysAsync(12);
        Assert.Equal("registered,received,activationReminded,activationReminded,suspended", await live.Wuxi.EventsOfAsync(late));
    }

    [Fact]
    public async Task In_the_last_second_a_card_can_be_activated()
    {
        // A real second: on a busy machine the request may miss it, and the next card has another.
        for (var attempt = 1; ; attempt++)
        {
            var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
            var deadline = InstantOf((await live.Wuxi.GetAsync($"cards/{number}")).Body!["activationDeadline"]);
            await live.Service.AdvanceToAsync(deadline.AddSeconds(-1));

            var answer = await live.Hospital.PostAsync(
                $"cards/{number}/activations", new { channel = "hospital", occasion = "registration", idNumber = id });
            await live.Service.AdvanceToAsync(deadline.AddMinutes(1));

            var card = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
            if (answer.Status is HttpStatusCode.Conflict && attempt < 5)
            {
                Assert.Equal(("activation-window-closed", "suspended"), (answer.Code, card["social.state"]));
                continue;
            }

            answer.Expect(HttpStatusCode.OK);
            Assert.Equal(("active", "active"), (card["status"], card["social.state"]));
            Assert.InRange(InstantOf(card.Body!["activatedAt"]), deadline.AddSeconds(-1), deadline.AddTicks(-1));
            Assert.DoesNotContain("suspended", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);
            return;
        }
    }

    [Fact]
    public async Task After_the_deadline_a_card_is_refused_at_the_desk_and_the_refusal_of_a_report_is_noted()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await live.Service.AdvanceDaysAsync(301);

        (await live.Hospital.PostAsync($"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .ExpectProblem(HttpStatusCode.Conflict, "activation-window-closed");
        Assert.EndsWith(",suspended", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);

        await ReportAsync(number, await live.Service.NowAsync());
        var timeline = await live.Wuxi.TimelineAsync(number);
        Assert.Equal(("usageRefused", "activation-window-closed", "pharmacy-wuxi"),
            ((string)timeline[^1]["type"]!, (string)timeline[^1]["details"]!["code"]!, (string)timeline[^1]["by"]!));
        Assert.Equal("suspended", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    [Fact]
    public async Task A_late_report_of_a_use_before_the_deadline_lifts_the_expiry()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var deadline = InstantOf((await live.Wuxi.GetAsync($"cards/{number}")).Body!["activationDeadline"]);
        await live.Service.AdvanceDaysAsync(302);
        Assert.Equal("suspended", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);

        await ReportAsync(number, deadline.AddHours(-3));

        var card = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active"), (card["status"], card["social.state"]));
        Assert.Equal(deadline.AddHours(-3), InstantOf(card.Body!["activatedAt"]));
        var timeline = await live.Wuxi.TimelineAsync(number);
        Assert.Equal(
            $"registered,received,{Reminders},suspended,socialActivated,activated,released",
            string.Join(',', timeline.Select(line => (string)line["type"]!)));
        Assert.True((bool)timeline[^1]["details"]!["inTime"]!);
    }

    [Fact]
    public async Task A_late_webhook_of_an_activation_before_the_deadline_lifts_the_expiry_in_Shanxi_too()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Taiyuan);
        var deadline = InstantOf((await live.Taiyuan.GetAsync($"cards/{number}")).Body!["activationDeadline"]);
        await live.Service.AdvanceDaysAsync(302);

        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number, activatedAt = deadline.AddMinutes(-1) }))
            .Expect(HttpStatusCode.NoContent);

        var card = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active", "active"), (card["status"], card["social.state"], card["financial.state"]));
        Assert.EndsWith(
            ",suspended,financialActivated,activated,released", await live.Taiyuan.EventsOfAsync(number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forfeited_card_is_cancelled_for_good()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, MovingService.Forfeiting);
        await live.Service.AdvanceDaysAsync(301);

        var card = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("cancelled", "cancelled", "forfeited", "cancelled"),
            (card["status"], card["social.state"], card["social.reason"], card["financial.state"]));
        var whole = await live.Wuxi.EventsOfAsync(number);
        Assert.Equal($"registered,received,{Reminders},cancelled", whole);

        (await live.Hospital.PostAsync($"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .ExpectProblem(HttpStatusCode.Conflict, "card-cancelled");
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).ExpectProblem(HttpStatusCode.Conflict, "card-cancelled");
        (await live.Wuxi.PostAsync($"cards/{number}/restoration", new { idNumber = id }))
            .ExpectProblem(HttpStatusCode.Conflict, "card-cancelled");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number }))
            .ExpectProblem(HttpStatusCode.Conflict, "card-cancelled");
        Assert.Equal(whole, await live.Wuxi.EventsOfAsync(number));

        await ReportAsync(number, await live.Service.NowAsync());
        Assert.Equal(whole + ",usageRefused", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal("cancelled", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    private async Task ReportAsync(string cardNumber, DateTimeOffset occurredAt)
    {
        await live.ReportUsageAsync(new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = "pharmacy-wuxi",
            cardNumber,
            occasion = "purchase",
            occurredAt,
        });
        await live.Service.SettleAsync();
    }

    // At nine in the morning, China Standard Time, of the day that is so many days before the deadline.
    private static DateTimeOffset ReminderOf(DateTimeOffset deadline, int days) => deadline.AddDays(-days).AddHours(9);

    private static DateTimeOffset InstantOf(JsonNode? text) => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture);
}
