using System.Net;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.ElectronicCards;

namespace SocialCard.EndToEnd.Inquiries;

/// <summary>A guardian asks after the electronic cards of his children, in each of the three ways.</summary>
[Collection(ElectronicService.Collection)]
public sealed class ElectronicCardInquiryTests(ElectronicService live)
{
    private const string Password = "739150";

    [Fact]
    public async Task Website_hotline_and_hall_tell_a_guardian_of_each_child_and_nobody_else()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var sibling = await guardian.AndAnotherAsync();
        var issued = await guardian.IssuedAsync();
        var begun = await sibling.UpToAsync("documents");
        foreach (var (number, id) in new[] { guardian.Card, (guardian.ChildCard, guardian.ChildId) })
        {
            (await live.Wuxi.PostAsync(
                $"cards/{number}/password-changes",
                new { kind = "query", operation = "reset", channel = "serviceWindow", newPassword = Password, idNumber = id }))
                .Expect(HttpStatusCode.OK);
        }

        (Caller Caller, string Channel)[] ways =
            [(Caller.Online(live.Service), "online"), (Caller.Hotline(live.Service), "phone"), (live.Wuxi, "serviceWindow")];
        foreach (var (caller, channel) in ways)
        {
            var told = await AskAsync(caller, channel, guardian.Card.IdNumber);
            Assert.Equal(
                [(begun, "draft", "documents"), (issued, "issued", null)],
                told.Select(card => ((string)card!["electronicCardId"]!, (string)card["state"]!, (string?)card["nextStep"])));
            Assert.All(told, card => Assert.Equal(("child", "王**"), ((string)card!["relation"]!, (string)card["child"]!["name"]!)));
            Assert.Equal(
                [sibling.ChildId[^4..], guardian.ChildId[^4..]], told.Select(card => ((string)card!["child"]!["idNumber"]!)[^4..]));
            Assert.All(told, card => Assert.NotNull((DateTimeOffset?)card!["accessEndsAt"]));
            Assert.DoesNotContain(guardian.ChildId, told.ToJsonString(), StringComparison.Ordinal);

            // The child's own inquiry is about its cards, not about who shows them.
            Assert.Empty(await AskAsync(caller, channel, guardian.ChildId));
        }
    }

    private static async Task<JsonArray> AskAsync(Caller caller, string channel, string idNumber) => (await caller.PostAsync(
        "inquiries", new { idNumber, queryPassword = Password, topics = new[] { "electronicCards" }, channel }))
        .Expect(HttpStatusCode.OK).Body!["electronicCards"]!.AsArray();
}
