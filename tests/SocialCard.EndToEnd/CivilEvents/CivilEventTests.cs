using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>Moves, new names and corrected ID numbers, in any order and more than once.</summary>
[Collection(MovingService.Collection)]
public sealed class CivilEventTests(MovingService live)
{
    [Fact]
    public async Task A_move_changes_the_household_and_neither_the_card_nor_who_sees_it()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Taiyuan);
        var (today, before) = (await live.TodayAsync(), (await live.Taiyuan.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK));
        var holder = before["holder.holderId"];

        await live.Taiyuan.UntilDoneAsync(await live.TellByQueueAsync("bureau-taiyuan", "move", card, today, "320200"));

        var after = (await live.Taiyuan.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal((before["regionCode"], before["activationDeadline"]), (after["regionCode"], after["activationDeadline"]));
        Assert.Equal("card-not-found", (await live.Wuxi.GetAsync($"cards/{card}")).Code);
        Assert.Equal("320200", (await live.Wuxi.GetAsync($"holders/{holder}"))["household"]);

        // An older move that another tells of later is noted only; who has told wrongly tells anew.
        await live.Wuxi.TellAsync(new { kind = "move", idNumber = id, occurredOn = today.AddDays(-3), toRegion = "530100" });
        Assert.Equal("320200", (await live.Taiyuan.GetAsync($"holders/{holder}"))["household"]);
        await live.Taiyuan.TellAsync(new { kind = "move", idNumber = id, occurredOn = today.AddDays(-1), toRegion = "140100" });
        Assert.Equal("140100", (await live.Taiyuan.GetAsync($"holders/{holder}"))["household"]);
        Assert.Equal("holder-not-found", (await live.Wuxi.GetAsync($"holders/{holder}")).Code);

        // The clock of Shanxi, which takes the social-security application away.
        await live.Service.AdvanceDaysAsync(301);
        Assert.Equal("activationExpired", (await live.Taiyuan.GetAsync($"cards/{card}"))["social.reason"]);
    }

    [Fact]
    public async Task A_corrected_id_number_keeps_the_cards_together_and_the_old_one_leads_registries_to_them()
    {
        var (wrong, right) = (Cards.IdNumber(), Cards.IdNumber());
        var cards = new[] { Cards.NextNumber(), Cards.NextNumber() };
        foreach (var card in cards)
        {
            (await live.Wuxi.PostAsync("cards", Cards.Registration(card, wrong, "320200"))).Expect(HttpStatusCode.Created);
        }

        // The person has a card under the right number already.
        var third = Cards.NextNumber();
        var kept = (await live.Wuxi.PostAsync("cards", Cards.Registration(third, right, "320200"))).Expect(HttpStatusCode.Created);
        var record = "record-" + third;
        await live.QueueOf("contribution-records").SendMessageAsync(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new
        {
            recordId = record,
            revision = 1,
            cardNumber = cards[0],
            insurance = "pension",
            month = "2026-01",
            employerYuan = 100,
            personalYuan = 50,
        })));
        await SampleHost.EventuallyAsync(async () => await PersonOfAsync(record) is not null);
        var before = await PersonOfAsync(record);
        var today = await live.TodayAsync();
        await live.Wuxi.TellAsync(new { kind = "idCorrection", idNumber = wrong, occurredOn = today, newIdNumber = right });

        foreach (var card in cards)
        {
            Assert.EndsWith(right[^4..], (await live.Wuxi.GetAsync($"cards/{card}"))["holder.idNumber"], StringComparison.Ordinal);
            Assert.Equal(kept["holder.holderId"], (await live.Wuxi.GetAsync($"cards/{card}"))["holder.holderId"]);
            Assert.Equal("registered,holderIdCorrected", await live.Wuxi.EventsOfAsync(card));
            var body = new { channel = "hospital", occasion = "outpatient", idNumber = wrong };
            Assert.Equal("holder-mismatch", (await live.Hospital.PostAsync($"cards/{card}/activations", body)).Code);
            (await live.Hospital.PostAsync($"cards/{card}/activations", body with { idNumber = right })).Expect(HttpStatusCode.OK);
        }

        // What was paid stays where it is, and is the one holder's.
        Assert.Equal(before, await PersonOfAsync(record));

        // A registry that still has the old number finds all of them.
        await live.Wuxi.TellAsync(new { kind = "nationalityRenounced", idNumber = wrong, occurredOn = today });
        foreach (var card in cards.Append(third))
        {
            Assert.Equal("nationalityRenounced", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        }

        // What comes after the end changes nothing that matters.
        await live.Wuxi.UntilDoneAsync(await live.TellByQueueAsync("bureau-wuxi", "move", third, today, "530100"));
        Assert.Equal(
            ("320200", "cancelled"),
            ((await live.Wuxi.GetAsync($"cards/{third}"))["regionCode"], (await live.Wuxi.GetAsync($"cards/{third}"))["status"]));
    }

    [Fact]
    public async Task A_new_passport_takes_the_place_of_the_old_one_at_every_desk()
    {
        var (old, renewed) = (Passport(), Passport());
        var card = Cards.NextNumber();
        var holder = new { document = old, name = "Anna Schmidt" };
        (await live.Wuxi.PostAsync(
            "cards", new { cardNumber = card, holder, regionCode = "320200", bankId = "bank-icbc", generation = 3 }))
            .Expect(HttpStatusCode.Created);

        var today = await live.TodayAsync();
        await live.Wuxi.TellAsync(new { kind = "idCorrection", document = old, occurredOn = today, newDocument = renewed });

        var use = new { channel = "hospital", occasion = "outpatient", document = old };
        Assert.Equal("holder-mismatch", (await live.Hospital.PostAsync($"cards/{card}/activations", use)).Code);
        (await live.Hospital.PostAsync($"cards/{card}/activations", use with { document = renewed })).Expect(HttpStatusCode.OK);

        static Dictionary<string, string> Passport() => new()
        {
            ["type"] = "passport",
            ["number"] = "C" + Cards.NextNumber()[1..],
            ["nationality"] = "DEU",
        };
    }

    [Fact]
    public async Task A_new_name_is_shown_masked_and_found_nowhere_in_the_clear()
    {
        const string Name = "诸葛无名";
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await live.Wuxi.TellAsync(new { kind = "nameChange", idNumber = id, occurredOn = await live.TodayAsync(), newName = Name });

        Assert.Equal("诸**", (await live.Wuxi.GetAsync($"cards/{card}"))["holder.name"]);
        Assert.Contains(await live.NoticesOfAsync(card), notice => (string?)notice["kind"] == "holderDataChanged");
        var traces = new Traces(id, Name);
        var left = await StorageContents.ReadAsync(live.Azurite.ConnectionString);
        Assert.Contains(left, one => one.Where.StartsWith("CivilEvents(", StringComparison.Ordinal));
        Assert.Empty(left.SelectMany(one => traces.In(one.Text).Select(form => $"{form} in {one.Where}")));
        Assert.Empty(traces.In(live.Service.Output));
    }

    [Fact]
    public async Task What_a_registry_may_not_say_is_refused_by_field()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var today = await live.TodayAsync();
        var other = (await Cards.RegisteredAsync(live.Wuxi, "320200")).IdNumber;
        (await live.Wuxi.PostAsync(
            "civil-events", new { kind = "death", idNumber = "1", occurredOn = today.AddDays(1), newName = "x", toRegion = "990000" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "idNumber", "occurredOn", "newName", "toRegion");
        (await live.Wuxi.PostAsync("civil-events", new { kind = "idCorrection", idNumber = id, occurredOn = today, newIdNumber = id }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "newIdNumber");
        (await live.Wuxi.PostAsync("civil-events", new { kind = "death", idNumber = Cards.IdNumber(), occurredOn = today }))
            .ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await live.Kunming.PostAsync("civil-events", new { kind = "death", idNumber = id, occurredOn = today }))
            .ExpectProblem(HttpStatusCode.NotFound, "holder-not-found");
        (await live.Hospital.PostAsync(
            "civil-events",
            new { kind = "death", idNumber = id, occurredOn = today })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.GetAsync("civil-events/unknown")).ExpectProblem(HttpStatusCode.NotFound, "civil-event-not-found");

        // The corrected number is that of somebody of another name.
        await live.Wuxi.TellAsync(new { kind = "nameChange", idNumber = other, occurredOn = today, newName = "李四" });
        (await live.Wuxi.PostAsync("civil-events", new { kind = "idCorrection", idNumber = id, occurredOn = today, newIdNumber = other }))
            .ExpectProblem(HttpStatusCode.Conflict, "id-number-in-use");

        await live.TellByQueueAsync("bureau-wuxi", "nameChange", card, today);
        await live.TellByQueueAsync("bureau-kunming", "death", card, today);
        await live.TellByQueueAsync("hospital-wuxi", "death", card, today);
        await live.TellByQueueAsync("bureau-wuxi", "move", card, today, "990000");
        await live.TellByQueueAsync("bureau-wuxi", "death", card, today.AddDays(2));
        await live.TellByQueueAsync("bureau-wuxi", "death", card, today, messageId: "no good id!");
        var poison = live.QueueOf("civil-events-poison");
        await SampleHost.EventuallyAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync(32)).Value.Length == 6);
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(card));
    }

    /// <summary>
    /// The key of the person whose contribution a record is; null where there is none, and a failure where there are two.
    /// </summary>
    private async Task<string?> PersonOfAsync(string record)
    {
        var rows = await StorageContents.RowsAsync(
            live.Azurite.ConnectionString, "Contributions", TableClient.CreateQueryFilter($"RowKey eq {record}"));
        return rows.Count == 0 ? null : Assert.Single(rows).PartitionKey;
    }
}
