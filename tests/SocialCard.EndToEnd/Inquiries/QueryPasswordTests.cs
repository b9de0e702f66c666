using System.Net;
using System.Text.Json;
using SocialCard.EndToEnd.Reissues;

namespace SocialCard.EndToEnd.Inquiries;

/// <summary>The query password is the person's: whichever card it was set on, and whatever becomes of that card.</summary>
public sealed class QueryPasswordTests(ReissueService live) : IClassFixture<ReissueService>
{
    private const string Password = "739150";
    private const string Younger = "840261";
    private const string Wrong = "000001";

    private readonly ReissueCounter wuxi = new(live.Service);

    [Fact]
    public async Task It_opens_whichever_of_his_cards_it_was_set_on_and_the_card_in_use_counts_what_is_wrong()
    {
        var (spare, id) = await Cards.ReceivedAsync(wuxi.Bureau, ReissueCounter.Region);
        await SetAsync(spare, id, Password);
        var inUse = Cards.NextNumber();
        (await wuxi.Bureau.PostAsync("cards", Cards.Registration(inUse, id, ReissueCounter.Region))).Expect(HttpStatusCode.Created);
        (await wuxi.Bureau.PostAsync($"cards/{inUse}/receipt", new { })).Expect(HttpStatusCode.OK);
        await wuxi.ActivateAsync(inUse, id);

        Assert.Equal(2, (await AskAsync(id, Password)).Expect(HttpStatusCode.OK).Body!["cards"]!.AsArray().Count);
        await SetAsync(inUse, id, Younger);
        (await AskAsync(id, Younger)).Expect(HttpStatusCode.OK);
        (await AskAsync(id, Password)).Expect(HttpStatusCode.OK);

        var tries = 0;
        for (; tries < 10 && (await AskAsync(id, Wrong)).Code != "password-locked"; tries++)
        {
        }

        Assert.InRange(tries, 2, 9);
        (await AskAsync(id, Younger)).ExpectProblem(HttpStatusCode.Conflict, "password-locked");
        (await AskAsync(id, Password)).ExpectProblem(HttpStatusCode.Conflict, "password-locked");
        Assert.Contains("passwordLocked", await wuxi.Bureau.EventsOfAsync(inUse), StringComparison.Ordinal);
        Assert.DoesNotContain("passwordMismatched", await wuxi.Bureau.EventsOfAsync(spare), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_every_card_of_a_region_begins_with_opens_the_card_in_use_until_he_has_set_his_own_on_any()
    {
        const string changzhou = "320400";
        var bureau = await live.RegisterPartnerAsync("bureau-changzhou", "bureau", changzhou);
        var (inUse, id) = await Cards.ReceivedAsync(bureau, changzhou);
        var spare = Cards.NextNumber();
        (await bureau.PostAsync("cards", Cards.Registration(spare, id, changzhou))).Expect(HttpStatusCode.Created);
        (await bureau.PostAsync($"cards/{spare}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await bureau.PostAsync($"cards/{inUse}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);

        (await AskAsync(id, spare[^6..])).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        (await AskAsync(id, inUse[^6..])).Expect(HttpStatusCode.OK);
        (await bureau.PostAsync(
            $"cards/{spare}/password-changes",
            new { kind = "query", operation = "reset", channel = "serviceWindow", newPassword = Password, idNumber = id }))
            .Expect(HttpStatusCode.OK);
        (await AskAsync(id, inUse[^6..])).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        (await AskAsync(id, Password)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_a_reissue_it_is_the_new_cards_as_it_was_changed_while_that_waited()
    {
        var (old, id) = await wuxi.ActiveAsync();
        await SetAsync(old, id, Password);
        var (reissue, number) = await ReadyAsync(old, id, "damaged");
        await SetAsync(old, id, Younger);

        (await wuxi.Bureau.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        await wuxi.ActivateAsync(number, id);
        await wuxi.UntilAsync(old, reissue, "completed");
        await live.Service.SettleAsync();

        (await AskAsync(id, Younger)).Expect(HttpStatusCode.OK);
        (await AskAsync(id, Password)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        Assert.False((bool)(await wuxi.CardAsync(number)).Body!["passwords"]!["query"]!["initial"]!);
        var story = await wuxi.StoryAsync(number);
        Assert.Equal(2, story.Count(type => type == "queryPasswordTakenOver"));

        // It is checked at the desk by the new card's number too, and changed there from now on.
        var check = await wuxi.Bureau.PostAsync($"cards/{number}/password-checks", new { kind = "query", password = Younger });
        Assert.Equal("match", check.Expect(HttpStatusCode.OK)["result"]);
        await SetAsync(number, id, Password);
        (await AskAsync(id, Password)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_that_somebody_else_knows_ends_with_the_card()
    {
        var (old, id) = await wuxi.ActiveAsync();
        await SetAsync(old, id, Password);
        (await wuxi.BankDesk.PostAsync(
            $"cards/{old}/loss-reports",
            new { kind = "formal", reason = "passwordLeaked", scope = "social", channel = "bank", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        var (reissue, number) = await ReadyAsync(old, id, "passwordLeaked");
        (await wuxi.Bureau.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        await wuxi.ActivateAsync(number, id);
        await wuxi.UntilAsync(old, reissue, "completed");
        await live.Service.SettleAsync();

        (await AskAsync(id, Password)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        Assert.DoesNotContain("queryPasswordTakenOver", await wuxi.StoryAsync(number));
    }

    [Fact]
    public async Task Of_two_people_who_share_a_number_the_one_who_is_meant_is_answered()
    {
        var (his, id) = await wuxi.ActiveAsync();
        await SetAsync(his, id, Password);
        var hers = Cards.NextNumber();
        var registration = Cards.Registration(hers, id, ReissueCounter.Region);
        registration["holder"]!["name"] = "李红梅";
        (await wuxi.Bureau.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        (await wuxi.Bureau.PostAsync($"cards/{hers}/receipt", new { })).Expect(HttpStatusCode.OK);
        await SetAsync(hers, id, Younger);

        var paid = new
        {
            recordId = "hers",
            revision = 1,
            cardNumber = hers,
            insurance = "pension",
            month = "2026-01",
            employerYuan = 20.05m,
            personalYuan = 8,
        };
        await live.QueueOf("contribution-records")
            .SendMessageAsync(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(paid)));
        await live.Service.SettleAsync();

        (await AskAsync(id, Password)).ExpectProblem(HttpStatusCode.Conflict, "holder-ambiguous");
        Expect(his, "王**", 0, await AskAsync(id, Password, name: "王小明"));
        Expect(his, "王**", 0, await AskAsync(id, Password, cardNumber: his));
        Expect(hers, "李**", 28.05m, await AskAsync(id, Younger, name: "李红梅"));
        (await AskAsync(id, Password, cardNumber: hers)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        (await AskAsync(id, Password, name: "李红梅", cardNumber: his)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        (await AskAsync(id, Password, name: "张三")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        Assert.Contains("passwordMismatched", await wuxi.StoryAsync(hers));
        Assert.DoesNotContain("passwordMismatched", await wuxi.StoryAsync(his));

        static void Expect(string number, string name, decimal pensionYuan, Answer answer)
        {
            answer.Expect(HttpStatusCode.OK);
            Assert.Equal(number, (string)Assert.Single(answer.Body!["cards"]!.AsArray())!["cardNumber"]!);
            Assert.Equal(name, answer["holder.name"]);
            Assert.Equal(pensionYuan, (decimal)answer.Body["contributionTotals"]![0]!["totalYuan"]!);
        }
    }

    private Task<Answer> AskAsync(string idNumber, string queryPassword, string? name = null, string? cardNumber = null) =>
        wuxi.Hotline.PostAsync(
            "inquiries", new { idNumber, queryPassword, topics = new[] { "card", "contributions" }, channel = "phone", name, cardNumber });

    private async Task SetAsync(string number, string idNumber, string newPassword) =>
        (await wuxi.Bureau.PostAsync(
            $"cards/{number}/password-changes",
            new { kind = "query", operation = "reset", channel = "serviceWindow", newPassword, idNumber })).Expect(HttpStatusCode.OK);

    /// <summary>A new card that waits for its holder.</summary>
    private async Task<(string Reissue, string Number)> ReadyAsync(string old, string id, string reason)
    {
        var reissue = await wuxi.FileAsync(old, id, reason);
        (await wuxi.PayAsync(old, reissue)).Expect(HttpStatusCode.OK);
        var number = Cards.NextNumber();
        (await wuxi.ProduceAsync(reissue, number)).Expect(HttpStatusCode.NoContent);
        await wuxi.UntilAsync(old, reissue, "ready");
        return (reissue, number);
    }
}
