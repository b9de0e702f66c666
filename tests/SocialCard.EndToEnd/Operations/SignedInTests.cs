using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Operations;

/// <summary>Where App Service authentication stands in front, who has signed in acts for the partner that his claim names.</summary>
[Collection(OperationsService.Collection)]
public sealed class SignedInTests(OperationsService live)
{
    private const string Region = "operations/regions/320200/rules";

    [Fact]
    public async Task Who_has_signed_in_acts_for_the_partner_of_the_claim_and_with_its_rights()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("operations/partners", Principal("socialcard.operations")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Region, Principal("socialcard.bureau-wuxi")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("operations/partners", Principal("socialcard.bureau-wuxi")));
    }

    [Theory]
    [InlineData]
    [InlineData("socialcard.nobody")]
    [InlineData("operations")]
    [InlineData("socialcard.operations", "socialcard.bureau-wuxi")]
    public async Task Who_acts_for_nobody_or_for_two_is_nobody(params string[] roles) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Region, Principal(roles)));

    [Theory]
    [InlineData("***")]
    [InlineData("bm8gSlNPTg==")]
    [InlineData("bnVsbA==")]
    public async Task What_App_Service_would_not_write_is_nobody(string header) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Region, header));

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    public async Task Another_site_does_not_call_with_the_cookie_of_this_one(string from, HttpStatusCode expected) =>
        Assert.Equal(expected, await AskAsync(Region, Principal("socialcard.operations"), from));

    internal static string Principal(params string[] roles) => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["auth_typ"] = "aad",
        ["claims"] = new JsonArray(
        [
            new JsonObject { ["typ"] = "name", ["val"] = "somebody" },
            .. roles.Select(role => new JsonObject { ["typ"] = "roles", ["val"] = role }),
        ]),
    }.ToJsonString()));

    private async Task<HttpStatusCode> AskAsync(string path, string principal, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, path));
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        using var answer = await live.Service.Http.SendAsync(request);
        return answer.StatusCode;
    }
}

/// <summary>Where nothing stands in front, the header is anybody's.</summary>
[Collection(StandingService.Collection)]
public sealed class NotSignedInTests(StandingService live)
{
    [Fact]
    public async Task Where_nothing_says_that_it_stands_in_front_the_header_counts_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, "operations/partners"));
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", SignedInTests.Principal("socialcard.operations"));
        using var answer = await live.Service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
