using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Counter;

/// <summary>Finding people by what they show: who is shown to whom.</summary>
[Collection(StandingService.Collection)]
public sealed class HolderSearchTests(StandingService live)
{
    [Fact]
    public async Task Each_partner_finds_the_people_and_the_cards_of_his_own()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var elsewhere = Cards.NextNumber();
        (await live.Kunming.PostAsync("cards", Cards.Registration(elsewhere, idNumber, "530100", "bank-ccb")))
            .Expect(HttpStatusCode.Created);

        Assert.Equal([number], await CardsAsync(live.Wuxi, idNumber));
        Assert.Equal([elsewhere], await CardsAsync(live.Kunming, idNumber));
        Assert.Equal([number], await CardsAsync(Caller.Bank(live.Service), idNumber));
        Assert.Equal([elsewhere], await CardsAsync(Caller.OtherBank(live.Service), idNumber));
        Assert.Equal([number, elsewhere], await CardsAsync(Caller.Hotline(live.Service), idNumber));
        Assert.Equal([number, elsewhere], await CardsAsync(live.Operations, idNumber));
        Assert.Empty(await live.Taiyuan.SearchAsync(new { idNumber }));
        Assert.Empty(await live.Operations.SearchAsync(new { idNumber = Cards.IdNumber() }));
        (await live.Hospital.PostAsync("holders/search", new { idNumber })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Of_several_under_one_number_each_sees_his_own_and_a_name_or_a_card_tells_them_apart()
    {
        var idNumber = Cards.IdNumber();
        var (first, second) = (Cards.NextNumber(), Cards.NextNumber());
        (await live.Wuxi.PostAsync("cards", CounterCalls.Registration(first, idNumber, "王建国"))).Expect(HttpStatusCode.Created);
        (await live.Kunming.PostAsync("cards", CounterCalls.Registration(second, idNumber, "李大山", "530100")))
            .Expect(HttpStatusCode.Created);

        var both = await live.Operations.SearchAsync(new { idNumber });
        Assert.Equal(["李**", "王**"], both.Select(found => (string)found["holder"]!["name"]!).Order(StringComparer.Ordinal));
        Assert.Equal([first], await CardsAsync(live.Wuxi, idNumber));
        Assert.Equal([second], await CardsAsync(live.Kunming, idNumber));
        Assert.Single(await live.Operations.SearchAsync(new { idNumber, name = "王建国" }));
        Assert.Single(await live.Operations.SearchAsync(new { idNumber, cardNumber = second }));
        Assert.Empty(await live.Operations.SearchAsync(new { idNumber, name = "王建国", cardNumber = second }));
    }

    [Theory]
    [InlineData("""{}""", "idNumber")]
    [InlineData("""{"idNumber": "140105199003220817"}""", "idNumber")]
    [InlineData("""{"idNumber": "11010519491231002X", "name": " "}""", "name")]
    [InlineData("""{"idNumber": "11010519491231002X", "cardNumber": "1"}""", "cardNumber")]
    [InlineData("""{"idNumber": "11010519491231002X", "born": "1990"}""", "born")]
    public async Task A_question_is_held_to_its_form(string body, string field) =>
        (await live.Wuxi.SendAsync(HttpMethod.Post, "holders/search", body, key: null))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);

    private static async Task<IEnumerable<string>> CardsAsync(Caller caller, string idNumber) =>
        (await caller.FindAsync(idNumber))["cards"]!.AsArray().Select(card => (string)card!["cardNumber"]!);
}
