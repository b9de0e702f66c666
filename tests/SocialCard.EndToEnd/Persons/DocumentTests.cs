using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Persons;

/// <summary>People who are known by another document than a resident's ID card, and names that no form of 64 letters holds.</summary>
[Collection(StandingService.Collection)]
public sealed class DocumentTests(StandingService live)
{
    private static int last;

    private Caller Bank => Caller.Bank(live.Service);

    [Theory]
    [InlineData("bank")]
    [InlineData("serviceWindow")]
    public async Task A_foreign_teacher_gets_and_activates_a_card_and_reports_its_loss_with_his_passport(string channel)
    {
        var (card, passport) = (Cards.NextNumber(), NextPassport());
        var registration = Registration(card, passport, "Mary Jane O'Neill");
        var registered = (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        Assert.Equal((null, null, "M**"), (registered["holder.idNumber"], registered["holder.mobile"], registered["holder.name"]));
        Assert.Equal(
            ("passport", "*****" + passport[5..], "USA"),
            (registered["holder.document.type"], registered["holder.document.number"], registered["holder.document.nationality"]));

        var desk = channel == "bank" ? Bank : live.Wuxi;
        (await Bank.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await desk.PostAsync($"cards/{card}/activations", new { channel, document = Passport(passport, "GBR") }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await desk.PostAsync($"cards/{card}/activations", new { channel, document = Passport(NextPassport()) }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        var active = (await desk.PostAsync($"cards/{card}/activations", new { channel, document = Passport(passport.ToLowerInvariant()) }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal("active", active["status"]);

        var lost = new { kind = "formal", reason = "lost", scope = "both", channel, document = Passport(passport) };
        (await desk.PostAsync($"cards/{card}/loss-reports", lost)).Expect(HttpStatusCode.Accepted);
        Assert.Equal("suspended", (await live.Wuxi.GetAsync($"cards/{card}"))["status"]);
        var texts = (await StorageContents.ReadAsync(live.Azurite.ConnectionString)).Select(line => line.Text)
            .Concat(live.Service.Output.Split('\n'));
        Assert.DoesNotContain(texts, text => text.Contains(passport, StringComparison.OrdinalIgnoreCase)
            || text.Contains("O'Neill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_child_with_a_passport_is_a_minor_whatever_day_of_birth_is_told_at_the_desk()
    {
        var (card, passport) = (Cards.NextNumber(), NextPassport());
        var born = ChinaTime.DateOf(await live.Service.NowAsync()).AddYears(-9);
        var registration = Registration(card, passport, "Tom O'Neill");
        registration["holder"]!["document"]!["birthDate"] = $"{born:yyyy-MM-dd}";
        (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);

        foreach (var told in new[] { null, "1980-01-01", $"{born:yyyy-MM-dd}" })
        {
            var document = Passport(passport);
            document["birthDate"] = told;
            (await live.Wuxi.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", document }))
                .ExpectProblem(HttpStatusCode.UnprocessableEntity, "guardian-required");
        }
    }

    [Theory]
    [InlineData("residencePermit", "810000")]
    [InlineData("foreignPermanentResident", "911840")]
    public async Task Who_has_another_number_of_eighteen_characters_may_give_it_either_way(string type, string area)
    {
        var (card, number) = (Cards.NextNumber(), Cards.IdNumber(area: area));
        var registration = Cards.Registration(card, number, "320200");
        registration["holder"]!["mobile"] = "+85291234567";
        var registered = (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        Assert.Equal(
            (type, "**************" + number[14..], "**************" + number[14..], "+852****4567"),
            (registered["holder.document.type"], registered["holder.document.number"], registered["holder.idNumber"],
                registered["holder.mobile"]));
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);

        (await live.Wuxi.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", document = new { type, number } }))
            .Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"channel": "serviceWindow"}""", "idNumber")]
    [InlineData("""{"channel": "serviceWindow", "idNumber": null, "document": null}""", "idNumber")]
    [InlineData(
        """{"channel": "serviceWindow", "idNumber": "11010519491231002X", "document": {"type": "residentId", "number": "11010519491231002X"}}""",
        "document")]
    [InlineData("""{"channel": "serviceWindow", "document": {"type": "residentId", "number": "110105194912310021"}}""", "document.number")]
    [InlineData("""{"channel": "serviceWindow", "document": {"type": "passport", "number": "E12345678"}}""", "document.nationality")]
    [InlineData("""{"channel": "serviceWindow", "document": {"type": "visa", "number": "E12345678"}}""", "document.type")]
    [InlineData("""{"channel": "serviceWindow", "document": {"type": "passport"}}""", "document.number")]
    [InlineData(
        """{"channel": "serviceWindow", "document": {"type": "passport", "number": "E12345678", "nationality": "USA", "sex": 1}}""",
        "document.sex")]
    [InlineData(
        """{"channel": "serviceWindow", "document": {"type": "residentId", "number": "11010519491231002X", "birthDate": "1949-12-30"}}""",
        "document.birthDate")]
    [InlineData("""{"channel": "serviceWindow", "idNumber": "11010519491231002X", "agent": {"name": "李华"}}""", "agent.idNumber")]
    public async Task A_body_names_a_person_in_one_way_and_a_document_that_there_can_be(string body, string named)
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{card}/activations", body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", named);
    }

    [Theory]
    [InlineData("family-links", "guardianIdNumber")]
    [InlineData("electronic-cards", "guardianIdNumber")]
    public async Task So_does_one_who_acts_for_another(string path, string named)
    {
        var at = await live.Service.NowAsync();
        object body = path == "family-links"
            ? new
            {
                guardianCardNumber = Cards.NextNumber(),
                member = new { idNumber = Cards.IdNumber(), name = "王小宝" },
                relation = "spouse",
                faceVerification = new { of = "member", reference = "face-1", at },
            }
            : new
            {
                guardianCardNumber = Cards.NextNumber(),
                relation = "child",
                realNameVerification = new { method = "faceVerification", reference = "face-1", at },
            };
        (await Caller.Online(live.Service).PostAsync(path, body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", named);
    }

    [Fact]
    public async Task A_name_of_fifty_characters_beyond_the_basic_plane_is_kept_whole()
    {
        var registration = Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200");
        registration["holder"]!["name"] = string.Concat(Enumerable.Repeat("𰻝", 50));
        Assert.Equal("𰻝**", (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created)["holder.name"]);

        registration["holder"]!["name"] = "王\u202E明";
        (await live.Wuxi.PostAsync("cards", registration))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder.name");
    }

    private static JsonObject Registration(string card, string passport, string name)
    {
        var registration = Cards.Registration(card, "", "320200");
        registration["holder"] = new JsonObject { ["document"] = Passport(passport), ["name"] = name };
        return registration;
    }

    private static JsonObject Passport(string number, string nationality = "USA") =>
        new() { ["type"] = "passport", ["number"] = number, ["nationality"] = nationality };

    private static string NextPassport() => $"P{Interlocked.Increment(ref last) + 70_000_000}";
}
