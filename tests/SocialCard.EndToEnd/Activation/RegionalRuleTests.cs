using System.Net;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Activation;

/// <summary>What a region's rules say of minors, of the medical card of before and of a reset, as a caller meets it.</summary>
[Collection(MovingService.Collection)]
public sealed class RegionalRuleTests(MovingService live)
{
    private const string Assigned = "666666";

    [Fact]
    public async Task A_minors_card_is_activated_at_the_bank_alone_and_without_the_account()
    {
        var born = ChinaTime.DateOf(await live.Service.NowAsync()).AddYears(-10);
        var (number, id) = await ReceivedAsync(Cards.IdNumber(born));
        var father = new { idNumber = Cards.IdNumber(), name = "李华", relation = "parent", kinship = "householdRegister" };

        (await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id, agent = father }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "channel-not-allowed");
        await UseAsync(number);
        Assert.Equal("registered,received,usageRefused", await live.Wuxi.EventsOfAsync(number));

        var activated = await Caller.Bank(live.Service).PostAsync(
            $"cards/{number}/activations", new { channel = "bank", idNumber = id, agent = father });
        Assert.Equal(
            ("active", "active", "inactive"),
            (activated.Expect(HttpStatusCode.OK)["status"], activated["social.state"], activated["financial.state"]));

        var (adults, adult) = await ReceivedAsync(Cards.IdNumber());
        var enabled = await live.Hospital.PostAsync(
            $"cards/{adults}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = adult });
        Assert.Equal(
            ("awaitingActivation", "active"), (enabled.Expect(HttpStatusCode.OK)["status"], enabled["social.state"]));
    }

    [Fact]
    public async Task The_medical_card_of_before_is_restricted_half_a_year_after_the_receipt_of_a_card_that_nobody_activates()
    {
        var (number, _) = await ReceivedAsync(Cards.IdNumber());
        var (used, id) = await ReceivedAsync(Cards.IdNumber());
        (await live.Hospital.PostAsync($"cards/{used}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        var restricted = ChinaTime.StartOf(ChinaTime.DateOf(await live.Service.NowAsync()).AddMonths(6).AddDays(1));

        await live.Service.AdvanceToAsync(restricted);

        Assert.Equal("registered,received,oldCardRestricted", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal(
            ("oldCardRestricted", restricted),
            ((string)(await live.NoticesOfAsync(number))[^1]["kind"]!, (DateTimeOffset)(await live.NoticesOfAsync(number))[^1]["at"]!));
        Assert.DoesNotContain("oldCardRestricted", await live.Wuxi.EventsOfAsync(used), StringComparison.Ordinal);
        Assert.Equal("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    [Fact]
    public async Task A_reset_gives_the_regions_password_lifts_the_lock_and_seals_the_card_until_its_next_use()
    {
        var (number, id) = await ReceivedAsync(Cards.IdNumber());
        (await live.Hospital.PostAsync($"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        object Reset(string? chosen) =>
            new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = chosen, idNumber = id };
        Task<Answer> ChangeAsync(object body) => live.Wuxi.PostAsync($"cards/{number}/password-changes", body);

        (await ChangeAsync(Reset("739150"))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "password-assigned");
        (await ChangeAsync(Reset(null))).Expect(HttpStatusCode.OK);
        (await ChangeAsync(new
        {
            kind = "social",
            operation = "change",
            channel = "serviceWindow",
            currentPassword = Assigned,
            newPassword = "739150",
        })).Expect(HttpStatusCode.OK);
        for (var wrong = 0; wrong < 6; wrong++)
        {
            Assert.Equal("mismatch", await CheckAsync(number, "000111"));
        }

        Assert.Equal("passwordLocked", (await live.Wuxi.GetAsync($"cards/{number}"))["social.reason"]);
        Assert.Equal("effective", (await ChangeAsync(Reset(null))).Expect(HttpStatusCode.OK)["state"]);

        var card = await live.Wuxi.GetAsync($"cards/{number}");
        Assert.Equal(
            ("sealed", null, "false", "true"),
            (card["social.state"], card["social.reason"], card["passwords.social.locked"], card["passwords.social.initial"]));
        Assert.EndsWith(
            "passwordLocked,passwordChanged,passwordUnlocked,sealed", await live.Wuxi.EventsOfAsync(number), StringComparison.Ordinal);
        Assert.Equal("match", await CheckAsync(number, Assigned));
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "channel-not-allowed");
        await UseAsync(number);
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["social.state"]);
    }

    [Fact]
    public async Task Where_the_holder_chooses_a_reset_without_a_password_is_refused_by_its_field_and_one_of_a_locked_password_unlocks()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        Task<Answer> ResetAsync(string? chosen) => live.Wuxi.PostAsync(
            $"cards/{number}/password-changes",
            new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = chosen, idNumber = id });

        (await ResetAsync(null)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "newPassword");
        (await ResetAsync("739150")).Expect(HttpStatusCode.OK);
        for (var wrong = 0; wrong < 6; wrong++)
        {
            Assert.Equal("mismatch", await CheckAsync(number, "000111"));
        }

        Assert.Equal("locked", await CheckAsync(number, "739150"));
        (await ResetAsync("840261")).Expect(HttpStatusCode.OK);
        Assert.Equal("match", await CheckAsync(number, "840261"));
    }

    private async Task<(string Number, string IdNumber)> ReceivedAsync(string id)
    {
        var number = Cards.NextNumber();
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, MovingService.Guarded))).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        return (number, id);
    }

    private async Task<string?> CheckAsync(string number, string password) =>
        (await live.Hospital.PostAsync($"cards/{number}/password-checks", new { kind = "social", password }))
            .Expect(HttpStatusCode.OK)["result"];

    private async Task UseAsync(string cardNumber)
    {
        await live.ReportUsageAsync(new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = "pharmacy-wuxi",
            cardNumber,
            occasion = "purchase",
            occurredAt = await live.Service.NowAsync(),
        });
        await live.Service.SettleAsync();
    }
}
