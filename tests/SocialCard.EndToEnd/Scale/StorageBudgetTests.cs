using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Scale;

/// <summary>Storage operations are the cost of the service, so each call has a budget of them; they are counted, not timed.</summary>
[Collection(UnderLoad.Name)]
public sealed class StorageBudgetTests : IAsyncLifetime
{
    private const int Cards = 30;

    private readonly List<(string Number, string IdNumber)> cards = [];
    private Service service = null!;
    private Caller bureau = null!;
    private Caller hospital = null!;

    public async Task InitializeAsync()
    {
        service = await Service.StartEphemeralAsync();
        bureau = new(service, "local-bureau-wuxi-key");
        hospital = new(service, "local-hospital-wuxi-people-key");
        for (var card = 0; card < Cards; card++)
        {
            cards.Add(await EndToEnd.Cards.ReceivedAsync(bureau, "320200"));
        }

        // Known partners are not looked up again.
        (await hospital.GetAsync($"cards/{cards[0].Number}")).Expect(HttpStatusCode.OK);
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task Reading_a_card_costs_one_read() =>
        Assert.InRange(await CostAsync(card => hospital.GetAsync($"cards/{card.Number}")), 1, 1);

    [Fact]
    public async Task Activating_a_card_costs_at_most_six_operations_in_all() => Assert.InRange(
        await CostAsync(card => hospital.PostAsync(
            $"cards/{card.Number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = card.IdNumber })),
        1,
        6);

    /// <summary>What a call costs, with all that it sets in motion before it answers: the mean of many, in which the host's heartbeat does not show.</summary>
    private async Task<long> CostAsync(Func<(string Number, string IdNumber), Task<Answer>> call)
    {
        var before = await CountAsync();
        foreach (var card in cards)
        {
            (await call(card)).Expect(HttpStatusCode.OK);
        }

        return (long)Math.Round((double)(await CountAsync() - before) / cards.Count);
    }

    /// <summary>All requests to the tables, and all messages put on queues; looking for messages is not a call's cost.</summary>
    private async Task<long> CountAsync()
    {
        var counts = JsonNode.Parse(await service.Http.GetStringAsync(new Uri(service.Admin, "storage-operations")))!;
        return counts["tables"]!.AsObject().Sum(kind => (long)kind.Value!) + (long)counts["queues"]!["insert"]!;
    }
}
