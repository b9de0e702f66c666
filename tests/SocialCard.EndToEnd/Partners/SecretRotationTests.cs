using System.Globalization;
using System.Net;
using System.Text;
using SocialCard.EndToEnd.Activation;
using SocialCard.Functions.Partners;

namespace SocialCard.EndToEnd.Partners;

/// <summary>A bank changes its webhook secret over, without an event lost.</summary>
[Collection(MovingService.Collection)]
public sealed class SecretRotationTests(MovingService live)
{
    [Fact]
    public async Task Both_secrets_hold_during_the_overlap_and_the_new_one_alone_after_it()
    {
        const string Old = "whsec_L9BJAVM0kowzhJErif/XOzbcUUHypCF/3tAJC3tLtqE=";
        const string New = "whsec_bmV3LXNlY3JldC1vZi10aGUtc2Vjb25kLWJhbms=";
        (await live.Operations.PostAsync("partners/bank-ccb/webhook-secrets", new { secret = New, overlapHours = 48 }))
            .Expect(HttpStatusCode.NoContent);

        await live.Service.AdvanceAsync(TimeSpan.FromHours(47));
        (await PostAsync("during-old", Old)).Expect(HttpStatusCode.NoContent);
        (await PostAsync("during-new", New)).Expect(HttpStatusCode.NoContent);

        await live.Service.AdvanceAsync(TimeSpan.FromHours(1));
        (await PostAsync("after-old", Old)).ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        (await PostAsync("after-new", New)).Expect(HttpStatusCode.NoContent);
        (await PostAsync("after-both", Old, New)).Expect(HttpStatusCode.NoContent);
    }

    /// <summary>Tells of a new card of the bank, signed with each of the secrets.</summary>
    private async Task<Answer> PostAsync(string id, params string[] secrets)
    {
        var number = Cards.NextNumber();
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200", "bank-ccb")))
            .Expect(HttpStatusCode.Created);
        var now = await live.Service.NowAsync();
        var (time, body) = (
            now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            Encoding.UTF8.GetBytes(
                $$$"""{"type":"card.financial.activated","timestamp":"{{{now:O}}}","data":{"cardNumber":"{{{number}}}"}}"""));
        return await BankCaller.Ccb(live.Service).PostRawAsync(
            id, time, string.Join(' ', secrets.Select(secret => WebhookSignature.Sign(secret, id, time, body))), body);
    }
}
