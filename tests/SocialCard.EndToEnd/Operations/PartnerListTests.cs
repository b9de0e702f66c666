using System.Net;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Operations;

[Collection(OperationsService.Collection)]
public sealed class PartnerListTests(OperationsService live)
{
    private const string New = "whsec_bmV3LXNlY3JldC1vZi10aGUtc2Vjb25kLWJhbms=";

    [Fact]
    public async Task The_list_shows_when_secrets_end_and_nothing_of_them_and_an_overlap_is_ended_at_once()
    {
        (await live.Operations.PostAsync("partners/bank-ccb/webhook-secrets", new { secret = New, overlapHours = 48 }))
            .Expect(HttpStatusCode.NoContent);
        var (during, text) = await BankAsync();
        Assert.Equal(2, during["webhookSecrets"]!.AsArray().Count);
        Assert.Null(during["webhookSecrets"]![0]!["validUntil"]);
        Assert.NotNull(during["webhookSecrets"]![1]!["validUntil"]);
        Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("local-", text, StringComparison.Ordinal);
        (await BankCaller.Ccb(live.Service).PostAsync("nobody.knows", new { })).Expect(HttpStatusCode.NoContent);

        (await live.Operations.PostBareAsync("operations/partners/bank-ccb/webhook-secrets/overlap-end")).Expect(HttpStatusCode.NoContent);

        Assert.Single((await BankAsync()).Bank["webhookSecrets"]!.AsArray());
        (await BankCaller.Ccb(live.Service).PostAsync("nobody.knows", new { })).ExpectProblem(HttpStatusCode.Unauthorized, "bad-signature");
        (await live.Operations.PostBareAsync("operations/partners/nobody/webhook-secrets/overlap-end"))
            .ExpectProblem(HttpStatusCode.NotFound, "partner-not-found");
        (await live.Wuxi.GetAsync("operations/partners")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<(JsonNode Bank, string Text)> BankAsync()
    {
        var answer = (await live.Operations.GetAsync("operations/partners")).Expect(HttpStatusCode.OK);
        return (answer.Body!["items"]!.AsArray().Single(partner => (string?)partner!["id"] == "bank-ccb")!, answer.Text);
    }
}
