using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;
using SocialCard.Functions.Partners;

namespace SocialCard.EndToEnd.Partners;

[Collection(StandingService.Collection)]
public sealed class BankWebhookTests(StandingService live)
{
    private const string Secret = "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=";
    private const string OtherSecret = "whsec_L9BJAVM0kowzhJErif/XOzbcUUHypCF/3tAJC3tLtqE=";

    [Fact]
    public async Task An_event_that_is_not_proven_changes_nothing()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var at = await live.Service.NowAsync();
        var (body, now) = (BodyOf(number, at), at.ToUnixTimeSeconds());
        var (stale, early, fresh) = (TextOf(now - 310), TextOf(now + 310), TextOf(now));
        var altered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body) + " ");
        (string Id, string Time, string Signature, byte[] Body)[] unproven =
        [
            ("stale", stale, WebhookSignature.Sign(Secret, "stale", stale, body), body),
            ("early", early, WebhookSignature.Sign(Secret, "early", early, body), body),
            ("no-time", "today", WebhookSignature.Sign(Secret, "no-time", "today", body), body),
            ("other-bank", fresh, WebhookSignature.Sign(OtherSecret, "other-bank", fresh, body), body),
            ("other-id", fresh, WebhookSignature.Sign(Secret, "this-id", fresh, body), body),
            ("other-time", fresh, WebhookSignature.Sign(Secret, "other-time", TextOf(now - 1), body), body),
            ("altered", fresh, WebhookSignature.Sign(Secret, "altered", fresh, body), altered),
            ("no-version", fresh, WebhookSignature.Sign(Secret, "no-version", fresh, body)[3..], body),
            ("no-base64", fresh, "v1,%%%", body),
            ("empty", fresh, "v1,", body),
        ];
        foreach (var (id, time, signature, sent) in unproven)
        {
            (await live.Bank.PostRawAsync(id, time, signature, sent)).ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        }

        (await new BankCaller(live.Service, "bank-of-nowhere", Secret).PostRawAsync(
            "a", fresh, WebhookSignature.Sign(Secret, "a", fresh, body), body))
            .ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        (await new BankCaller(live.Service, "hospital-wuxi", Secret).PostRawAsync(
            "a", fresh, WebhookSignature.Sign(Secret, "a", fresh, body), body))
            .ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        using var bare = new ByteArrayContent(body);
        using var response = await live.Service.Http.PostAsync(new Uri(live.Service.Api, "webhooks/banks/bank-icbc"), bare);
        (await Answer.OfAsync(response)).ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task Of_several_signatures_one_must_hold()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var at = await live.Service.NowAsync();
        var (body, time) = (BodyOf(number, at), TextOf(at.ToUnixTimeSeconds()));
        var (wrong, right) =
            (WebhookSignature.Sign(OtherSecret, "several", time, body), WebhookSignature.Sign(Secret, "several", time, body));
        (await live.Bank.PostRawAsync("several", time, $"v1a,abc {wrong}  {right} v2,x", body)).Expect(HttpStatusCode.NoContent);
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["financial.state"]);
    }

    [Fact]
    public async Task A_repeated_id_is_accepted_and_changes_nothing()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var data = new { cardNumber = number };
        var (id, at) = ("msg_" + number, await live.Service.NowAsync());
        (await live.Bank.PostAsync("card.financial.activated", data, at, id)).Expect(HttpStatusCode.NoContent);
        var before = (await live.Wuxi.GetAsync($"cards/{number}/timeline")).Text;

        var again = (await live.Bank.PostAsync("card.financial.activated", data, at, id)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("", again.Text);
        Assert.Equal(before, (await live.Wuxi.GetAsync($"cards/{number}/timeline")).Text);
    }

    [Fact]
    public async Task An_event_written_anew_is_the_same_while_its_type_and_data_say_the_same()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (id, at) = ("anew_" + number, await live.Service.NowAsync());
        (await live.Bank.PostAsync("card.loss.reported", new { cardNumber = number, reportedAt = at, kind = "temporary" }, at, id))
            .Expect(HttpStatusCode.NoContent);
        var before = (await live.Wuxi.GetAsync($"cards/{number}/timeline")).Text;

        // Another time and order, the same instant in another offset, a field that nobody knows, and what is so by default left out.
        (await live.Bank.PostAsync(
            "card.loss.reported",
            new { branch = 7, reportedAt = at.ToOffset(TimeSpan.FromHours(8)).ToString("O"), cardNumber = number },
            at.AddSeconds(1),
            id))
            .Expect(HttpStatusCode.NoContent);

        Assert.Equal(before, (await live.Wuxi.GetAsync($"cards/{number}/timeline")).Text);
    }

    [Fact]
    public async Task An_id_that_comes_again_with_other_data_is_refused_and_escalated_once()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (id, at) = ("other_" + number, await live.Service.NowAsync());
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number, activatedAt = at }, at, id))
            .Expect(HttpStatusCode.NoContent);

        foreach (var (type, data) in new (string, object)[]
        {
            ("card.financial.activated", new { cardNumber = number, activatedAt = at.AddSeconds(-1) }),
            ("card.loss.reported", new { cardNumber = number, reportedAt = at }),
            ("card.financial.activated", new { cardNumber = number, activatedAt = at.AddSeconds(-1) }),
        })
        {
            (await live.Bank.PostAsync(type, data, at, id)).ExpectProblem(HttpStatusCode.Conflict, "webhook-id-reused");
        }

        Assert.Single((await live.Wuxi.EventsOfAsync(number)).Split(','), happened => happened == "bankEventContradicted");
        var escalations = (await live.QueueOf("operations-escalations").PeekMessagesAsync(32)).Value;
        var told = escalations.Select(message => JsonNode.Parse(Convert.FromBase64String(message.MessageText))!)
            .Where(escalation => (string?)escalation["cardNumber"] == number);
        Assert.Equal("bankEventContradicted", (string?)Assert.Single(told)["kind"]);
    }

    [Theory]
    [InlineData("card.eaten", """{"cardNumber":"X00000000"}""")]
    [InlineData("card.limit.changed", "null")]
    public async Task A_type_of_event_that_nobody_knows_is_taken(string type, string data) =>
        (await live.Bank.PostAsync(type, JsonSerializer.Deserialize<JsonElement>(data))).Expect(HttpStatusCode.NoContent);

    [Fact]
    public async Task A_field_that_nobody_knows_is_skipped()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number, branch = new { city = "无锡" } }))
            .Expect(HttpStatusCode.NoContent);

        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["financial.state"]);
    }

    [Fact]
    public async Task What_is_told_of_a_card_before_it_was_issued_is_refused_by_the_name_of_its_field()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var early = (await live.Service.NowAsync()).AddDays(-40);

        (await live.Bank.PostAsync("card.password.changed", new { cardNumber = number, changedAt = early }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "data.changedAt");
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number }, early))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "timestamp");

        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task A_card_that_is_not_registered_yet_is_not_found_until_it_is()
    {
        var (number, id, at) = (Cards.NextNumber(), Guid.NewGuid().ToString("N"), await live.Service.NowAsync());
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number }, at, id))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");

        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200"))).Expect(HttpStatusCode.Created);

        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number }, at, id)).Expect(HttpStatusCode.NoContent);
        Assert.Equal("active", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    [Theory]
    [InlineData("card.financial.activated", """{}""", "data.cardNumber")]
    [InlineData("card.financial.activated", """{"cardNumber":"short"}""", "data.cardNumber")]
    [InlineData("card.financial.activated", """{"cardNumber":"X00000000","activatedAt":"2999-01-01T00:00:00Z"}""", "data.activatedAt")]
    [InlineData("card.financial.activated", """{"cardNumber":"X00000000","activatedAt":"yesterday"}""", "data.activatedAt")]
    [InlineData("card.financial.activated", """{"cardNumber":"X00000000","activatedAt":"2026-01-02T03:04:05"}""", "data.activatedAt")]
    [InlineData("card.financial.activated", """{"cardNumber":"X00000000","activatedAt":"2026-01-02"}""", "data.activatedAt")]
    [InlineData("card.loss.reported", """{"cardNumber":"X00000000","reportedAt":"1970-01-01T00:00:00Z"}""", "data.reportedAt")]
    [InlineData("card.loss.reported", """{"cardNumber":"11010519491231002X","reportedAt":"2026-01-02T03:04:05Z"}""", "data.cardNumber")]
    [InlineData("card.financial.activated", """null""", "data")]
    [InlineData("card.delivered", """{"cardNumber":"X00000000","deliveredOn":"2999-01-01"}""", "data.deliveredOn")]
    [InlineData("card.delivered", """{"cardNumber":"X00000000","deliveredOn":"1999-01-01"}""", "data.deliveredOn")]
    public async Task A_body_that_is_wrong_is_refused_by_the_name_of_its_field(string type, string data, string field)
    {
        var refused = await live.Bank.PostAsync(type, JsonSerializer.Deserialize<JsonElement>(data));
        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);
        Assert.DoesNotContain("11010519491231002X", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_the_future_is_refused()
    {
        var now = await live.Service.NowAsync();
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = "X00000000" }, now.AddMinutes(10)))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "timestamp");
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_refused() =>
        (await live.Bank.PostRawAsync("large", "1", "v1,", new byte[(64 * 1024) + 1]))
            .ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");

    private static byte[] BodyOf(string number, DateTimeOffset at) => Encoding.UTF8.GetBytes(
        $$$"""{"type":"card.financial.activated","timestamp":"{{{at.UtcDateTime:O}}}","data":{"cardNumber":"{{{number}}}"}}""");

    private static string TextOf(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
