using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.ElectronicCards;

namespace SocialCard.EndToEnd.FamilyLinks;

[Collection(ElectronicService.Collection)]
public sealed class FamilyLinkTests(ElectronicService live)
{
    private Caller Portal => Caller.Online(live.Service);

    [Fact]
    public async Task A_child_takes_the_guardians_face_a_document_and_an_undertaking_an_adult_his_own_face()
    {
        var guardian = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var (child, wife) = (Cards.IdNumber((await live.TodayAsync()).AddYears(-3)), Cards.IdNumber());
        foreach (var (missing, code) in new[] { ("document", "documents-missing"), ("undertaking", "undertaking-missing") })
        {
            var body = await BodyAsync(guardian, child, "child", isChild: true);
            body.Remove(missing);
            (await Portal.PostAsync("family-links", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        }

        (await Portal.PostAsync("family-links", await BodyAsync(guardian, wife, "spouse", isChild: true)))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "face-verification-missing");
        var asked = await BodyAsync(guardian, child, "child", isChild: true);
        var linked = (await Portal.PostAsync("family-links", asked, "link-1")).Expect(HttpStatusCode.Created);
        Assert.Equal(linked.Text, (await Portal.PostAsync("family-links", asked, "link-1")).Expect(HttpStatusCode.Created).Text);
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, wife, "spouse", isChild: false), "link-1"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal(("active", "child"), (linked["state"], linked["relation"]));
        Assert.DoesNotContain(child, linked.Text, StringComparison.Ordinal);
        (await Portal.PostAsync(
            "family-links",
            await BodyAsync(guardian, child, "child", isChild: true))).ExpectProblem(HttpStatusCode.Conflict, "already-linked");
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, wife, "spouse", isChild: false))).Expect(HttpStatusCode.Created);

        var path = linked.Headers.Location!.ToString()["/api/v1/".Length..];
        Assert.Equal(linked.Text, (await live.Wuxi.GetAsync(path)).Expect(HttpStatusCode.OK).Text);
        (await Caller.OtherBureau(live.Service).GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "family-link-not-found");
        Assert.Equal("removed", (await RemoveAsync()).Expect(HttpStatusCode.OK)["end"]);
        (await RemoveAsync()).ExpectProblem(HttpStatusCode.Conflict, "family-link-ended");
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, child, "child", isChild: true))).Expect(HttpStatusCode.Created);

        Task<Answer> RemoveAsync() => Portal.PostAsync($"{path}/withdrawal", new { idNumber = guardian.IdNumber });
    }

    [Fact]
    public async Task A_grandparent_is_older_and_nobody_links_two_spouses()
    {
        var guardian = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var (younger, elder) = (Cards.IdNumber(), Cards.IdNumber(new(1940, 5, 1)));
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, younger, "maternalGrandparent", isChild: false)))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "relation-contradicts-age");
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, elder, "sonsChild", isChild: false)))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "relation-contradicts-age");
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, elder, "maternalGrandparent", isChild: false)))
            .Expect(HttpStatusCode.Created);

        (await Portal.PostAsync("family-links", await BodyAsync(guardian, Cards.IdNumber(), "spouse", isChild: false)))
            .Expect(HttpStatusCode.Created);
        (await Portal.PostAsync("family-links", await BodyAsync(guardian, younger, "spouse", isChild: false)))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "spouse-exists");
    }

    [Fact]
    public async Task An_account_links_five_however_fast_it_asks_and_a_death_frees_them()
    {
        var guardian = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var relatives = Enumerable.Range(0, 8).Select(_ => Cards.IdNumber()).ToArray();
        var sister = await Guardian.ActiveAsync(live, relatives[0]);
        var first = (await Portal.PostAsync(
            "family-links",
            await BodyAsync(guardian, sister.IdNumber, "sibling", isChild: false))).Expect(HttpStatusCode.Created)["linkId"]!;
        var answers = await Task.WhenAll(relatives[1..].Select(async relative =>
            await Portal.PostAsync("family-links", await BodyAsync(guardian, relative, "sibling", isChild: false))));
        Assert.Equal(4, answers.Count(answer => answer.Status is HttpStatusCode.Created));
        Assert.Equal(3, answers.Count(answer => answer.Code == "family-link-limit-reached"));

        var corrected = Cards.IdNumber();
        await live.Wuxi.TellAsync(
            new { kind = "idCorrection", idNumber = sister.IdNumber, newIdNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal(corrected[^4..], (await Portal.GetAsync($"family-links/{first}"))["member.idNumber"]![^4..]);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal("memberEnded", (await Portal.GetAsync($"family-links/{first}"))["end"]);
        (await Portal.PostAsync(
            "family-links",
            await BodyAsync(guardian, Cards.IdNumber(), "sibling", isChild: false))).Expect(HttpStatusCode.Created);

        // She had not died: her link holds again, though another has her place, and there is no room for a further one.
        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Null((await Portal.GetAsync($"family-links/{first}")).Expect(HttpStatusCode.OK)["end"]);
        Assert.Equal("family-link-limit-reached", (await Portal.PostAsync(
            "family-links", await BodyAsync(guardian, Cards.IdNumber(), "sibling", isChild: false))).Code);

        // The death that was revoked is told again, which is noted only.
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Null((await Portal.GetAsync($"family-links/{first}")).Expect(HttpStatusCode.OK)["end"]);

        await live.Wuxi.TellAsync(new { kind = "death", idNumber = guardian.IdNumber, occurredOn = await live.TodayAsync() });
        foreach (var answer in answers.Where(answer => answer.Status is HttpStatusCode.Created))
        {
            Assert.Equal("guardianEnded", (await Portal.GetAsync($"family-links/{answer["linkId"]}"))["end"]);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_field()
    {
        var guardian = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var body = await BodyAsync(guardian, "1", "child", isChild: true);
        body["guardianIdNumber"] = "2";
        body["faceVerification"]!["reference"] = "with a space";
        body["undertaking"]!["signedAt"] = (await live.Service.NowAsync()).AddDays(1);
        (await Portal.PostAsync("family-links", body)).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid-request",
            "guardianIdNumber",
            "member.idNumber",
            "faceVerification.reference",
            "undertaking.signedAt");
        var self = await BodyAsync(guardian, guardian.IdNumber, "sibling", isChild: false);
        (await Portal.PostAsync("family-links", self)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "member-is-guardian");
    }

    private async Task<JsonObject> BodyAsync((string Number, string IdNumber) guardian, string memberId, string relation, bool isChild)
    {
        var at = (await live.Service.NowAsync()).AddMinutes(-1);
        var body = new JsonObject
        {
            ["guardianCardNumber"] = guardian.Number,
            ["guardianIdNumber"] = guardian.IdNumber,
            ["member"] = new JsonObject { ["idNumber"] = memberId, ["name"] = Guardian.Name },
            ["relation"] = relation,
            ["faceVerification"] = new JsonObject { ["of"] = isChild ? "guardian" : "member", ["reference"] = "face-1", ["at"] = at },
        };
        if (isChild)
        {
            body["document"] = new JsonObject { ["kind"] = "birthCertificate", ["reference"] = "scan-1" };
            body["undertaking"] = new JsonObject { ["version"] = "1", ["signedAt"] = at };
        }

        return body;
    }
}
