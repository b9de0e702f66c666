using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Partners;

[Collection(StandingService.Collection)]
public sealed class PartnerTests(StandingService live)
{
    [Fact]
    public async Task A_partner_is_known_at_once_and_its_new_key_replaces_the_old_one()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var (first, second) = ("the-first-key-of-the-portal", "the-second-key-of-the-portal");
        (await new Caller(live.Service, first).GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");

        (await live.Operations.PutAsync("partners/portal", new { role = "online", apiKey = first })).Expect(HttpStatusCode.NoContent);
        (await new Caller(live.Service, first).GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);

        (await live.Operations.PutAsync("partners/portal", new { role = "online", apiKey = second })).Expect(HttpStatusCode.NoContent);
        (await new Caller(live.Service, second).GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        (await new Caller(live.Service, first).GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
    }

    [Fact]
    public async Task A_repeated_registration_is_answered_again_and_does_not_undo_a_later_one()
    {
        var (key, first, second) = (Guid.NewGuid().ToString("N"), "the-first-key-of-the-kiosks", "the-second-key-of-the-kiosks");
        var before = (await live.Operations.PutAsync("partners/kiosks", new { role = "online", apiKey = first }, key))
            .Expect(HttpStatusCode.NoContent);
        Assert.False(before.Headers.Contains("Idempotency-Replayed"));
        (await live.Operations.PutAsync("partners/kiosks", new { role = "online", apiKey = second })).Expect(HttpStatusCode.NoContent);

        var again = (await live.Operations.PutAsync("partners/kiosks", new { role = "online", apiKey = first }, key))
            .Expect(HttpStatusCode.NoContent);

        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        (await live.Operations.PutAsync("partners/kiosks", new { role = "hotline", apiKey = first }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await live.Operations.PutAsync("partners/others", new { role = "online", apiKey = first }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await new Caller(live.Service, second).GetAsync("cards/X00000000")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await new Caller(live.Service, first).GetAsync("cards/X00000000")).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
    }

    [Fact]
    public async Task A_repeated_change_of_secrets_is_answered_again_and_does_not_undo_a_later_one()
    {
        const string First = "whsec_Zmlyc3Qtc2VjcmV0LW9mLWEtYmFuay1vZi1pdHMtb3du";
        const string Second = "whsec_c2Vjb25kLXNlY3JldC1vZi1hLWJhbmstb2YtaXRzLW93bg==";
        var (path, key) = ("partners/bank-of-its-own/webhook-secrets", Guid.NewGuid().ToString("N"));
        (await live.Operations.PostAsync(path, new { secret = First }, key)).ExpectProblem(HttpStatusCode.NotFound, "partner-not-found");
        (await live.Operations.PutAsync(
            "partners/bank-of-its-own", new { role = "bank", apiKey = "the-key-of-a-bank-of-its-own", webhookSecret = Second }))
            .Expect(HttpStatusCode.NoContent);

        // Nothing was done for the key so far.
        var done = (await live.Operations.PostAsync(path, new { secret = First }, key)).Expect(HttpStatusCode.NoContent);
        Assert.False(done.Headers.Contains("Idempotency-Replayed"));
        (await live.Operations.PostAsync(path, new { secret = Second, overlapHours = 0 })).Expect(HttpStatusCode.NoContent);
        var again = (await live.Operations.PostAsync(path, new { secret = First }, key)).Expect(HttpStatusCode.NoContent);

        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        (await live.Operations.PostAsync(path, new { secret = First, overlapHours = 1 }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await new BankCaller(live.Service, "bank-of-its-own", Second).PostAsync(
            "card.financial.activated", new { cardNumber = "X00000000" }))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await new BankCaller(live.Service, "bank-of-its-own", First).PostAsync(
            "card.financial.activated", new { cardNumber = "X00000000" }))
            .ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
    }

    [Theory]
    [InlineData("Portal", """{"role":"online","apiKey":"a-key-of-more-than-24-characters"}""", "partnerId")]
    [InlineData("portal", """{"role":"online","apiKey":"short"}""", "apiKey")]
    [InlineData("portal", """{"role":"online","apiKey":"local-bureau-taiyuan-key"}""", "apiKey")]
    [InlineData("portal", """{"role":"queen","apiKey":"a-key-of-more-than-24-characters"}""", "role")]
    [InlineData("portal", """{"role":"bank","apiKey":"a-key-of-more-than-24-characters"}""", "webhookSecret")]
    [InlineData("portal", """{"role":"bank","apiKey":"a-key-of-more-than-24-characters","webhookSecret":"whsec_short"}""", "webhookSecret")]
    [InlineData("portal", """{"role":"online","apiKey":"a-key-of-more-than-24-characters","regionCode":"990000"}""", "regionCode")]
    public async Task A_registration_that_is_wrong_is_refused_by_the_name_of_its_field(string id, string body, string field)
    {
        var refused = await live.Operations.PutAsync($"partners/{id}", body);
        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", field);
        Assert.DoesNotContain("24-characters", refused.Text, StringComparison.Ordinal);
        (await new Caller(live.Service, "a-key-of-more-than-24-characters").GetAsync("cards/X00000000"))
            .ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
    }

    [Fact]
    public async Task A_webhook_secret_that_is_wrong_is_refused()
    {
        const string Good = "whsec_L9BJAVM0kowzhJErif/XOzbcUUHypCF/3tAJC3tLtqE=";
        (await live.Operations.PostAsync("partners/bank-icbc/webhook-secrets", new { secret = "secret" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "secret");
        (await live.Operations.PostAsync("partners/bank-icbc/webhook-secrets", new { secret = Good, overlapHours = 721 }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "overlapHours");
        (await live.Operations.PostAsync("partners/bank-icbc/webhook-secrets", new { secret = Good, overlapHours = int.MaxValue }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "overlapHours");
        (await live.Operations.PostAsync("partners/nobody/webhook-secrets", new { secret = Good }))
            .ExpectProblem(HttpStatusCode.NotFound, "partner-not-found");
    }
}
