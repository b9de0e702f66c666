using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Operations;

/// <summary>What operations are told is a case that one of them takes and closes.</summary>
[Collection(OperationsService.Collection)]
public sealed class EscalationTests(OperationsService live)
{
    private const string Escalations = "operations/escalations";

    [Fact]
    public async Task An_event_that_contradicts_another_is_a_case_that_is_taken_and_closed_for_a_reason()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"id-{card}"))
            .Expect(HttpStatusCode.NoContent);
        for (var time = 0; time < 2; time++)
        {
            (await live.Bank.PostAsync(
                "card.loss.reported", new { cardNumber = card, reportedAt = await live.Service.NowAsync() }, id: $"id-{card}"))
                .ExpectProblem(HttpStatusCode.Conflict, "webhook-id-reused");
        }

        var id = (string)Assert.Single(await OfAsync("open", card))["escalationId"]!;
        (await live.Wuxi.GetAsync(Escalations)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Operations.PostAsync($"{Escalations}/{id}/closing", new { reason = "" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "reason");

        Assert.Equal("taken", (await live.Operations.PostBareAsync($"{Escalations}/{id}/taking")).Expect(HttpStatusCode.OK)["state"]);
        Assert.Empty(await OfAsync("open", card));
        Assert.Equal("operations", (string?)Assert.Single(await OfAsync("taken", card))["takenBy"]);

        (await live.Operations.PostAsync($"{Escalations}/{id}/closing", new { reason = "the bank has mended it" }))
            .Expect(HttpStatusCode.OK);
        Assert.Empty(await OfAsync("taken", card));
        Assert.Equal("the bank has mended it", (string?)Assert.Single(await OfAsync("closed", card))["reason"]);
        (await live.Operations.PostBareAsync($"{Escalations}/{id}/taking")).ExpectProblem(HttpStatusCode.Conflict, "escalation-closed");
        Assert.Equal(
            ["escalationOpened system", "escalationTaken operations", "escalationClosed operations"],
            (await live.Operations.GetAsync($"{Escalations}/{id}/timeline")).Expect(HttpStatusCode.OK).Body!["events"]!.AsArray()
                .Select(line => $"{line!["type"]} {line["by"]}"));
        (await live.Operations.GetAsync($"{Escalations}/0123456789abcdef"))
            .ExpectProblem(HttpStatusCode.NotFound, "escalation-not-found");
        (await live.Operations.GetAsync($"{Escalations}?state=half"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "state");
    }

    private async Task<IReadOnlyList<JsonNode>> OfAsync(string state, string card) =>
    [
        .. (await live.Operations.GetAsync($"{Escalations}?state={state}")).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray()
            .Select(item => item!).Where(item => (string?)item["matter"]!["cardNumber"] == card),
    ];
}
