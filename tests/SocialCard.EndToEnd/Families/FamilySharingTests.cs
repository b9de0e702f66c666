using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Activation;
using SocialCard.EndToEnd.CivilEvents;

namespace SocialCard.EndToEnd.Families;

/// <summary>Families of Yixing: three receivers a giver, one giver a receiver, three days to consent, effective at once.</summary>
[Collection(MovingService.Collection)]
public sealed class FamilySharingTests(MovingService live)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private Caller Portal => Caller.Online(live.Service);

    private static readonly DateOnly Elder = new(1960, 1, 1);

    [Fact]
    public async Task Five_in_one_request_have_five_outcomes()
    {
        var giver = await ActiveAsync();
        (string Number, string IdNumber)[] family =
        [
            await ActiveAsync(isChild: true), await ActiveAsync(isChild: true), await ActiveAsync(), await ActiveAsync(),
            await ActiveAsync(born: Elder),
        ];
        string[] relations = ["child", "child", "spouse", "sibling", "parent"];
        var body = Body("website", giver.IdNumber, [.. family.Zip(relations, (person, relation) => (person.IdNumber, relation))]);

        var answer = (await Portal.PostAsync($"cards/{giver.Number}/family-members", body, "a-family")).Expect(HttpStatusCode.Accepted);

        Assert.Equal(
            [(
                "active",
                null), ("active", null), ("awaitingConsent", null), ("ended", "relation-not-allowed"), ("ended", "receiver-limit-reached")],
            MembersOf(answer).Select(member => ((string?)member["state"], (string?)member["code"])));
        Assert.All(
            family.Zip(MembersOf(answer)), pair => Assert.Equal(pair.First.IdNumber[^4..], ((string)pair.Second["idNumber"]!)[^4..]));
        Assert.All(family, person => Assert.DoesNotContain(person.IdNumber, answer.Text, StringComparison.Ordinal));
        var asked = (string)MembersOf(answer)[2]["memberId"]!;
        Assert.Contains("familyConsentAsked", (await live.NoticesOfAsync(family[2].Number)).Select(notice => (string?)notice["kind"]));

        await live.Service.AdvanceDaysAsync(4);
        await UntilAsync(giver.Number, asked, "ended");
        Assert.Equal("lapsed", (await Portal.GetAsync($"cards/{giver.Number}/family-members/{asked}"))["end"]);
        Assert.Equal("consent-not-due", (await ConsentAsync(giver.Number, asked, family[2].IdNumber)).Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal(
            ["active", "active"],
            MembersOf(await Portal.GetAsync($"cards/{giver.Number}/family-members")).Select(member => (string?)member["state"]));
        await UntilToldAsync(family[2].Number, "familyGiverLeft");

        var again = (await Portal.PostAsync($"cards/{giver.Number}/family-members", body, "a-family")).Expect(HttpStatusCode.Accepted);
        Assert.True(again.IsReplayed);
        Assert.Equal(answer.Text, again.Text);
    }

    [Fact]
    public async Task A_receiver_of_age_consents_himself_and_the_changes_of_a_year_are_counted()
    {
        var (giver, wife, father) = (await ActiveAsync(), await ActiveAsync(), await ActiveAsync(born: Elder));
        var member = await RequestedAsync(giver, wife.IdNumber, "awaitingConsent");
        Assert.Equal(
            "receiver-mismatch",
            (await ConsentAsync(giver.Number, member, giver.IdNumber)).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal("active", (await ConsentAsync(giver.Number, member, wife.IdNumber)).Expect(HttpStatusCode.OK)["state"]);

        // At the window both cards are swiped: nobody has to be waited for.
        var swiped = (await live.Wuxi.PostAsync($"cards/{giver.Number}/family-members", new
        {
            channel = "serviceWindow",
            idNumber = giver.IdNumber,
            members = new[]
            {
                new { idNumber = father.IdNumber, relation = "parent", cardNumber = father.Number, computerNumber = "0123456789" }
            },
        })).Expect(HttpStatusCode.OK);
        Assert.Equal("active", (string?)MembersOf(swiped)[0]["state"]);

        Assert.Equal(
            "removed", (await WithdrawAsync(giver.Number, member, giver.IdNumber)).Expect(HttpStatusCode.OK)["end"]);
        var second = await WithdrawAsync(giver.Number, (string)MembersOf(swiped)[0]["memberId"]!, giver.IdNumber);
        Assert.Equal("change-limit-reached", second.Expect(HttpStatusCode.UnprocessableEntity).Code);
    }

    [Fact]
    public async Task A_parent_is_older_than_the_child_and_nobody_has_two_spouses()
    {
        var (giver, elder, wife, other) = (await ActiveAsync(), await ActiveAsync(born: Elder), await ActiveAsync(), await ActiveAsync());
        var body = Body(
            "website",
            giver.IdNumber,
            (elder.IdNumber, "child"), (wife.IdNumber, "parent"), (wife.IdNumber, "spouse"), (other.IdNumber, "spouse"));
        var asked = (await Portal.PostAsync($"cards/{giver.Number}/family-members", body)).Expect(HttpStatusCode.Accepted);
        Assert.Equal(
            ["relation-contradicts-age", "relation-contradicts-age", "duplicate-member", null],
            MembersOf(asked).Select(member => (string?)member["code"]));

        Assert.Equal("spouse-exists", (string?)MembersOf(await RequestAsync(giver, wife.IdNumber, "spouse"))[0]["code"]);
        (await WithdrawAsync(giver.Number, (string)MembersOf(asked)[3]["memberId"]!, giver.IdNumber)).Expect(HttpStatusCode.OK);
        await RequestedAsync(giver, wife.IdNumber, "awaitingConsent");
    }

    [Fact]
    public async Task At_the_insurance_office_of_a_hospital_both_are_present_and_nobody_has_to_be_waited_for()
    {
        var (giver, wife) = (await ActiveAsync(), await ActiveAsync());
        var path = $"cards/{giver.Number}/family-members";

        var asked = (await live.Hospital.PostAsync(path, Body("hospitalOffice", giver.IdNumber, (wife.IdNumber, "spouse"))))
            .Expect(HttpStatusCode.OK);

        var member = Assert.Single(MembersOf(asked));
        Assert.Equal("active", (string?)member["state"]);
        Assert.Equal("whole", (await live.Hospital.GetAsync($"{path}/{member["memberId"]}"))["terms.balance"]);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await live.Hospital.PostAsync(path, Body("serviceWindow", giver.IdNumber, (wife.IdNumber, "spouse")))).Status);
        await UntilToldAsync(wife.Number, "familyGiverJoined");
    }

    [Fact]
    public async Task Two_givers_race_for_one_receiver_and_one_wins()
    {
        var (child, mother, father) = (await ActiveAsync(isChild: true), await ActiveAsync(), await ActiveAsync());
        var answers = await Task.WhenAll(new[] { mother, father }.Select(parent => RequestAsync(parent, child.IdNumber, "child")));
        Assert.Equal(
            [("active", null), ("ended", "giver-limit-reached")],
            answers.Select(answer => ((string?)MembersOf(answer)[0]["state"], (string?)MembersOf(answer)[0]["code"])).Order());
    }

    [Fact]
    public async Task A_lost_card_suspends_and_a_new_card_takes_over_on_both_sides()
    {
        var (giver, wife, son) = (await ActiveAsync(), await ActiveAsync(), await ActiveAsync());
        var member = await RequestedAsync(giver, wife.IdNumber, "awaitingConsent");
        (await ConsentAsync(giver.Number, member, wife.IdNumber)).Expect(HttpStatusCode.OK);
        foreach (var (loser, id) in new[] { wife, giver })
        {
            var report = (await Caller.Hotline(live.Service).PostAsync(
                $"cards/{loser}/loss-reports",
                new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
                .Expect(HttpStatusCode.Accepted)["reportId"];
            await UntilAsync(giver.Number, member, "suspended");
            (await live.Wuxi.PostAsync($"cards/{loser}/loss-reports/{report}/release", new { channel = "serviceWindow", idNumber = id }))
                .Expect(HttpStatusCode.OK);
            await UntilAsync(giver.Number, member, "active");
        }

        var newWife = await ReplacedAsync(wife);
        await UntilAsync(giver.Number, member, "active", newWife);
        var newGiver = await ReplacedAsync(giver);
        await UntilAsync(newGiver, member, "active", newWife);
        await UntilToldAsync(newWife, "familyGiverCardReplaced");
        Assert.Equal("carriedOver", (await live.Wuxi.GetAsync($"cards/{giver.Number}/family-members/{member}"))["end"]);
        Assert.Equal(
            "giver-limit-reached", (string?)MembersOf(await RequestAsync(son, wife.IdNumber, "parent"))[0]["code"]);

        (await WithdrawAsync(newGiver, member, giver.IdNumber)).Expect(HttpStatusCode.OK);
        await UntilToldAsync(newWife, "familyGiverLeft");
        Assert.Equal("awaitingConsent", (string?)MembersOf(await RequestAsync(son, wife.IdNumber, "parent"))[0]["state"]);
    }

    [Fact]
    [Trait(Category.Name, Category.Crash)]
    public async Task A_corrected_number_is_followed_and_a_givers_death_ends_it_though_the_host_is_killed()
    {
        var (giver, wife, child) = (await ActiveAsync(), await ActiveAsync(), await ActiveAsync(isChild: true));
        var asked = await RequestedAsync(giver, wife.IdNumber, "awaitingConsent");
        var corrected = Cards.IdNumber();
        await live.Wuxi.TellAsync(
            new { kind = "idCorrection", idNumber = wife.IdNumber, newIdNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal(
            "receiver-mismatch", (await ConsentAsync(giver.Number, asked, wife.IdNumber)).Expect(HttpStatusCode.UnprocessableEntity).Code);
        Assert.Equal("active", (await ConsentAsync(giver.Number, asked, corrected)).Expect(HttpStatusCode.OK)["state"]);
        Assert.Equal(corrected[^4..], (await Portal.GetAsync($"cards/{giver.Number}/family-members/{asked}"))["idNumber"]![^4..]);

        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        var given = (string)MembersOf((await RequestAsync(giver, child.IdNumber, "child")).Expect(HttpStatusCode.OK))[0]["memberId"]!;
        var told = (await live.Wuxi.PostAsync(
            "civil-events", new { kind = "death", idNumber = giver.IdNumber, occurredOn = await live.TodayAsync() }))
            .Expect(HttpStatusCode.Accepted)["eventId"]!;
        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        await live.Wuxi.UntilDoneAsync(told);
        foreach (var (member, card) in new[] { (asked, wife.Number), (given, child.Number) })
        {
            Assert.Equal("giverDeceased", (await Portal.GetAsync($"cards/{giver.Number}/family-members/{member}"))["end"]);
            await UntilToldAsync(card, "familyGiverLeft");
        }

        var contents = await StorageContents.ReadAsync(live.Azurite.ConnectionString);
        Assert.All([giver.IdNumber, wife.IdNumber, corrected, child.IdNumber, "王小明"], secret =>
        {
            Assert.DoesNotContain(contents, content => content.Text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, live.Service.Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_giver_who_had_not_died_gives_again_unless_another_has_his_place()
    {
        var (giver, aunt) = (await ActiveAsync(), await ActiveAsync());
        var (child, niece) = (await ActiveAsync(isChild: true), await ActiveAsync(isChild: true));
        var (given, lost) = (await GivenAsync(giver, child), await GivenAsync(giver, niece));
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = giver.IdNumber, occurredOn = await live.TodayAsync() });
        await UntilToldAsync(child.Number, "familyGiverLeft");
        await UntilToldAsync(niece.Number, "familyGiverLeft");
        await GivenAsync(aunt, niece);

        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = giver.IdNumber, occurredOn = await live.TodayAsync() });

        await UntilAsync(giver.Number, lost, "ended");
        await UntilAsync(async () => (await live.Wuxi.EventsOfAsync(child.Number))
            .EndsWith("familyGiverJoined,familyGiverLeft,familyGiverJoined", StringComparison.Ordinal));
        await UntilAsync(giver.Number, given, "active");
        Assert.Equal("giver-limit-reached", (await Portal.GetAsync($"cards/{giver.Number}/family-members/{lost}"))["code"]);

        // The workflow of the second life is told what happens, as that of the first was.
        (await WithdrawAsync(giver.Number, given, giver.IdNumber)).Expect(HttpStatusCode.OK);
        await UntilAsync(async () => (await live.Wuxi.EventsOfAsync(child.Number))
            .EndsWith("familyGiverJoined,familyGiverLeft", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_receiver_who_had_not_died_receives_again()
    {
        var (giver, child) = (await ActiveAsync(), await ActiveAsync(isChild: true));
        var given = await GivenAsync(giver, child);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = child.IdNumber, occurredOn = await live.TodayAsync() });
        await UntilAsync(giver.Number, given, "ended");
        await UntilToldAsync(child.Number, "familyGiverLeft");
        Assert.Equal("receiverDeceased", (await Portal.GetAsync($"cards/{giver.Number}/family-members/{given}"))["end"]);

        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = child.IdNumber, occurredOn = await live.TodayAsync() });
        await UntilAsync(giver.Number, given, "active");
        await UntilToldAsync(giver.Number, "familyMemberRevived");

        // It suspends with the giver's card, and ends with his wish: its workflow waits.
        var report = (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{giver.Number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = giver.IdNumber }))
            .Expect(HttpStatusCode.Accepted)["reportId"];
        await UntilToldAsync(giver.Number, "familyMemberSuspended");
        (await live.Wuxi.PostAsync(
            $"cards/{giver.Number}/loss-reports/{report}/release", new { channel = "serviceWindow", idNumber = giver.IdNumber }))
            .Expect(HttpStatusCode.OK);
        (await WithdrawAsync(giver.Number, given, giver.IdNumber)).Expect(HttpStatusCode.OK);
        await UntilAsync(async () => (await live.Wuxi.EventsOfAsync(child.Number))
            .EndsWith("familyGiverLeft", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_field_and_whose_card_it_is_to_nobody()
    {
        var (giver, stranger) = (await ActiveAsync(), await ActiveAsync());
        var wrong = await Portal.PostAsync($"cards/{giver.Number}/family-members", new
        {
            channel = "weChat",
            idNumber = "1",
            members = new[] { new { idNumber = "2", relation = "child", computerNumber = "12", cardNumber = "?" } },
        });
        wrong.ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid-request",
            "idNumber",
            "members[0].idNumber",
            "members[0].computerNumber",
            "members[0].cardNumber");
        (await Portal.GetAsync($"cards/{giver.Number}/family-members/0123456789abcdef-1"))
            .ExpectProblem(HttpStatusCode.NotFound, "family-member-not-found");
        (await WithdrawAsync(giver.Number, "0123456789abcdef-1", giver.IdNumber))
            .ExpectProblem(HttpStatusCode.NotFound, "family-member-not-found");
        (await ConsentAsync(giver.Number, "nobody", giver.IdNumber)).ExpectProblem(HttpStatusCode.NotFound, "family-member-not-found");
        var unknown = Cards.IdNumber();
        var answer = (await Portal.PostAsync($"cards/{giver.Number}/family-members", new
        {
            channel = "website",
            idNumber = giver.IdNumber,
            members = new[]
            {
                new { idNumber = unknown, relation = "child", cardNumber = stranger.Number },
                new { idNumber = unknown, relation = "child", cardNumber = stranger.Number },
                new { idNumber = giver.IdNumber, relation = "spouse", cardNumber = giver.Number },
            },
        })).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["receiver-not-found", "duplicate-member", "receiver-is-giver"], MembersOf(answer).Select(member => (string?)member["code"]));
    }

    private static IReadOnlyList<JsonNode> MembersOf(Answer answer) => [.. answer.Body!["members"]!.AsArray().Select(member => member!)];

    private static object Body(string channel, string idNumber, params IEnumerable<(string IdNumber, string Relation)> members) =>
        new
        {
            channel,
            idNumber,
            members = members.Select(member => new { idNumber = member.IdNumber, relation = member.Relation })
            .ToArray()
        };

    private async Task<(string Number, string IdNumber)> ActiveAsync(bool isChild = false, DateOnly? born = null)
    {
        var now = DateOnly.FromDateTime((await live.Service.NowAsync()).UtcDateTime);
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber(isChild ? now.AddYears(-17).AddMonths(6) : born));
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, MovingService.Families))).Expect(HttpStatusCode.Created);
        await UseAsync(number, id);
        return (number, id);
    }

    private async Task UseAsync(string number, string id)
    {
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
    }

    /// <summary>A new card takes the place of another, and is in use.</summary>
    private async Task<string> ReplacedAsync((string Number, string IdNumber) old)
    {
        var filed = (await live.Wuxi.PostAsync(
            $"cards/{old.Number}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = old.IdNumber }))
                .Expect(HttpStatusCode.Accepted);
        var (reissue, next) = (filed["reissueId"], Cards.NextNumber());
        (await live.Bank.PostAsync("card.produced", new { reissueId = reissue, newCardNumber = next })).Expect(HttpStatusCode.NoContent);
        await live.Service.SettleAsync();
        await UseAsync(next, old.IdNumber);
        return next;
    }

    private Task<Answer> RequestAsync((string Number, string IdNumber) giver, string receiver, string relation) =>
        Portal.PostAsync($"cards/{giver.Number}/family-members", Body("website", giver.IdNumber, (receiver, relation)));

    private async Task<string> GivenAsync((string Number, string IdNumber) giver, (string Number, string IdNumber) child)
    {
        var member = MembersOf((await RequestAsync(giver, child.IdNumber, "child")).Expect(HttpStatusCode.OK))[0];
        Assert.Equal("active", (string?)member["state"]);
        return (string)member["memberId"]!;
    }

    private async Task<string> RequestedAsync((string Number, string IdNumber) giver, string receiver, string state)
    {
        var member = MembersOf((await RequestAsync(giver, receiver, "spouse")).Expect(HttpStatusCode.Accepted))[0];
        Assert.Equal(state, (string?)member["state"]);
        return (string)member["memberId"]!;
    }

    private Task<Answer> WithdrawAsync(string giver, string member, string idNumber) =>
        Portal.PostAsync($"cards/{giver}/family-members/{member}/withdrawal", new { channel = "website", idNumber });

    private Task<Answer> ConsentAsync(string giver, string member, string receiver) =>
        Portal.PostAsync($"cards/{giver}/family-members/{member}/consent", new { channel = "weChat", idNumber = receiver });

    private Task UntilAsync(string giver, string member, string state, string? receiverCard = null) => UntilAsync(async () =>
    {
        var answer = await Portal.GetAsync($"cards/{giver}/family-members/{member}");
        return answer["state"] == state && (receiverCard is null || answer["cardNumber"] == receiverCard);
    });

    private Task UntilToldAsync(string card, string type) =>
        UntilAsync(async () => (await live.Wuxi.EventsOfAsync(card)).Contains(type, StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, "It has not come about.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
