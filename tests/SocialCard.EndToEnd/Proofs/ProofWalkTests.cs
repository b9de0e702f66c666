using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Partners;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.Counter;
using SocialCard.EndToEnd.ElectronicCards;
using SocialCard.Functions.Api;
using Endpoint = SocialCard.Embedded.OpenApi.Endpoint;

namespace SocialCard.EndToEnd.Proofs;

/// <summary>Every command that asks for a proof, by who gives it: without one it changes nothing, with one it is done.</summary>
public sealed class ProofWalkTests(ProofService live) : IClassFixture<ProofService>
{
    private const string Window = "serviceWindow";
    private const string Employer = "91350100M000100Y43";

    [Fact]
    public async Task Online_nothing_is_done_without_a_verified_name_and_everything_with_it()
    {
        var walk = ProofWalk.Unseen(live, Caller.Online(live.Service), Caller.CarelessPortal(live.Service));
        var (number, id) = await CardAsync(walk, "online");
        await ReissueAsync(walk, number, id, "online");
        await FamilyAsync(walk, "weChat");
        await ElectronicCardAsync(walk);
        await FamilyLinkAsync(walk);
        await EmployerAsync(walk);

        Assert.Equal(Needing(PartnerRole.Online).Select(command => command.OperationId).Order(StringComparer.Ordinal), walk.Walked);
        var verified = (await live.Wuxi.TimelineAsync(number))
            .Select(line => (By: (string?)line["by"], How: line["details"]!["realNameVerification"]))
            .Where(line => line.How is not null)
            .ToList();
        Assert.True(verified.Count >= 12);
        Assert.All(verified, line => Assert.Equal(
            ("online-portal", "faceVerification", "verified-1"), (line.By, (string?)line.How!["method"], (string?)line.How["reference"])));
    }

    [Fact]
    public async Task On_the_line_nothing_is_done_without_a_call_back_and_everything_with_it()
    {
        var walk = ProofWalk.Unseen(live, Caller.Hotline(live.Service), Caller.CarelessHotline(live.Service));
        var (number, id) = await CardAsync(walk, "phone");
        await TemporaryCardAsync(walk, number, id, "phone", (await FileAsync(number, id))["reissueId"]!);

        Assert.Equal(Needing(PartnerRole.Hotline).Select(command => command.OperationId).Order(StringComparer.Ordinal), walk.Walked);
    }

    [Fact]
    public async Task At_the_window_nothing_is_done_for_who_brings_anothers_document()
    {
        var walk = ProofWalk.AtTheDesk(live, live.Wuxi);
        var (number, id) = await CardAsync(walk, Window);
        await ReissueAsync(walk, number, id, Window);
        await FamilyAsync(walk, Window);
        var person = new { channel = Window, idNumber = id };
        await walk.OnCardAsync(number, "temporary-card", person);
        await walk.OnCardAsync(number, "temporary-card/return", person);
        var (late, lateId) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{late}/receipt", new { receivedOn = (await live.TodayAsync()).AddDays(-400) }))
            .Expect(HttpStatusCode.OK);
        await walk.OnCardAsync(late, "restoration", new { idNumber = lateId });
        var spare = await live.ActiveCardAsync(lateId);
        await walk.OnCardAsync(spare, "cancellation", new { reason = "spare", channel = Window, idNumber = lateId });

        Assert.Equal(
            Needing(PartnerRole.Bureau).Where(command => command.Proof is not Proof.Applicant && command.Tag is not (
                "Electronic cards" or "Family links")).Select(command => command.OperationId).Order(StringComparer.Ordinal),
            walk.Walked);
    }

    // What a card goes through by any channel.
    private async Task<(string Number, string IdNumber)> CardAsync(ProofWalk walk, string channel)
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var person = new { channel, idNumber = id };
        await walk.OnCardAsync(number, "activations", person);
        var holder = (await live.Wuxi.GetAsync($"cards/{number}"))["holder.holderId"];
        await walk.NeededAsync(
            $"holders/{holder}", HttpMethod.Put, $"holders/{holder}/contact", new { mobile = "13900139000", idNumber = id });

