using System.Text;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Api;
using SocialCard.Functions.FamilySharing;

namespace SocialCard.Tests.Http;

public sealed class JsonBodyTests
{
    [Fact]
    public void A_fault_in_a_list_is_told_by_its_place()
    {
        var (body, problem) = JsonBody.Parse<FamilyMembersRequest>(Encoding.UTF8.GetBytes(
            """
            {
              "channel": "website", "idNumber": "11010519491231002X",
              "members": [
                {"idNumber": "11010519491231002X", "relation": "child"},
                {"idNumber": "1", "relation": "child", "computerNumber": "12", "cardNumber": "?"}
              ]
            }
            """));
        Assert.Null(body);
        var errors = (IReadOnlyDictionary<string, string[]>)problem!.ProblemDetails.Extensions["errors"]!;
        Assert.Equal(
            ["members[1].cardNumber", "members[1].computerNumber", "members[1].idNumber"], errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"service":"pension","services":["nothing"]}""")]
    [InlineData("""{"service":"pension","services":["pensions","training","nothing"]}""")]
    [InlineData("""{"service":"pension","services":["pensions",7]}""")]
    public void A_name_in_a_list_that_is_none_is_told_by_its_place(string json)
    {
        var (body, problem) = JsonBody.Parse<ServiceList>(Encoding.UTF8.GetBytes(json));

        Assert.Null(body);
        var field = Assert.Single((IReadOnlyDictionary<string, string[]>)problem!.ProblemDetails.Extensions["errors"]!).Key;
        Assert.Matches(@"\Aservices\[[0-2]\]\z", field);
    }

    [Fact]
    public void Fields_that_do_not_go_together_are_told_by_their_place_beside_the_faults_before()
    {
        var (body, problem) = JsonBody.Parse<FamilyMembersRequest>(Encoding.UTF8.GetBytes(
            """
            {
              "channel": "website", "idNumber": "11010519491231002X",
              "members": [
                {"document": {"type": "passport", "number": "E12345678", "nationality": "USA"}, "relation": "child", "cardNumber": "?"},
                {"relation": "child"}
              ]
            }
            """));
        Assert.Null(body);
        var errors = (IReadOnlyDictionary<string, string[]>)problem!.ProblemDetails.Extensions["errors"]!;
        Assert.Equal(["members[0].cardNumber", "members[1].idNumber"], errors.Keys.Order(StringComparer.Ordinal));
    }

    private sealed record ServiceList(string Service, IReadOnlyList<PublicService> Services);
}
