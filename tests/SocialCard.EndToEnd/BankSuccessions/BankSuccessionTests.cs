using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.BankSuccessions;

[Collection(StandingService.Collection)]
public sealed class BankSuccessionTests(StandingService live)
{
    private const string Secret = "whsec_Zmlyc3Qtc2VjcmV0LW9mLWEtYmFuay1vZi1pdHMtb3du";

    [Fact]
    public async Task The_cards_of_a_bank_that_was_taken_over_are_the_others_and_a_repetition_does_nothing()
    {
        var (old, next) = (await BankAsync("bank-taken-over"), await BankAsync("bank-successor"));
        List<string> numbers = [];
        for (var index = 0; index < 3; index++)
        {
            var number = Cards.NextNumber();
            (await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200", "bank-taken-over")))
                .Expect(HttpStatusCode.Created);
            (await old.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
            numbers.Add(number);
        }

        const string path = "partners/bank-taken-over/succession";
        var (key, body) = (Guid.NewGuid().ToString("N"), new { successor = "bank-successor" });
        (await live.Operations.PostAsync(path, body, key)).Expect(HttpStatusCode.OK);
        await CompletedAsync(path);

        foreach (var number in numbers)
        {
            (await old.GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
            Assert.Equal("bank-successor", (await next.GetAsync($"cards/{number}"))["bankId"]);
        }

        (await live.Operations.PostAsync(path, body, key)).Expect(HttpStatusCode.OK);
        (await live.Operations.PostAsync(path, body)).ExpectProblem(HttpStatusCode.Conflict, "bank-already-taken-over");
        (await live.Operations.PostAsync("partners/bank-successor/succession", new { successor = "bank-taken-over" }))
            .ExpectProblem(HttpStatusCode.Conflict, "successor-taken-over");
        Assert.Equal("registered,cardBankChanged", await live.Wuxi.EventsOfAsync(numbers[0]));
        Assert.Equal("3", (await live.Operations.GetAsync(path)).Body!["moved"]!.ToString());
        (await live.Wuxi.PostAsync("cards", Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200", "bank-taken-over")))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "bankId");
    }

    [Fact]
    public async Task A_card_that_is_being_made_is_made_by_the_successor_and_its_holder_is_found_there()
    {
        var (_, next) = (await BankAsync("bank-making"), await BankAsync("bank-making-next"));
        var (number, id, made) = (Cards.NextNumber(), Cards.IdNumber(), Cards.NextNumber());
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200", "bank-making"))).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var reissue = (await live.Wuxi.PostAsync(
            $"cards/{number}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Accepted)["reissueId"]!;

        const string path = "partners/bank-making/succession";
        (await live.Operations.PostAsync(path, new { successor = "bank-making-next" })).Expect(HttpStatusCode.OK);
        await CompletedAsync(path);

        var moved = await live.Wuxi.GetAsync($"cards/{number}/reissues/{reissue}");
        Assert.Equal(("bank-making-next", "inProduction", "2"), (moved["bankId"], moved["state"], moved["orders"]));
        var found = (await next.SendAsync(HttpMethod.Post, "holders/search", new { idNumber = id }, key: null)).Expect(HttpStatusCode.OK);
        Assert.Equal("bank-making-next", (string?)found.Body!["holders"]![0]!["cards"]![0]!["bankId"]);
        var produced = new { reissueId = reissue, newCardNumber = made };
        (await new BankCaller(live.Service, "bank-making", Secret).PostAsync("card.produced", produced))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await new BankCaller(live.Service, "bank-making-next", Secret).PostAsync("card.produced", produced))
            .Expect(HttpStatusCode.NoContent);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Answer card;
        while ((card = await next.GetAsync($"cards/{made}")).Status is not HttpStatusCode.OK)
        {
            await Task.Delay(100, patience.Token);
        }

        Assert.Equal("bank-making-next", card["bankId"]);
    }

    private async Task<Caller> BankAsync(string id)
    {
        var key = $"the-long-key-of-{id}-alone";
        (await live.Operations.PutAsync($"partners/{id}", new
        {
            role = "bank",
            apiKey = key,
            webhookSecret = Secret,
        })).Expect(HttpStatusCode.NoContent);
        return new(live.Service, key);
    }

    private async Task CompletedAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((string?)(await live.Operations.GetAsync(path)).Body!["state"] != "completed")
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
