using System.Globalization;
using System.Net;
using SocialCard.EndToEnd.Activation;

namespace SocialCard.EndToEnd.Employers;

public sealed class EmployerTests(MovingService live) : IClassFixture<MovingService>
{
    private const string Code = "91350100M000100Y43";

    private readonly Service service = live.Service;

    [Fact]
    public async Task A_registration_is_refused_corrected_escalated_approved_changed_and_ended()
    {
        var (bureau, online) = (Caller.Bureau(service), Caller.Online(service));
        var id = Cards.IdNumber();
        var today = DateOnly.FromDateTime((await service.NowAsync()).ToOffset(TimeSpan.FromHours(8)).DateTime);

        // Late by ten days, accepted and flagged; the same request again is the same registration.
        var filed = (await online.PostAsync("employers", Filing(id, today.AddDays(-40)), "file-1")).Expect(HttpStatusCode.Created);
        Assert.Equal(
            ("underReview", "true", "10"),
            (filed["state"], filed["registration.late"]!.ToLowerInvariant(), filed["registration.daysLate"]));
        Assert.DoesNotContain(id, filed.Text, StringComparison.Ordinal);
        Assert.True((await online.PostAsync("employers", Filing(id, today.AddDays(-40)), "file-1")).IsReplayed);
        (await online.PostAsync("employers", Filing(id, today), "file-1"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await bureau.PostAsync("employers", Filing(id, today))).ExpectProblem(HttpStatusCode.Conflict, "employer-already-registered");
        (await Caller.OtherBureau(service).GetAsync($"employers/{Code}")).ExpectProblem(HttpStatusCode.NotFound, "employer-not-found");

        (await bureau.PostAsync($"employers/{Code}/decision", new { approve = false }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "reason");
        (await online.PostAsync($"employers/{Code}/decision", new { approve = true })).Expect(HttpStatusCode.Forbidden);
        var refused = (await bureau.PostAsync($"employers/{Code}/decision", new { approve = false, reason = "No seal." }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(("refused", "No seal."), (refused["state"], refused["decision.reason"]));

        var again = (await online.PostAsync("employers", Filing(id, today.AddDays(-40)))).Expect(HttpStatusCode.Created);
        Assert.Equal(("underReview", "10"), (again["state"], again["registration.daysLate"]));

        // Nobody decides within fifteen days: told once a day.
        await service.AdvanceDaysAsync(15);
        Assert.Equal("false", await OverdueAsync(bureau));
        await service.AdvanceDaysAsync(2);
        Assert.Equal("true", await OverdueAsync(bureau));

        // Two desks decide at once; one of them is first.
        var decisions = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => bureau.PostAsync($"employers/{Code}/decision", new { approve = true })));
        Assert.Single(decisions, decision => decision.Status is HttpStatusCode.OK);
        Assert.Equal(3, decisions.Count(decision => decision.Code == "employer-not-under-review"));

        (await bureau.PostAsync($"employers/{Code}/changes", new { changedOn = today, regionCode = "310000" }))
            .Expect(HttpStatusCode.Forbidden);
        var changed = (await online.PostAsync($"employers/{Code}/changes", new { changedOn = today, name = "新名公司" }))
            .Expect(HttpStatusCode.Created);
        Assert.Equal("新名公司", changed["name"]);
        var change = (await bureau.GetAsync(changed.Headers.Location!.ToString()["/api/v1/".Length..])).Expect(HttpStatusCode.OK);
        Assert.Equal(("name", "0"), (change.Body!["fields"]![0]!.ToString(), change["daysLate"]));

        var ended = (await bureau.PostAsync($"employers/{Code}/termination", new { terminatedOn = today, reason = "dissolved" }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(("terminated", "0"), (ended["state"], ended["termination.daysLate"]));
        Assert.DoesNotContain(id, service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_registered_is_told_by_field()
    {
        var today = DateOnly.FromDateTime((await service.NowAsync()).ToOffset(TimeSpan.FromHours(8)).DateTime);
        (string Code, DateOnly FoundedOn, string Region, string Field)[] cases =
        [
            ("91350100M000100Y44", today, "140100", "code"),
            (Code, today.AddDays(1), "140100", "foundedOn"),
            (Code, today, "999999", "regionCode"),
        ];
        foreach (var (code, foundedOn, region, field) in cases)
        {
            var answer = await Caller.Online(service).PostAsync("employers", Filing(Cards.IdNumber(), foundedOn, code, region));
            answer.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);
        }

        (await Caller.Online(service).PostAsync("employers", Filing("1", today.AddDays(1), "2", "999999")))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "code", "foundedOn", "regionCode", "representative.idNumber");
        (await Caller.Bureau(service).PostAsync("employers/unknown/decision", new { approve = true }))
            .ExpectProblem(HttpStatusCode.NotFound, "employer-not-found");
    }

    private static async Task<string?> OverdueAsync(Caller bureau) =>
        (await bureau.GetAsync($"employers/{Code}"))["registration.reviewOverdue"]?.ToLowerInvariant();

    private static object Filing(string idNumber, DateOnly foundedOn, string code = Code, string region = "140100") => new
    {
        code,
        name = "太原小店有限公司",
        foundedOn = foundedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        regionCode = region,
        credential = "businessLicence",
        representative = new { idNumber, name = "李大方", mobile = "13900139000" },
    };
}
