using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.Webhooks;
using SocialCard.Tests.Observability;

namespace SocialCard.Tests.Http;

public sealed class UnknownFieldsTests
{
    [Fact]
    public void Fields_that_no_form_has_are_found_by_their_places()
    {
        Assert.Equal(["branch"], Of<BankEvent>("""{"type":"a","timestamp":1,"data":{"any":1},"branch":{"city":"无锡"}}"""));
        Assert.Equal(["teller"], Of<FeePaidData>("""{"cardNumber":"T00000001","reissueId":"r","amountYuan":20,"teller":7}"""));
        Assert.Equal(
            ["members[1].age"], Of<FamilyMembersRequest>("""{"members":[{"relation":"child"},{"relation":"child","age":3}]}"""));
        Assert.Empty(Of<FeePaidData>("[]"));

        static IReadOnlyList<string> Of<T>(string json) => UnknownFields.In<T>(JsonSerializer.Deserialize<JsonElement>(json));
    }

    [Fact]
    public void What_was_skipped_is_counted_once_a_message_by_partner()
    {
        using var measured = new Measured("socialcard.messages.unknown");
        var unknown = new UnknownParts(NullLogger<UnknownParts>.Instance);

        unknown.Fields("bank-icbc", "card.delivered", []);
        unknown.Fields("bank-icbc", "card.delivered", ["branch", "11010519491231002X"]);
        unknown.Type("bank-icbc", "card.moved");

        Assert.Equal("1 partner=bank-icbc what=field, 1 partner=bank-icbc what=type", measured.Values);
    }
}
