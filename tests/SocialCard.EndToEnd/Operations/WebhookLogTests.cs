using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Operations;

/// <summary>What banks send is in the log with what came of it, and what failed here is taken again here.</summary>
[Collection(MeasuredService.Collection)]
public sealed class WebhookLogTests(MeasuredService live)
{
    private const string Deliveries = "operations/webhook-deliveries";

    [Fact]
    public async Task Taken_and_refused_webhooks_are_in_the_log_and_a_repetition_is_one_more_try_of_the_same()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"taken-{card}"))
            .Expect(HttpStatusCode.NoContent);
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"taken-{card}"))
            .Expect(HttpStatusCode.NoContent);
        (await live.Bank.PostAsync("card.delivered", new { cardNumber = "T99999999" }, id: $"unknown-{card}"))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");

        var taken = await OneAsync($"taken-{card}", "taken");
        Assert.Equal((2, 204, "card.financial.activated"), ((int)taken["attempts"]!, (int)taken["status"]!, (string?)taken["type"]));
        Assert.Null(taken["reason"]);
        var refused = await OneAsync($"unknown-{card}", "refused");
        Assert.Equal((1, 404, "card-not-found"), ((int)refused["attempts"]!, (int)refused["status"]!, (string?)refused["reason"]));
        Assert.NotEqual((string?)taken["bodyHash"], (string?)refused["bodyHash"]);
        (await live.Operations.PostBareAsync($"{Deliveries}/{taken["id"]}/retake"))
            .ExpectProblem(HttpStatusCode.Conflict, "delivery-not-failed");
        (await live.Operations.PostBareAsync($"{Deliveries}/nothing/retake")).ExpectProblem(HttpStatusCode.NotFound, "delivery-not-found");
        (await live.Wuxi.GetAsync(Deliveries)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_forged_webhook_is_found_in_the_log_beside_the_one_whose_id_it_has()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"same-{card}"))
            .Expect(HttpStatusCode.NoContent);
        var forger = new BankCaller(live.Service, "bank-icbc", "whsec_bmV3LXNlY3JldC1vZi10aGUtc2Vjb25kLWJhbms=");
        (await forger.PostAsync("card.loss.released", new { cardNumber = card }, id: $"same-{card}"))
            .ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");

        var forged = await OneAsync($"same-{card}", "refused");
        Assert.Equal((401, "bad-signature", false), ((int)forged["status"]!, (string?)forged["reason"], (bool)forged["isProven"]!));
        Assert.Null(forged["type"]);
        Assert.Equal(1, (int)(await OneAsync($"same-{card}", "taken"))["attempts"]!);
    }

    [Fact]
    public async Task A_proven_one_that_failed_here_is_taken_again_once_and_its_body_is_not_kept_after_that()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        live.Storage.DownFor = $"'card-{card}'";
        try
        {
            (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"failed-{card}"))
                .ExpectProblem(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        }
        finally
        {
            live.Storage.DownFor = null;
        }

        var failed = await OneAsync($"failed-{card}", "failed");
        Assert.Equal("storage-unavailable", (string?)failed["reason"]);
        (await live.Operations.PostBareAsync($"{Deliveries}/{failed["id"]}/retake")).Expect(HttpStatusCode.NoContent);

        var taken = await OneAsync($"failed-{card}", "taken");
        Assert.Equal((2, "operations"), ((int)taken["attempts"]!, (string?)taken["retakenBy"]));
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{card}"))["financial.state"]);
        (await live.Operations.PostBareAsync($"{Deliveries}/{failed["id"]}/retake"))
            .ExpectProblem(HttpStatusCode.Conflict, "delivery-not-failed");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"failed-{card}"))
            .Expect(HttpStatusCode.NoContent);
        Assert.Single((await live.Wuxi.TimelineAsync(card)), line => (string?)line["type"] == "financialActivated");
    }

    private async Task<JsonNode> OneAsync(string webhookId, string outcome) =>
        (await live.Operations.GetAsync($"{Deliveries}?bankId=bank-icbc&outcome={outcome}")).Expect(HttpStatusCode.OK)
            .Body!["items"]!.AsArray().Single(item => (string?)item!["webhookId"] == webhookId)!;
}
