using System.Globalization;
using System.Net;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.CivilEvents;

/// <summary>A death that was recorded by mistake: what it ended comes back and waits again, less what time has ended meanwhile.</summary>
[Collection(MovingService.Collection)]
public sealed class RevocationTests(MovingService live)
{
    [Fact]
    [Trait(Category.Name, Category.Crash)]
    public async Task A_card_that_waits_again_expires_on_its_old_deadline_though_the_host_is_killed_twice()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var deadline = (await live.Wuxi.GetAsync($"cards/{card}"))["activationDeadline"];
        await TellAsync("death", id);
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        Assert.Equal("True", (await live.Hospital.GetAsync($"invalid-cards/{card}"))["invalid"], ignoreCase: true);

        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        await live.Service.AdvanceDaysAsync(10);
        var (body, key) = (
            new { kind = "deathRevoked", idNumber = id, occurredOn = await live.TodayAsync() }, Guid.NewGuid().ToString("N"));
        var told = (await live.Wuxi.PostAsync("civil-events", body, key)).Expect(HttpStatusCode.Accepted)["eventId"]!;
        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        (await live.Wuxi.PostAsync("civil-events", body, key)).Expect(HttpStatusCode.Accepted);
        await live.Wuxi.UntilDoneAsync(told);

        var back = (await live.Wuxi.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("awaitingActivation", deadline), (back["status"], back["activationDeadline"]));
        Assert.Equal("False", (await live.Hospital.GetAsync($"invalid-cards/{card}"))["invalid"], ignoreCase: true);
        Assert.Equal("registered,received,holderEnded,cancelled,holderRevived", await live.Wuxi.EventsOfAsync(card));
        Assert.Equal("cardRevived", (string?)(await live.NoticesOfAsync(card))[^1]["kind"]);
        Assert.Equal(["activation-" + card + "-life-1"], await WaitingAsync("activation-" + card));

        await live.Service.AdvanceToAsync(DateTimeOffset.Parse(deadline!, CultureInfo.InvariantCulture).AddSeconds(1));
        await SampleHost.EventuallyAsync(async () =>
            (await live.NoticesOfAsync(card)).Any(notice => (string?)notice["kind"] == "activationExpired"));

        // A notice may come twice where the host was killed, and its id says that it is the same one.
        Assert.Equal(
            ["cardRevived", .. Enumerable.Repeat("activationReminder", 4), "activationExpired"],
            (await live.NoticesOfAsync(card)).DistinctBy(notice => (string)notice["noticeId"]!).Select(notice => (string)notice["kind"]!));
        Assert.Equal("activationExpired", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        Assert.Empty(await WaitingAsync("activation-" + card));
    }

    [Fact]
    public async Task What_time_has_ended_while_the_holder_was_thought_dead_stays_ended()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await TellAsync("death", id);
        await live.Service.AdvanceDaysAsync(305);
        await TellAsync("deathRevoked", id);
        Assert.Equal("activationExpired", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        Assert.Empty(await WaitingAsync("activation-" + card));
    }

