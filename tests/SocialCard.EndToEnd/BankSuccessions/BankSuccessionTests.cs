using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.BankSuccessions;

[Collection(StandingService.Collection)]
public sealed class BankSuccessionTests(StandingService live)
{
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

    private async Task<Caller> BankAsync(string id)
    {
        var key = $"the-long-key-of-{id}-alone";
        (await live.Operations.PutAsync($"partners/{id}", new
        {
            role = "bank",
            apiKey = key,
            webhookSecret = "whsec_Zmlyc3Qtc2VjcmV0LW9mLWEtYmFuay1vZi1pdHMtb3du",
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
