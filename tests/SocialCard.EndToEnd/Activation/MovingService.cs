using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Activation;

/// <summary>
/// A service whose clock each test moves for its own cards. Jiangyin, a city of Wuxi, has a rule of its operators: a card
/// that is not activated in time is forfeited. Yixing, another one, shares with three receivers at once, who have one giver each. A third
/// registers no second card of the province, and in a fourth cards end after a year, and first ones that nobody fetches after three months.
/// In Xishan both applications must be activated, a minor's at the bank and without the account, the medical card of before is restricted
/// after half a year, and a reset of the password goes as in Xi'an.
/// </summary>
public sealed class MovingService : LiveService
{
    public const string Collection = "A service whose time passes";

    public const string Forfeiting = "320281";

    public const string Families = "320282";

    public const string OneCard = "320283";

    public const string Guarded = "320205";

    public const string ShortLived = "320284";

    private readonly FileInfo regions = new(Path.GetTempFileName());
    private readonly List<JsonNode> notices = [];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    /// <summary>What the message gateway got for a card so far, in the order of the causes.</summary>
    public async Task<IReadOnlyList<JsonNode>> NoticesOfAsync(string cardNumber)
    {
        var queue = QueueOf("notices");
        while ((await queue.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                notices.Add(JsonNode.Parse(Convert.FromBase64String(message.MessageText))!);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return [.. notices.Where(notice => (string)notice["cardNumber"]! == cardNumber)
            .OrderBy(notice => (string)notice["at"]!, StringComparer.Ordinal)];
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, $$"""
            { "regions": {
              "{{Forfeiting}}": { "name": "Jiangyin", "activation": { "onMissed": { "value": "forfeit", "unsourced": true } } },
              "{{Families}}": { "name": "Yixing", "familySharing": {
                "maxReceivers": { "value": 3 }, "giversPerReceiver": { "value": 1 }, "review": { "value": "0 days" },
                "consentWithin": { "value": "3 days" }, "changesPerYear": { "value": 1 } } },
              "{{OneCard}}": { "name": "One card", "cards": { "secondInProvince": { "value": "refuse", "unsourced": true } } },
              "{{Guarded}}": { "name": "Xishan",
                "activation": {
                  "appliesTo": { "value": "both" }, "minorChannels": { "value": ["bank"] }, "minorMaySkipFinancial": { "value": true },
                  "oldCardRestrictedAfter": { "value": "6 months" } },
                "passwords": {
                  "reenableAfterReset": { "value": true },
                  "social": { "resetTo": { "value": { "rule": "literal", "digits": "666666" } } } } },
              "{{ShortLived}}": { "name": "Short-lived", "reissue": {
                "validityYears": { "value": 1 }, "validityEnd": { "value": "ends" },
                "unclaimedReturnedAfter": { "value": "2 months" }, "unclaimedCancelledAfter": { "value": "1 month" } } } } }
            """);
        return await Service.StartOnAsync(azurite.ConnectionString, ("Regions__File", regions.FullName));
    }
}

[CollectionDefinition(MovingService.Collection)]
public sealed class SharedMovingService : ICollectionFixture<MovingService>;
