using System.Net;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Referrals;

/// <summary>Treatment in another province: approved at home, used there, over HTTP and over the queue.</summary>
[Collection(StandingService.Collection)]
public sealed class ReferralTests(StandingService live)
{
    private const string Away = "hospital-shanxi-first";

    [Fact]
    public async Task A_referred_hospital_uses_the_card_and_learns_how_to_settle()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var there = Caller.Hospital(live.Service);
        var use = new { channel = "hospital", occasion = "hospitalization", idNumber = id };
        Assert.Equal("card-not-found", (await there.PostAsync($"cards/{card}/activations", use)).Expect(HttpStatusCode.NotFound).Code);

        var approved = (await live.Hospital.PostAsync($"cards/{card}/referrals", await ReferralAsync())).Expect(HttpStatusCode.Created);
        var path = $"cards/{card}/referrals/{approved["referralId"]}";
        Assert.EndsWith(path, approved.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("valid", "direct"), ((await there.GetAsync(path))["status"], approved["settlement.type"]));

        (await there.PostAsync($"cards/{card}/activations", use)).Expect(HttpStatusCode.OK);
        Assert.Equal("used", (await live.Wuxi.GetAsync(path))["status"]);
        Assert.Equal("registered,received,referralApproved,socialActivated,activated,referralUsed", await live.Wuxi.EventsOfAsync(card));
        Assert.Equal("referral-not-open", (await live.Wuxi.DeleteAsync(path)).Expect(HttpStatusCode.Conflict).Code);
    }

    [Fact]
    public async Task A_referral_for_later_lets_nobody_in_today_and_a_withdrawn_one_hides_the_card()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var there = Caller.Hospital(live.Service);
        var maternity = (await live.Wuxi.PostAsync($"cards/{card}/referrals", await ReferralAsync("maternity", startsIn: 3)))
            .Expect(HttpStatusCode.Created);
        var path = $"cards/{card}/referrals/{maternity["referralId"]}";
        Assert.Equal(("notYetValid", "reimbursement"), (maternity["status"], maternity["settlement.type"]));
        Assert.Contains("birthCertificate", maternity.Text, StringComparison.Ordinal);
        (await there.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "referral-missing");
        Assert.Equal("undo-elsewhere", (await there.DeleteAsync(path)).Expect(HttpStatusCode.UnprocessableEntity).Code);

        Assert.Equal("withdrawn", (await live.Hospital.DeleteAsync(path)).Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("card-not-found", (await there.GetAsync($"cards/{card}")).Code);
        Assert.Equal("referral-not-found", (await there.GetAsync(path)).Expect(HttpStatusCode.NotFound).Code);
    }

    [Fact]
    public async Task A_reported_use_without_a_referral_is_noted_and_one_with_it_counts_once()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        await ReportAsync(card, "away-" + card);
        await ReportAsync(card, "away-" + card);
        await SampleHost.EventuallyAsync(
            async () => (await live.Wuxi.EventsOfAsync(card)).Contains("usageWithoutReferral", StringComparison.Ordinal));
        (await live.Hospital.PostAsync($"cards/{card}/referrals", await ReferralAsync("workInjury"))).Expect(HttpStatusCode.Created);
        var visit = Guid.NewGuid().ToString("N");
        await ReportAsync(card, visit);
        await ReportAsync(card, visit);
        await live.Service.SettleAsync();
        Assert.Equal(
            "registered,received,usageWithoutReferral,referralApproved,socialActivated,activated,referralUsed",
            await live.Wuxi.EventsOfAsync(card));
    }

    [Fact]
    public async Task What_cannot_be_approved_is_refused()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var today = await live.TodayAsync();
        (await live.Wuxi.PostAsync($"cards/{card}/referrals", new
        {
            kind = "medical",
            fromRegion = "1",
            toRegion = "2",
            toHospital = "nobody",
            approvingHospital = "bureau-wuxi",
            validFrom = today,
            validTo = today.AddDays(-1),
        })).ExpectProblem(
            HttpStatusCode.BadRequest, "invalid-request", "fromRegion", "toRegion", "toHospital", "approvingHospital", "validTo");
        (await live.Wuxi.PostAsync($"cards/{card}/referrals", await ReferralAsync(startsOn: DateOnly.MaxValue.AddDays(-30))))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "validFrom");
        (await live.Hospital.PostAsync($"cards/{card}/referrals", await ReferralAsync(approving: Away)))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.PostAsync($"cards/{card}/referrals", await ReferralAsync(approving: Away)))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "approving-hospital-elsewhere");
        (await live.Wuxi.PostAsync(
            $"cards/{card}/referrals",
            await ReferralAsync(from: "320500"))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "from-region-mismatch");
        (await live.Pharmacy.PostAsync($"cards/{card}/referrals", await ReferralAsync()))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("card-not-found", (await live.Kunming.PostAsync($"cards/{card}/referrals", await ReferralAsync())).Code);
    }

    private async Task<object> ReferralAsync(
        string kind = "medical", int startsIn = 0, string approving = "hospital-wuxi", string from = "320200", DateOnly? startsOn = null)
    {
        var first = startsOn ?? (await live.TodayAsync()).AddDays(startsIn);
        return new
        {
            kind,
            fromRegion = from,
            toRegion = "140100",
            toHospital = Away,
            approvingHospital = approving,
            validFrom = first,
            validTo = first.AddDays(30),
        };
    }

    private async Task ReportAsync(string card, string messageId) => await live.ReportUsageAsync(new
    {
        messageId,
        partnerId = Away,
        cardNumber = card,
        occasion = "hospitalization",
        occurredAt = await live.Service.NowAsync(),
    });
}