    [Fact]
    public async Task A_lost_card_comes_back_with_its_report_and_works_again_when_that_lapses()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await UseAsync(card, id);
        var report = (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{card}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        await TellAsync("death", id);
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        await TellAsync("deathRevoked", id);
        Assert.Equal("temporaryLoss", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
        Assert.Equal("True", (await live.Hospital.GetAsync($"invalid-cards/{card}"))["invalid"], ignoreCase: true);

        await live.Service.AdvanceToAsync(DateTimeOffset.Parse(report["expiresAt"]!, CultureInfo.InvariantCulture).AddSeconds(1));
        await SampleHost.EventuallyAsync(async () =>
            (await live.NoticesOfAsync(card)).Any(notice => (string?)notice["kind"] == "lossReportLapsed"));
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{card}"))["status"]);
        Assert.Equal("False", (await live.Hospital.GetAsync($"invalid-cards/{card}"))["invalid"], ignoreCase: true);
        Assert.Empty(await WaitingAsync("loss-" + card));
    }

    [Fact]
    public async Task What_partners_tell_while_the_holder_is_thought_dead_holds_when_that_is_revoked()
    {
        var (card, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        await TellAsync("death", id);
        var changedAt = await live.Service.NowAsync();
        foreach (var (type, data) in new (string, object)[]
        {
            ("card.delivered", new { cardNumber = card }),
            ("card.financial.activated", new { cardNumber = card }),
            ("card.password.changed", new { cardNumber = card, changedAt }),
        })
        {
            (await live.Bank.PostAsync(type, data)).Expect(HttpStatusCode.NoContent);
        }

        await live.ReportUsageAsync(new
        {
            messageId = $"use-{card}",
            partnerId = "hospital-wuxi",
            cardNumber = card,
            occasion = "outpatient",
            occurredAt = await live.Service.NowAsync(),
        });
        await SampleHost.EventuallyAsync(async () =>
            (await live.Wuxi.EventsOfAsync(card)).EndsWith("usageRefused", StringComparison.Ordinal));
        Assert.Equal("holder-deceased", (await live.Hospital.PostAsync(
            $"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id })).Code);
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);

        await TellAsync("deathRevoked", id);
        var back = (await live.Wuxi.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active", "active"), (back["status"], back["social.state"], back["financial.state"]));
        Assert.NotNull(back["receivedOn"]);
        Assert.Equal(
            "registered,holderEnded,cancelled,bankEventNoted,bankEventNoted,bankEventNoted,usageRefused,holderRevived",
            await live.Wuxi.EventsOfAsync(card));
        Assert.Empty(await WaitingAsync("activation-" + card));
    }

    [Fact]
    public async Task A_death_told_of_a_wrong_day_is_revoked_and_told_of_the_right_one()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var today = await live.TodayAsync();
        await TellAsync("death", id);
        await TellAsync("deathRevoked", id);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = id, occurredOn = today });
        Assert.Equal("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{card}"))["status"]);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = id, occurredOn = today.AddDays(-1) });
        Assert.Equal("deceased", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);
    }

    [Fact]
    public async Task An_application_for_a_new_card_stays_ended_and_the_card_can_have_another()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await UseAsync(card, id);
        var reissue = await FileAsync(card, id);
        await TellAsync("death", id);
        await TellAsync("deathRevoked", id);
        var back = (await live.Wuxi.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "cancelled"), (back["status"], back["reissue.state"]));
        Assert.Equal(
            "reissue-not-running",
            (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = Cards.NextNumber() }))
            .Expect(HttpStatusCode.Conflict).Code);
        Assert.NotEqual(reissue, await FileAsync(card, id));
    }

    [Fact]
    public async Task A_new_card_that_is_ready_stays_with_the_bank_and_one_in_the_holders_hands_still_takes_the_old_ones_place()
    {
        foreach (var isReceived in new[] { false, true })
        {
            var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
            await UseAsync(card, id);
            var (reissue, next) = (await FileAsync(card, id), Cards.NextNumber());
            (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = next }))
                .Expect(HttpStatusCode.NoContent);
            await live.Service.SettleAsync();
            if (isReceived)
            {
                (await live.Wuxi.PostAsync($"cards/{next}/receipt", new { })).Expect(HttpStatusCode.OK);
                await SampleHost.EventuallyAsync(async () => (await live.Wuxi.GetAsync($"cards/{card}"))["reissue.state"] == "received");
            }

            await TellAsync("death", id);
            await TellAsync("deathRevoked", id);
            await live.Service.SettleAsync();
            Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{card}"))["status"]);
            Assert.Equal(
                isReceived ? "awaitingActivation" : "cancelled", (await live.Wuxi.GetAsync($"cards/{next}"))["status"]);
            if (isReceived)
            {
                await UseAsync(next, id);
                await SampleHost.EventuallyAsync(async () => (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"] == "replaced");
                Assert.Equal("completed", (await live.Wuxi.GetAsync($"cards/{card}"))["reissue.state"]);
            }
        }
    }

    [Fact]
    public async Task What_was_to_do_is_to_do_again()
    {
        var (card, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        Assert.True(await IsOnListAsync("unclaimedCard", "cardNumber", card));
        await TellAsync("death", id);
        Assert.False(await IsOnListAsync("unclaimedCard", "cardNumber", card));
        await TellAsync("deathRevoked", id);
        Assert.True(await IsOnListAsync("unclaimedCard", "cardNumber", card));
    }

    [Fact]
    public async Task A_newborns_first_card_is_to_be_registered_until_it_is_or_the_child_has_died()
    {
        var (parent, born) = (await Cards.RegisteredAsync(live.Wuxi, "320200"), (await live.TodayAsync()).AddDays(-3));
        var ids = new[] { Cards.IdNumber(born), Cards.IdNumber(born) };
        foreach (var id in ids)
        {
            var birth = new
            {
                kind = "birth",
                idNumber = id,
                name = "王新生",
                occurredOn = born,
                toRegion = "320200",
                guardians = new[] { new { idNumber = parent.IdNumber } },
            };
            (await live.Wuxi.PostAsync("civil-events", birth)).Expect(HttpStatusCode.Accepted);
        }

        Assert.Equal(2, await CountAsync());
        await TellAsync("death", ids[0]);
        Assert.Equal(1, await CountAsync());
        await TellAsync("deathRevoked", ids[0]);
        Assert.Equal(2, await CountAsync());
        foreach (var id in ids)
        {
            var body = Cards.Registration(Cards.NextNumber(), id, "320200");
            body["holder"]!["name"] = "王新生";
            (await live.Wuxi.PostAsync("cards", body)).Expect(HttpStatusCode.Created);
        }

        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync() => (await live.Wuxi.GetAsync("work-items?kind=newbornCard"))
            .Expect(HttpStatusCode.OK).Body!["items"]!.AsArray().Count;
    }

    private async Task<bool> IsOnListAsync(string kind, string field, string value) =>
        (await live.Wuxi.GetAsync($"work-items?kind={kind}&limit=500")).Expect(HttpStatusCode.OK).Body!["items"]!.AsArray()
            .Any(item => (string?)item![field] == value);

    private async Task TellAsync(string kind, string id) =>
        await live.Wuxi.TellAsync(new { kind, idNumber = id, occurredOn = await live.TodayAsync() });

    private async Task UseAsync(string card, string id) => (await live.Wuxi.PostAsync(
        $"cards/{card}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);

    private async Task<string> FileAsync(string card, string id) => (await live.Wuxi.PostAsync(
        $"cards/{card}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id }))
        .Expect(HttpStatusCode.Accepted)["reissueId"]!;

    /// <summary>The workflows that wait, of those whose names begin so.</summary>
    private async Task<IReadOnlyList<string>> WaitingAsync(string begin) =>
    [
        .. (await StorageContents.RowsAsync(live.Azurite.ConnectionString, "SocialCardWorkflows"))
            .Where(row => row.GetString("Status") is "Running" or "Pending")
            .Select(row => row.RowKey.Contains(begin, StringComparison.Ordinal) ? row.RowKey : row.PartitionKey)
            .Where(name => name.Contains(begin, StringComparison.Ordinal))
            .Select(name => name[name.IndexOf(begin, StringComparison.Ordinal)..]),
    ];
}
