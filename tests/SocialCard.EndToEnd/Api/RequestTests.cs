using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Api;

/// <summary>Who may call what, about which card; and calls that nobody serves.</summary>
[Collection(StandingService.Collection)]
public sealed class RequestTests(StandingService live)
{
    [Fact]
    public async Task Without_a_known_key_nothing_is_answered()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var unknown = await new Caller(live.Service, "nobody-has-this-key-at-all").GetAsync($"cards/{number}");
        unknown.ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
        Assert.Equal("Bearer", unknown.Headers.WwwAuthenticate.Single().Scheme);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, $"cards/{number}"));
        using var response = await live.Service.Http.SendAsync(request);
        (await Answer.OfAsync(response)).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
    }

    [Fact]
    public async Task A_role_without_the_right_is_forbidden()
    {
        var (number, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        Task<Answer>[] calls =
        [
            live.Hospital.PostAsync("cards", Cards.Registration(Cards.NextNumber(), id, "320200")),
            live.Pharmacy.PostAsync($"cards/{number}/receipt", new { }),
            Caller.Bank(live.Service).PostAsync($"cards/{number}/restoration", new { idNumber = id }),
            live.Wuxi.PutAsync("partners/friend", new { role = "operations", apiKey = "a-key-of-more-than-24-characters" }),
            live.Wuxi.PostAsync(
                "partners/bank-icbc/webhook-secrets", new { secret = "whsec_L9BJAVM0kowzhJErif/XOzbcUUHypCF/3tAJC3tLtqE=" }),
            // A bureau registers the cards of its own region.
            live.Wuxi.PostAsync("cards", Cards.Registration(Cards.NextNumber(), id, "310000")),
        ];
        Assert.All(await Task.WhenAll(calls), answer => answer.ExpectProblem(HttpStatusCode.Forbidden, "forbidden"));
    }

    [Fact]
    public async Task A_card_outside_the_callers_scope_is_not_there()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (otherBank, otherBureau, otherHospital) =
            (Caller.OtherBank(live.Service), Caller.OtherBureau(live.Service), Caller.Hospital(live.Service));
        Task<Answer>[] calls =
        [
            otherBank.GetAsync($"cards/{number}"),
            otherBank.GetAsync($"cards/{number}/timeline"),
            otherBank.PostAsync($"cards/{number}/receipt", new { }),
            otherBank.PostAsync($"cards/{number}/activations", new { channel = "bank", idNumber = id }),
            otherBureau.GetAsync($"cards/{number}"),
            otherBureau.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }),
            otherHospital.GetAsync($"cards/{number}"),
            otherHospital.PostAsync($"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }),
            BankCaller.Ccb(live.Service).PostAsync("card.financial.activated", new { cardNumber = number }),
            live.Wuxi.GetAsync("cards/T99999999"),
            live.Wuxi.GetAsync("cards/nothing-like-a-number"),
            live.Wuxi.PostAsync("cards/t0000001/receipt", new { }),
        ];
        Assert.All(await Task.WhenAll(calls), answer => answer.ExpectProblem(HttpStatusCode.NotFound, "card-not-found"));
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
        (await Caller.Bank(live.Service).GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_day_of_receipt_lies_within_the_last_ten_years()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var today = ChinaTime.DateOf(await live.Service.NowAsync());
        object[] wrong =
        [
            new { receivedOn = today.AddDays(1) },
            new { receivedOn = today.AddYears(-10).AddDays(-1) },
            new { receivedOn = "2026-02-30" },
            new { receivedOn = "yesterday" },
            new { receivedOn = 20260101 },
        ];
        foreach (var body in wrong)
        {
            (await live.Wuxi.PostAsync($"cards/{number}/receipt", body))
                .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "receivedOn");
        }

        Assert.Equal("registered", await live.Wuxi.EventsOfAsync(number));
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { receivedOn = today })).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { receivedOn = today })).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { receivedOn = today.AddDays(-1) }))
            .ExpectProblem(HttpStatusCode.Conflict, "already-received");
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Theory]
    [InlineData("""{"occasion":"outpatient","idNumber":"11010519491231002X"}""", "channel")]
    [InlineData("""{"channel":"hospital","occasion":"outpatient"}""", "idNumber")]
    [InlineData("""{"channel":"moon","occasion":"outpatient","idNumber":"11010519491231002X"}""", "channel")]
    [InlineData("""{"channel":0,"occasion":"outpatient","idNumber":"11010519491231002X"}""", "channel")]
    [InlineData("""{"channel":"hospital","occasion":"outpatient","idNumber":"110105194912310021"}""", "idNumber")]
    [InlineData(
        """{"channel":"hospital","occasion":"outpatient","idNumber":"11010519491231002X","agent":{"name":"李华"}}""", "agent.idNumber")]
    [InlineData("""{"channel":"hospital","occasion":"outpatient","idNumber":"11010519491231002X","phone":"13800138000"}""", "phone")]
    public async Task An_activation_that_is_wrong_in_one_field_is_refused_by_its_name(string body, string field)
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var refused = await live.Hospital.PostAsync($"cards/{number}/activations", body);
        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);
        Assert.DoesNotContain("1101051949123100", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("李华", refused.Text, StringComparison.Ordinal);
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Theory]
    [InlineData("cards/{0}")]
    [InlineData("cards/{0}/timeline")]
    [InlineData("openapi.yaml")]
    [InlineData("../../admin/health")]
    public async Task The_head_of_what_can_be_read_is_answered_without_the_body(string address)
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        var head = await live.Wuxi.SendAsync(HttpMethod.Head, address.Replace("{0}", number, StringComparison.Ordinal), null, null);

        Assert.Equal("", head.Expect(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("GET", "", "")]
    [InlineData("GET", "card", "")]
    [InlineData("POST", "cards/T00000000/unknown", "")]
    [InlineData("GET", "cards", "POST")]
    [InlineData("HEAD", "cards/", "POST")]
    [InlineData("OPTIONS", "Cards/T00000000", "GET, HEAD")]
    [InlineData("PATCH", "cards/%E5%8D%A1%2F1/password-changes/c1", "GET, HEAD")]
    [InlineData("DELETE", "cards/T00000000/family-members", "GET, HEAD, POST")]
    public async Task What_nobody_serves_is_answered_as_a_problem(string method, string address, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(live.Service.Api, address));
        using var response = await live.Service.Http.SendAsync(request);

        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal(allowed.Length > 0 ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        if (method != "HEAD")
        {
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(allowed.Length > 0 ? "method-not-allowed" : "not-found", (string?)problem["code"]);
        }
    }
}
