using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>What is true of a person is kept once, and of nobody else.</summary>
[Collection(MovingService.Collection)]
public sealed class PeopleTests(MovingService live)
{
    [Fact]
    public async Task Two_people_of_different_names_under_one_number_have_nothing_in_common_and_the_death_of_one_leaves_the_other_alone()
    {
        var id = Cards.IdNumber();
        var (one, other) = (await RegisteredAsync(id, "王小明"), await RegisteredAsync(id, "李大海"));
        var holders = new[] { await HolderOfAsync(one), await HolderOfAsync(other) };
        Assert.NotEqual(holders[0], holders[1]);
        foreach (var (card, holder) in new[] { one, other }.Zip(holders))
        {
            var read = (await live.Wuxi.GetAsync($"holders/{holder}")).Expect(HttpStatusCode.OK);
            Assert.Equal([card], read.Body!["cards"]!.AsArray().Select(known => (string)known!["number"]!));
            var timeline = (await live.Wuxi.GetAsync($"holders/{holder}/timeline")).Expect(HttpStatusCode.OK);
            Assert.DoesNotContain(card == one ? other : one, timeline.Text, StringComparison.Ordinal);
        }

        var records = new[] { await ContributeAsync(one), await ContributeAsync(other) };
        Assert.Equal((holders[0], holders[1]), (await PersonOfAsync(records[0]), await PersonOfAsync(records[1])));

        var today = await live.TodayAsync();
        (await live.Wuxi.PostAsync("civil-events", new { kind = "death", idNumber = id, occurredOn = today }))
            .ExpectProblem(HttpStatusCode.Conflict, "holder-ambiguous");
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = id, name = "李大海", occurredOn = today });
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{other}"))["social.reason"]);
        Assert.Equal("issued", (await live.Wuxi.GetAsync($"cards/{one}"))["status"]);

        // It was the other man: said by the card this time.
        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = id, cardNumber = other, occurredOn = today });
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = id, cardNumber = one, occurredOn = today });
        Assert.Equal("issued", (await live.Wuxi.GetAsync($"cards/{other}"))["status"]);
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{one}"))["social.reason"]);
    }

    [Fact]
    public async Task Who_is_recorded_as_dead_gets_no_card_none_handed_over_and_none_activated()
    {
        var (card, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var received = await RegisteredAsync(id, "王小明");
        (await live.Wuxi.PostAsync($"cards/{received}/receipt", new { })).Expect(HttpStatusCode.OK);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() });

        (await live.Wuxi.PostAsync("cards", Cards.Registration(Cards.NextNumber(), id, "320200")))
            .ExpectProblem(HttpStatusCode.Conflict, "holder-deceased");
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).ExpectProblem(HttpStatusCode.Conflict, "holder-deceased");
        (await live.Hospital.PostAsync(
            $"cards/{received}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .ExpectProblem(HttpStatusCode.Conflict, "holder-deceased");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = received })).Expect(HttpStatusCode.NoContent);
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{received}"))["financial.reason"]);

        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = id, occurredOn = await live.TodayAsync() });
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_referral_goes_on_after_a_reissue_and_is_withdrawn_by_the_new_number(bool isApprovedWhileTheNewCardIsMade)
    {
        var (old, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await UseAsync(live.Wuxi, old, id);
        var today = await live.TodayAsync();
        var referrals = new List<string>();
        if (!isApprovedWhileTheNewCardIsMade)
        {
            referrals.AddRange([await ReferAsync(), await ReferAsync()]);
        }

        var reissue = (await live.Wuxi.PostAsync(
            $"cards/{old}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Accepted)["reissueId"];
        if (isApprovedWhileTheNewCardIsMade)
        {
            referrals.AddRange([await ReferAsync(), await ReferAsync()]);
        }

        var next = Cards.NextNumber();
        (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = next })).Expect(HttpStatusCode.NoContent);
        await live.Service.SettleAsync();
        (await live.Wuxi.PostAsync($"cards/{next}/receipt", new { })).Expect(HttpStatusCode.OK);
        await UseAsync(live.Wuxi, next, id);
        await SampleHost.EventuallyAsync(async () => (await live.Wuxi.GetAsync($"cards/{old}"))["social.reason"] == "replaced");

        (await Caller.Hospital(live.Service).PostAsync(
            $"cards/{next}/activations", new { channel = "hospital", occasion = "hospitalization", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var states = new List<string?>();
        foreach (var referral in referrals)
        {
            states.Add((await live.Wuxi.GetAsync($"cards/{next}/referrals/{referral}"))["status"]);
        }

        Assert.Equal(["used", "valid"], states.Order(StringComparer.Ordinal));
        var open = referrals[states.IndexOf("valid")];
        Assert.Equal("withdrawn", (await live.Wuxi.DeleteAsync($"cards/{next}/referrals/{open}")).Expect(HttpStatusCode.OK)["status"]);

        async Task<string> ReferAsync() => (await live.Hospital.PostAsync($"cards/{old}/referrals", new
        {
            kind = "medical",
            fromRegion = "320200",
            toRegion = "140100",
            toHospital = "hospital-shanxi-first",
            approvingHospital = "hospital-wuxi",
            validFrom = today,
            validTo = today.AddDays(30),
        })).Expect(HttpStatusCode.Created)["referralId"]!;
    }

    private static async Task UseAsync(Caller bureau, string card, string id) =>
        (await bureau.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);

    private async Task<string> RegisteredAsync(string id, string name)
    {
        var (card, body) = (Cards.NextNumber(), Cards.Registration("", id, "320200"));
        (body["cardNumber"], body["holder"]!["name"]) = (card, name);
        (await live.Wuxi.PostAsync("cards", body)).Expect(HttpStatusCode.Created);
        return card;
    }

    private async Task<string> HolderOfAsync(string card) =>
        (await live.Wuxi.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK)["holder.holderId"]!;

    private async Task<string> ContributeAsync(string card)
    {
        var record = "record-" + card;
        await live.QueueOf("contribution-records").SendMessageAsync(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
        {
            recordId = record,
            revision = 1,
            cardNumber = card,
            insurance = "pension",
            month = "2026-01",
            employerYuan = 100,
            personalYuan = 50,
        })));
        await SampleHost.EventuallyAsync(async () => await PersonOfAsync(record) is not null);
        return record;
    }

    private async Task<string?> PersonOfAsync(string record)
    {
        var rows = await StorageContents.RowsAsync(
            live.Azurite.ConnectionString, "Contributions", TableClient.CreateQueryFilter($"RowKey eq {record}"));
        return rows.Count == 0 ? null : Assert.Single(rows).PartitionKey;
    }
}
