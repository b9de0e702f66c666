using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;
using SocialCard.Tests.Integration;

namespace SocialCard.Tests.Orders;

/// <summary>The page of orders leaves nothing out.</summary>
public sealed class OrdersDocumentTests
{
    private static readonly string[] OfCards =
        ["delivered", "activated", "used", "password", "lost", "released", "paid", "produced", "failed"];

    private static readonly string[] OfLives = ["died", "revoked", "renounced", "moved", "left", "renamed", "corrected"];

    [Fact]
    public void Every_event_that_a_bank_or_a_registry_tells_is_explained()
    {
        var events = Yaml.Described(InterfaceDescriptions.OpenApi)["components"]!["schemas"]!["BankEvent"]!["properties"]!["type"]!["enum"]!
            .AsArray().Select(type => (string)type!).ToList();
        Assert.NotEmpty(events);
        var kinds = Enum.GetValues<CivilEventKind>().Select(kind => SocialCardJson.NameOf<CivilEventKind>(kind)!);
        Assert.All(events.Concat(kinds).Append("card-usages").Append("contribution-records"), told =>
            Assert.Contains($"`{told}`", OrdersDocument.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_pair_of_messages_is_in_a_table()
    {
        var pairs = OrdersDocument.Table("A card that was issued") is var (head, rows)
            ? rows.SelectMany(row => head[1..].Select(other => Pair(row[0], other))).ToHashSet() : [];
        pairs.UnionWith(OrdersDocument.Table("A card and its holder").Rows.Select(row => Pair(row[1], row[2])));
        pairs.UnionWith(OrdersDocument.Table("A person without a card").Rows.Select(row => Pair(row[1], row[2])));

        string[] all = [.. OfCards, .. OfLives];
        var wanted = all.SelectMany(one => all.Select(other => Pair(one, other)))
            .Concat(OfLives.Append("born").Append("registered").Select(other => Pair("born", other)));
        Assert.Empty(wanted.Distinct().Except(pairs));
    }

    private static (string, string) Pair(string one, string other)
    {
        var (a, b) = (Word(one), Word(other));
        return string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
    }

    // Without its day, by whom, and of which of two cards; a report of a loss is one, of whichever kind.
    private static string Word(string message) => message.Replace("new ", "", StringComparison.Ordinal).Split(' ', ',')[0] switch
    {
        "temporary" or "formal" => "lost",
        var word => word,
    };
}
