using System.Text;
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
}
