using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Counter;

/// <summary>Where a person can be reached is his, not one of his cards'.</summary>
[Collection(StandingService.Collection)]
public sealed class HolderContactTests(StandingService live)
{
    [Fact]
    public async Task A_new_mobile_number_is_every_card_s_and_told_by_nobody()
    {
        const string Mobile = "13912345678";
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var elsewhere = Cards.NextNumber();
        (await live.Kunming.PostAsync("cards", Cards.Registration(elsewhere, idNumber, "530100"))).Expect(HttpStatusCode.Created);
        var found = await live.Wuxi.FindAsync(idNumber);
        var path = $"holders/{CounterCalls.IdOf(found)}/contact";
        var key = Guid.NewGuid().ToString("N");

        var changed = (await Caller.Hotline(live.Service).PutAsync(path, new { mobile = Mobile, idNumber }, key)).Expect(HttpStatusCode.OK);
        Assert.Equal("139****5678", changed["holder.mobile"]);
        Assert.True((await Caller.Hotline(live.Service).PutAsync(path, new { mobile = Mobile, idNumber }, key)).IsReplayed);
        (await live.Wuxi.PutAsync(path, new { mobile = Mobile, idNumber })).Expect(HttpStatusCode.OK);
        Assert.Equal("139****5678", (await live.Wuxi.GetAsync($"cards/{number}"))["holder.mobile"]);
        Assert.Equal("139****5678", (await live.Kunming.GetAsync($"cards/{elsewhere}"))["holder.mobile"]);

        (await Caller.Online(live.Service).PutAsync(path, new { mobile = (string?)null, idNumber })).Expect(HttpStatusCode.OK);
        Assert.Null((await live.Wuxi.GetAsync($"cards/{number}"))["holder.mobile"]);
        Assert.Equal(2, (await live.Wuxi.EventsOfHolderAsync(found)).Count(type => type == "contactChanged"));
        Assert.DoesNotContain(
            await StorageContents.ReadAsync(live.Azurite.ConnectionString), row => row.Text.Contains(Mobile, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_changes_it_who_does_not_show_the_holder_s_document()
    {
        var (_, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var path = $"holders/{CounterCalls.IdOf(await live.Wuxi.FindAsync(idNumber))}/contact";

        (await live.Wuxi.PutAsync(path, new { mobile = "13912345678", idNumber = Cards.IdNumber() }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await live.Kunming.PutAsync(path, new { mobile = "13912345678", idNumber }))
            .ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await live.Wuxi.PutAsync("holders/nobody/contact", new { mobile = "13912345678", idNumber }))
            .ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await Caller.Bank(live.Service).PutAsync(path, new { mobile = "13912345678", idNumber }))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.PutAsync(path, new { idNumber })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "mobile");
        (await live.Wuxi.PutAsync(path, new { mobile = "123", idNumber }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "mobile");
    }
}
