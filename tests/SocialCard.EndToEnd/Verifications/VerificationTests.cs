using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.CivilEvents;

namespace SocialCard.EndToEnd.Verifications;

/// <summary>Agencies take the card as the credential of their services, and learn nothing else of it.</summary>
[Collection(StandingService.Collection)]
public sealed class VerificationTests(StandingService live)
{
    private const string Password = "739150";

    private Caller Agency => Caller.Agency(live.Service);

    [Fact]
    public async Task An_agency_learns_whether_a_card_is_usable_and_the_timeline_keeps_that_it_asked()
    {
        var (number, id) = await ActiveAsync();
        var key = Guid.NewGuid().ToString("N");
        var body = new { service = "training", holder = new { idNumber = id, name = "王小明" } };

        var first = (await VerifyAsync(number, body, key)).Expect(HttpStatusCode.OK);

        Assert.Equal("""{"usable":true,"reasons":[]}""", first.Body!.ToJsonString());
        var again = await VerifyAsync(number, body, key);
        Assert.True(again.IsReplayed);
        Assert.Equal(first.Text, again.Text);
        (await VerifyAsync(number, body with { service = "employmentProof" }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal("usable", await OfAsync(number, new { idNumber = id }));
        Assert.Equal("holderMismatch", await OfAsync(number, new { idNumber = Cards.IdNumber() }));
        Assert.Equal("holderMismatch", await OfAsync(number, new { idNumber = id, name = "王小红" }));

        var noted = (await live.Taiyuan.TimelineAsync(number)).Where(line => (string)line["type"]! == "verified").ToList();
        Assert.Equal(
            ["training True", "employmentProof True", "employmentProof False", "employmentProof False"],
            noted.Select(line => $"{line["details"]!["service"]} {(bool)line["details"]!["usable"]!}"));
        Assert.All(noted, line => Assert.Equal("agency-taiyuan-employment", (string)line["by"]!));
        Assert.DoesNotContain(id, live.Service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreigner_shows_the_card_with_his_passport_and_is_named_as_registers_write_it()
    {
        var number = Cards.NextNumber();
        var document = new { type = "passport", number = "E" + number[1..], nationality = "FRA" };
        var registration = Cards.Registration(number, "", "140100");
        registration["holder"] = new JsonObject
        {
            ["name"] = "Zoé Dupont",
            ["document"] = new JsonObject
            {
                ["type"] = document.type,
                ["number"] = document.number,
                ["nationality"] = document.nationality,
            },
        };
        (await live.Taiyuan.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);

        Assert.Equal("notActivated", await OfAsync(number, new { document, name = "ZOÉ DUPONT" }));
        Assert.Equal("notActivated,holderMismatch", await OfAsync(number, new { document, name = "Zoe Durand" }));
        Assert.Equal("notActivated,holderMismatch", await OfAsync(number, new { document = document with { nationality = "BEL" } }));
        (await VerifyAsync(number, new { service = "training", holder = new { document, idNumber = Cards.IdNumber() } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder.document");
        (await VerifyAsync(number, new { service = "training", holder = new { name = "Zoé Dupont" } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder.idNumber");
    }

    [Fact]
    public async Task Only_an_agency_verifies_and_only_for_its_services_and_within_its_scope()
    {
        var (number, id) = await ActiveAsync();
        var holder = new { idNumber = id };
        var own = new { service = "training", holder };

        (await VerifyAsync(number, new { service = "pensions", holder })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await VerifyAsync(number, new { service = "training" })).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder");
        (await VerifyAsync(number, new { service = "training", holder, password = Password }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder");
        (await VerifyAsync(number, new { service = "training", password = "" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "password");
        (await VerifyAsync(number, new { service = "training", holder = new { idNumber = "1" } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder.idNumber");
        (await VerifyAsync(number, new { service = "banking", holder }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "service");
        var (elsewhere, hers) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await VerifyAsync(elsewhere, new { service = "training", holder = new { idNumber = hers } }))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await VerifyAsync("X00000000", own)).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        Assert.DoesNotContain("verified", await live.Taiyuan.EventsOfAsync(number), StringComparison.Ordinal);

        foreach (var other in new[] { live.Taiyuan, Caller.Bank(live.Service), Caller.Hotline(live.Service), live.Operations })
        {
            (await other.PostAsync($"cards/{number}/verifications", own)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        }

        // What every other partner may read, an agency may not.
        foreach (var path in new[] { $"cards/{number}", $"cards/{number}/timeline", $"cards/{number}/loss-reports/0123456789abcdef" })
        {
            (await Agency.GetAsync(path)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task Wrong_passwords_count_and_lock_the_card_wherever_they_are_presented()
    {
        var (number, id) = await ActiveAsync();
        Assert.Equal("passwordNotSet", await OfAsync(number, password: Password));
        await SetPasswordAsync(number, id, "social");
        Assert.Equal("usable", await OfAsync(number, password: Password));
        (await live.Taiyuan.PostAsync($"cards/{number}/password-checks", new { kind = "social", password = "000001" }))
            .Expect(HttpStatusCode.OK);

        var (tries, told) = (1, "");
        for (; tries < 10 && (told = await OfAsync(number, password: "000001")) == "passwordWrong"; tries++)
        {
        }

        Assert.Equal("locked,passwordWrong", told);
        Assert.Equal("locked", await OfAsync(number, password: Password));
        Assert.Equal("locked", await OfAsync(number, new { idNumber = id }));
        var card = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("suspended", "passwordLocked"), (card["status"], card["social.reason"]));
        Assert.Equal(tries + 1, (await live.Taiyuan.TimelineAsync(number)).Count(line => (string)line["type"]! == "passwordMismatched"));

        (await live.Taiyuan.PostAsync(
            $"cards/{number}/password-unlocks", new { kind = "social", channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal("usable", await OfAsync(number, password: Password));
    }

    [Fact]
    public async Task A_card_that_is_not_activated_or_lost_or_whose_holder_has_died_is_no_credential()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        var holder = new { idNumber = id };
        Assert.Equal("notActivated", await OfAsync(number, holder));
        await ActivateAsync(number, id);
        Assert.Equal("usable", await OfAsync(number, holder));
        (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);
        Assert.Equal("lost", await OfAsync(number, holder));
        Assert.Equal("lost,holderMismatch", await OfAsync(number, new { idNumber = Cards.IdNumber() }));

        await live.Taiyuan.TellAsync(new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() });

        Assert.Equal("cancelled", await OfAsync(number, holder));
    }

    [Fact]
    public async Task A_card_is_verified_so_often_a_minute_and_others_are_not_hindered()
    {
        var (number, id) = await ActiveAsync();
        var (other, hers) = await ActiveAsync();
        var body = new { service = "training", holder = new { idNumber = id } };

        Answer? refused = null;
        for (var asked = 0; refused is null && asked < 500; asked++)
        {
            var answer = await VerifyAsync(number, body);
            refused = answer.Status is HttpStatusCode.OK ? null : answer;
        }

        refused!.ExpectProblem(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("usable", await OfAsync(other, new { idNumber = hers }));
    }

    [Fact]
    public async Task Operations_register_an_agency_with_the_services_that_it_runs()
    {
        const string key = "key-of-agency-taiyuan-transport";
        Task<Answer> PutAsync(string role, string[]? services) => live.Operations.PutAsync(
            "partners/agency-taiyuan-transport", new { role, apiKey = key, regionCode = "140100", services });
        (await PutAsync("agency", null)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "services");
        (await PutAsync("agency", [])).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "services");
        (await PutAsync("agency", ["transport", "transport"])).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "services");
        (await PutAsync("hospital", ["transport"])).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "services");
        (await PutAsync("agency", ["utilities", "transport"])).Expect(HttpStatusCode.NoContent);
        var (number, id) = await ActiveAsync();
        var agency = new Caller(live.Service, key);

        foreach (var service in new[] { "utilities", "transport" })
        {
            var answer = await agency.PostAsync($"cards/{number}/verifications", new { service, holder = new { idNumber = id } });
            Assert.True((bool)answer.Expect(HttpStatusCode.OK).Body!["usable"]!);
        }

        (await agency.PostAsync($"cards/{number}/verifications", new { service = "training", holder = new { idNumber = id } }))
            .Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_holder_is_told_which_agency_checked_his_cards_when()
    {
        var (number, id) = await ActiveAsync();
        await SetPasswordAsync(number, id, "query");
        var spare = Cards.NextNumber();
        (await live.Taiyuan.PostAsync("cards", Cards.Registration(spare, id))).Expect(HttpStatusCode.Created);
        Assert.Empty(await AskAsync(id));
        Assert.Equal("usable", await OfAsync(number, new { idNumber = id }));
        Assert.Equal("notActivated", await OfAsync(spare, new { idNumber = id }));
        Assert.Equal("passwordNotSet", await OfAsync(number, password: Password));

        var told = await AskAsync(id);

        Assert.Equal(
            [(number, false), (spare, false), (number, true)],
            told.Select(line => ((string)line!["cardNumber"]!, (bool)line["usable"]!)));
        Assert.All(told, line => Assert.Equal(
            ("agency-taiyuan-employment", "employmentProof"), ((string)line!["agency"]!, (string)line["service"]!)));
        Assert.All(told, line => Assert.InRange(
            (DateTimeOffset)line!["at"]!, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(10)));
    }

    private async Task<JsonArray> AskAsync(string id) => (await Caller.Online(live.Service).PostAsync(
        "inquiries", new { idNumber = id, queryPassword = Password, topics = new[] { "verifications" }, channel = "online" }))
        .Expect(HttpStatusCode.OK).Body!["verifications"]!.AsArray();

    private Task<Answer> VerifyAsync(string number, object body, string? key = null) =>
        Agency.PostAsync($"cards/{number}/verifications", body, key);

    /// <summary>What the agency is told: "usable", or the reasons with commas between.</summary>
    private async Task<string> OfAsync(string number, object? holder = null, string? password = null)
    {
        var answer = (await VerifyAsync(number, new { service = "employmentProof", holder, password })).Expect(HttpStatusCode.OK).Body!;
        Assert.Equal((bool)answer["usable"]!, answer["reasons"]!.AsArray().Count == 0);
        return (bool)answer["usable"]! ? "usable" : string.Join(',', answer["reasons"]!.AsArray().Select(reason => (string)reason!));
    }

    private async Task<(string Number, string IdNumber)> ActiveAsync()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        await ActivateAsync(number, id);
        return (number, id);
    }

    private async Task ActivateAsync(string number, string id)
    {
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number })).Expect(HttpStatusCode.NoContent);
        (await live.Taiyuan.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
    }

    private async Task SetPasswordAsync(string number, string id, string kind) =>
        (await live.Taiyuan.PostAsync($"cards/{number}/password-changes", new
        {
            kind,
            operation = "reset",
            channel = "serviceWindow",
            newPassword = Password,
            idNumber = id,
        })).Expect(HttpStatusCode.OK);
}
