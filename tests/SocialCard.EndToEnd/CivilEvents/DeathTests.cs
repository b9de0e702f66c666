using System.Net;
using System.Text;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>A holder dies while things are under way: everything ends in one state, whatever order the news comes in.</summary>
public sealed class DeathTests(CivilService live) : IClassFixture<CivilService>
{
    private const int Races = 12;

    [Fact]
    [Trait(Category.Name, Category.Crash)]
    public async Task A_death_while_a_card_is_made_and_a_password_waits_ends_everything_though_the_host_is_killed()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Taiyuan);
        await ResetPasswordAsync(card, id, "739150");
        var change = (await ResetPasswordAsync(card, id, "840261")).Expect(HttpStatusCode.Accepted)["changeId"]!;
        var reissue = await FileAsync(card, id);
        (await live.Taiyuan.PostAsync($"cards/{card}/temporary-card", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Created);
        var body = new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() };
        var key = Guid.NewGuid().ToString("N");

        var first = (await live.Taiyuan.PostAsync("civil-events", body, key)).Expect(HttpStatusCode.Accepted);
        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        var again = (await live.Taiyuan.PostAsync("civil-events", body, key)).Expect(HttpStatusCode.Accepted);
        Assert.True(again.IsReplayed);
        Assert.Equal(first["eventId"], again["eventId"]);
        await live.Taiyuan.UntilDoneAsync(first["eventId"]!);

        var fresh = Cards.NextNumber();
        Assert.Equal("reissue-not-running", (await ProduceAsync(reissue, fresh)).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal("card-not-found", (await live.Taiyuan.GetAsync($"cards/{fresh}")).Code);

        var ended = (await live.Taiyuan.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("cancelled", "deceased", "deceased", "cancelled", "holderEnded"),
            (ended["status"], ended["social.reason"], ended["financial.reason"], ended["reissue.state"], ended["temporaryCard.end"]));
        Assert.Equal("dropped", (await live.Taiyuan.GetAsync($"cards/{card}/password-changes/{change}"))["state"]);
        Assert.Equal("True", (await live.Hospital.GetAsync($"invalid-cards/{card}"))["invalid"], ignoreCase: true);
        Assert.Equal(
            "idempotency-key-reused",
            (await live.Taiyuan.PostAsync("civil-events", body with { kind = "nationalityRenounced" }, key)).Code);
        Assert.EndsWith(
            "holderEnded,cancelled,passwordChangeDropped,temporaryCardEnded,reissueCancelled,newCardRefused",
            await live.Taiyuan.EventsOfAsync(card),
            StringComparison.Ordinal);
        await AssertWorkflowsEndAsync(card);
    }

    [Fact]
    public async Task A_card_that_is_ready_is_cancelled_with_the_old_one_and_not_handed_over()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Taiyuan);
        var reissue = await FileAsync(card, id);
        var fresh = Cards.NextNumber();
        (await ProduceAsync(reissue, fresh)).Expect(HttpStatusCode.NoContent);
        await SampleHost.EventuallyAsync(async () => (await live.Taiyuan.GetAsync($"cards/{card}"))["reissue.state"] == "ready");

        // The same event twice, and another registry's report of the same death.
        var today = await live.TodayAsync();
        var told = await live.TellByQueueAsync("bureau-taiyuan", "death", card, today);
        await live.TellByQueueAsync("bureau-taiyuan", "death", card, today, messageId: told);
        await live.Taiyuan.UntilDoneAsync(told);
        await live.Taiyuan.UntilDoneAsync(await live.TellByQueueAsync("bureau-taiyuan", "death", fresh, today));

        foreach (var number in new[] { card, fresh })
        {
            Assert.Equal("deceased", (await live.Taiyuan.GetAsync($"cards/{number}"))["social.reason"]);
            Assert.Single((await live.Taiyuan.EventsOfAsync(number)).Split(','), "holderEnded");
        }

        Assert.Equal(
            "holder-deceased",
            (await Caller.Bank(live.Service).PostAsync($"cards/{fresh}/receipt", new { })).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal(
            "holder-deceased",
            (await live.Bank.PostAsync("card.delivered", new { cardNumber = fresh })).Expect(HttpStatusCode.Conflict).Code);
        await AssertWorkflowsEndAsync(card);
    }

    [Fact]
    public async Task A_death_before_the_birth_is_refused_and_on_the_queue_nothing_comes_of_it()
    {
        var born = new DateOnly(2010, 1, 2);
        var (card, id, before) = (Cards.NextNumber(), Cards.IdNumber(born), born.AddDays(-1));
        (await live.Wuxi.PostAsync("cards", Cards.Registration(card, id, "320200"))).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync("civil-events", new { kind = "death", idNumber = id, occurredOn = before }))
            .ExpectProblem(HttpStatusCode.Conflict, "death-before-birth");
        (await live.Wuxi.PostAsync("civil-events", new { kind = "deathRevoked", idNumber = id, occurredOn = await live.TodayAsync() }))
            .ExpectProblem(HttpStatusCode.Conflict, "not-deceased");
        var message = await live.TellByQueueAsync("bureau-wuxi", "death", card, before);
        var poison = live.QueueOf("civil-events-poison");
        await SampleHost.EventuallyAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync(32)).Value
            .Any(lost => Encoding.UTF8.GetString(Convert.FromBase64String(lost.MessageText)).Contains(message, StringComparison.Ordinal)));
        Assert.Equal("registered", await live.Wuxi.EventsOfAsync(card));
    }

    [Fact]
    public async Task Whichever_of_death_and_production_comes_first_the_new_card_never_reaches_anybody() =>
        await Task.WhenAll(Enumerable.Range(0, Races).Select(async _ =>
        {
            var (card, id) = await Cards.ReceivedAsync(live.Taiyuan);
            var reissue = await FileAsync(card, id);
            var fresh = Cards.NextNumber();
            var death = live.Taiyuan.TellAsync(new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() });
            var produced = await ProduceAsync(reissue, fresh);
            await death;

            await AssertWorkflowsEndAsync(card);
            var found = await live.Taiyuan.GetAsync($"cards/{fresh}");
            Assert.Equal(produced.Status is HttpStatusCode.NoContent ? "deceased" : null, found["social.reason"]);
            Assert.Equal("deceased", (await live.Taiyuan.GetAsync($"cards/{card}"))["social.reason"]);
            Assert.NotEqual(
                HttpStatusCode.OK, (await Caller.Bank(live.Service).PostAsync($"cards/{fresh}/receipt", new { })).Status);
        }));

    private Task<Answer> ResetPasswordAsync(string card, string id, string password) => live.Taiyuan.PostAsync(
        $"cards/{card}/password-changes",
        new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = password, idNumber = id });

    private async Task<string> FileAsync(string card, string id) => (await live.Taiyuan.PostAsync(
        $"cards/{card}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
        .Expect(HttpStatusCode.Accepted)["reissueId"]!;

    private Task<Answer> ProduceAsync(string reissue, string number) =>
        live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = number });

    /// <summary>Waits until no workflow accompanies a card; the question about an initial password asks the card on its day.</summary>
    private async Task AssertWorkflowsEndAsync(string card)
    {
        await SampleHost.EventuallyAsync(async () =>
        {
            var rows = await StorageContents.RowsAsync(live.Azurite.ConnectionString, "SocialCardWorkflows");
            return !rows.Exists(row => row.RowKey.Contains(card, StringComparison.Ordinal)
                && !row.RowKey.Contains("initial-password", StringComparison.Ordinal)
                && row.GetString("Status") is "Running" or "Pending");
        });
    }
}