        var reset = new { kind = "social", operation = "reset", channel, newPassword = "739150", idNumber = id };
        // The first password waits for nothing.
        var atTheWindow = reset with { channel = Window, newPassword = "840261" };
        (await live.Wuxi.PostAsync($"cards/{number}/password-changes", atTheWindow)).Expect(HttpStatusCode.OK);
        var change = (await walk.OnCardAsync(number, "password-changes", reset))["changeId"];
        await walk.OnCardAsync(number, $"password-changes/{change}/cancellation", person);
        for (var left = 5; left >= 0; left--)
        {
            (await live.Wuxi.PostAsync($"cards/{number}/password-checks", new { kind = "social", password = "739151" }))
                .Expect(HttpStatusCode.OK);
        }

        await walk.OnCardAsync(number, "password-unlocks", new { kind = "social", channel, idNumber = id });

        var loss = new { kind = "temporary", reason = "lost", scope = "social", channel, idNumber = id };
        var report = (await walk.OnCardAsync(number, "loss-reports", loss))["reportId"];
        var formal = (await walk.OnCardAsync(number, $"loss-reports/{report}/formalization", person))["reportId"];
        await walk.OnCardAsync(number, $"loss-reports/{formal}/release", person);
        var again = await walk.NeededAsync($"cards/{number}/timeline?limit=500", HttpMethod.Post, "holders/loss-reports", loss);
        (await live.Wuxi.PostAsync(
            $"cards/{number}/loss-reports/{again["reportId"]}/release", new { channel = Window, idNumber = id }))
            .Expect(HttpStatusCode.OK);
        return (number, id);
    }

    private async Task ReissueAsync(ProofWalk walk, string number, string id, string channel)
    {
        var filed = (await walk.OnCardAsync(
            number, "reissues", new { reason = "damaged", delivery = "pickUp", channel, idNumber = id }))["reissueId"];
        await walk.OnCardAsync(number, $"reissues/{filed}/cancellation", new { channel, idNumber = id });
        var again = (await FileAsync(number, id))["reissueId"]!;
        if (channel is not Window)
        {
            await walk.OnCardAsync(number, $"reissues/{again}/payment", new { amountYuan = 15, receipt = "R-1" });
        }

        await TemporaryCardAsync(walk, number, id, channel, again);
    }

    private async Task<Answer> FileAsync(string number, string id) => (await live.Wuxi.PostAsync(
        $"cards/{number}/reissues", new { reason = "damaged", delivery = "pickUp", channel = Window, idNumber = id }))
        .Expect(HttpStatusCode.Accepted);

    private async Task TemporaryCardAsync(ProofWalk walk, string number, string id, string channel, string reissue)
    {
        if ((await live.Wuxi.GetAsync($"cards/{number}/reissues/{reissue}"))["state"] == "awaitingPayment")
        {
            (await live.Wuxi.PostAsync($"cards/{number}/reissues/{reissue}/payment", new { amountYuan = 15, receipt = "R-2" }))
                .Expect(HttpStatusCode.OK);
        }

        (await live.Wuxi.PostAsync($"cards/{number}/temporary-card", new { channel = Window, idNumber = id }))
            .Expect(HttpStatusCode.Created);
        await walk.OnCardAsync(number, "temporary-card/extension", new { channel, idNumber = id });
        await walk.OnCardAsync(number, "temporary-card/loss-report", new { channel, idNumber = id });
    }

    private async Task FamilyAsync(ProofWalk walk, string channel)
    {
        var (giver, wife) = (await Guardian.ActiveAsync(live, Cards.IdNumber()), await Guardian.ActiveAsync(live, Cards.IdNumber()));
        var member = (string)(await walk.OnCardAsync(giver.Number, "family-members", new
        {
            channel,
            idNumber = giver.IdNumber,
            members = new[] { new { idNumber = wife.IdNumber, relation = "spouse" } },
        })).Body!["members"]![0]!["memberId"]!;
        await walk.OnCardAsync(giver.Number, $"family-members/{member}/consent", new { channel, idNumber = wife.IdNumber });
        await walk.OnCardAsync(
            giver.Number, $"family-members/{member}/withdrawal", new { channel, idNumber = giver.IdNumber });
    }

    // An application that was opened with a verification goes on by it for a day.
    private async Task ElectronicCardAsync(ProofWalk walk)
    {
        var guardian = await Guardian.WithChildAsync(live);
        var opening = await guardian.OpeningAsync();
        var opened = await walk.NeededAsync(
            $"cards/{guardian.Card.Number}",
            HttpMethod.Post,
            "electronic-cards",
            opening,
            opening with { RealNameVerification = opening.RealNameVerification with { At = opening.RealNameVerification.At.AddDays(-2) } });
        (await guardian.GiveUpAsync(opened["electronicCardId"]!)).Expect(HttpStatusCode.OK);

        (string Step, HttpMethod Method, string Path, Func<Guardian, string, Task<Answer>> Take)[] steps =
        [
            ("notice", HttpMethod.Put, "notice", (who, id) => who.AcceptNoticeAsync(id)),
            ("member", HttpMethod.Put, "member", (who, id) => who.NameChildAsync(id)),
            ("documents", HttpMethod.Put, "documents/householdRegister", (who, id) => who.AttachAsync(id)),
            ("submission", HttpMethod.Post, "submission", (who, id) => who.SubmitAsync(id)),
        ];
        foreach (var (step, method, path, take) in steps)
        {
            var stale = await guardian.UpToAsync(step);
            await live.Service.AdvanceAsync(TimeSpan.FromHours(25));
            (await take(guardian.Unverified, stale)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "verification-missing");
            (await guardian.GiveUpAsync(stale)).Expect(HttpStatusCode.OK);
            var fresh = await guardian.UpToAsync(step);
            walk.Did(method, $"electronic-cards/{fresh}/{path}", await take(guardian.Unverified, fresh));
            (await guardian.GiveUpAsync(fresh)).Expect(HttpStatusCode.OK);
        }

        var draft = await guardian.UpToAsync("signature");
        var signature = new JsonObject
        {
            ["letterHash"] = (await guardian.LetterAsync(draft)).Expect(HttpStatusCode.OK).Headers.ETag!.Tag.Trim('"'),
            ["signerIdNumber"] = guardian.Card.IdNumber,
            ["method"] = "faceVerification",
            ["reference"] = "face-2",
        };
        var unproven = (JsonObject)signature.DeepClone();
        unproven["method"] = "callBack";
        await walk.NeededAsync(
            $"electronic-cards/{draft}", HttpMethod.Post, $"electronic-cards/{draft}/signature", signature, unproven);
        await walk.NeededAsync(
            $"electronic-cards/{draft}",
            HttpMethod.Post,
            $"electronic-cards/{draft}/withdrawal",
            new { idNumber = guardian.Card.IdNumber });
    }

    private async Task FamilyLinkAsync(ProofWalk walk)
    {
        var guardian = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var link = (await walk.NeededAsync($"cards/{guardian.Number}", HttpMethod.Post, "family-links", new
        {
            guardianCardNumber = guardian.Number,
            guardianIdNumber = guardian.IdNumber,
            member = new { idNumber = Cards.IdNumber(), name = Guardian.Name },
            relation = "sibling",
            faceVerification = new { of = "member", reference = "face-1", at = (await live.Service.NowAsync()).AddMinutes(-1) },
        }))["linkId"];
        await walk.NeededAsync(
            $"family-links/{link}", HttpMethod.Post, $"family-links/{link}/withdrawal", new { idNumber = guardian.IdNumber });
    }

    private async Task EmployerAsync(ProofWalk walk)
    {
        var (at, today) = ($"employers/{Employer}", await live.TodayAsync());
        await walk.NeededAsync(at, HttpMethod.Post, "employers", new
        {
            code = Employer,
            name = "无锡小店有限公司",
            foundedOn = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            regionCode = "320200",
            credential = "businessLicence",
            representative = new { idNumber = Cards.IdNumber(), name = "李大方", mobile = "13900139000" },
        });
        (await live.Wuxi.PostAsync($"{at}/decision", new { approve = true })).Expect(HttpStatusCode.OK);
        await walk.NeededAsync(at, HttpMethod.Post, $"{at}/changes", new { changedOn = today, name = "新名公司" });
        await walk.NeededAsync(at, HttpMethod.Post, $"{at}/termination", new { terminatedOn = today, reason = "dissolved" });
    }

    private static IEnumerable<Endpoint> Needing(PartnerRole role) => Endpoint.In(typeof(ApiRoute).Assembly).Where(
        command => command.IsCommand && command.Callers.Contains(role) && command.Proof is not (Proof.Partner or Proof.Secret));
}
