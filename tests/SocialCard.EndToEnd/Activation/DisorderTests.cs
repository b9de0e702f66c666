using System.Globalization;
using System.Net;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Activation;

/// <summary>What happens twice, at once, or in another order than it should.</summary>
[Collection(StandingService.Collection)]
public sealed class DisorderTests(StandingService live)
{
    [Fact]
    public async Task A_use_before_the_receipt_was_registered_implies_the_receipt()
    {
        var (number, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var today = ChinaTime.DateOf(await live.Service.NowAsync());

        var used = await ActivateAsync(number, id);

        Assert.Equal(("active", today.ToString("O")), (used.Expect(HttpStatusCode.OK)["status"], used["receivedOn"]));
        var timeline = await live.Wuxi.TimelineAsync(number);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        Assert.True((bool)timeline[1]["details"]!["implied"]!);

        // The bureau's registration comes later and knows the day.
        var confirmed = await live.Wuxi.PostAsync($"cards/{number}/receipt", new { receivedOn = today.AddDays(-2) });
        Assert.Equal(("active", today.AddDays(-2).ToString("O")), (confirmed.Expect(HttpStatusCode.OK)["status"], confirmed["receivedOn"]));
        Assert.Equal(used["activationDeadline"], confirmed["activationDeadline"]);
        Assert.EndsWith(",receiptConfirmed", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_activation_finds_the_card_active()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var first = (await ActivateAsync(number, id)).Expect(HttpStatusCode.OK);

        var second = (await ActivateAsync(number, id)).Expect(HttpStatusCode.OK);

        Assert.Equal(first.Text, second.Text);
        Assert.False(second.IsReplayed);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task Through_all_channels_at_once_a_card_is_activated_once()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var occurredAt = await live.Service.NowAsync();
        var report = live.ReportUsageAsync(new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = "hospital-wuxi",
            cardNumber = number,
            occasion = "outpatient",
            occurredAt,
        });
        var account = live.Bank.PostAsync("card.financial.activated", new { cardNumber = number });

        var answers = await Task.WhenAll(
            ActivateAsync(number, id),
            live.Pharmacy.PostAsync($"cards/{number}/activations", new { channel = "pharmacy", occasion = "purchase", idNumber = id }),
            Caller.Bank(live.Service).PostAsync($"cards/{number}/activations", new { channel = "bank", idNumber = id }),
            live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }),
            Caller.Online(live.Service).PostAsync($"cards/{number}/activations", new { channel = "online", idNumber = id }));
        await report;
        (await account).Expect(HttpStatusCode.NoContent);
        await live.Service.SettleAsync();

        Assert.All(answers, answer => Assert.Equal("active", answer.Expect(HttpStatusCode.OK)["social.state"]));
        var events = (await live.Wuxi.EventsOfAsync(number)).Split(',');
        // Of uses that come in another order than they happened in, the first says since when the card works.
        Assert.Equal(
            ["activated", "financialActivated", "received", "registered", "socialActivated"],
            events.Where(type => type != "enabledEarlier").Order());
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    [Fact]
    public async Task A_visit_number_that_names_the_call_and_the_report_names_two_requests()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var visit = "visit-" + number;
        (await ActivateAsync(number, id, visit)).Expect(HttpStatusCode.OK);

        await live.ReportUsageAsync(new
        {
            messageId = visit,
            partnerId = "hospital-wuxi",
            cardNumber = number,
            occasion = "outpatient",
            occurredAt = await live.Service.NowAsync(),
        });
        await live.Service.SettleAsync();

        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal(0, (await live.QueueOf("card-usages").GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task What_the_bank_tells_late_says_since_when_it_is_so_and_changes_nothing_else()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var now = await live.Service.NowAsync();
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number, activatedAt = now }))
            .Expect(HttpStatusCode.NoContent);
        var before = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);

        (await live.Bank.PostAsync(
            "card.financial.activated", new { cardNumber = number, activatedAt = now.AddDays(-9) }, timestamp: now.AddDays(-9)))
            .Expect(HttpStatusCode.NoContent);
        (await live.Bank.PostAsync("card.delivered", new { cardNumber = number, deliveredOn = ChinaTime.DateOf(now) }))
            .Expect(HttpStatusCode.NoContent);
        (await live.Bank.PostAsync("card.delivered", new { cardNumber = number, deliveredOn = ChinaTime.DateOf(now).AddDays(-9) }))
            .ExpectProblem(HttpStatusCode.Conflict, "already-received");

        var after = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            (before["status"], before["social.state"], before["receivedOn"], before["activationDeadline"]),
            (after["status"], after["social.state"], after["receivedOn"], after["activationDeadline"]));
        Assert.Equal(now.AddDays(-9), DateTimeOffset.Parse(after["financial.since"]!, CultureInfo.InvariantCulture));
        Assert.StartsWith(
            "registered,received,financialActivated,activated", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bank_may_tell_of_a_card_that_nobody_has_handed_over()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number })).Expect(HttpStatusCode.NoContent);
        Assert.Equal("registered,received,financialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    private Task<Answer> ActivateAsync(string number, string id, string? key = null) => live.Hospital.PostAsync(
        $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }, key);
}
