using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Reissues;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>The people of Wuxi who bring a reissue about: bureau, bank, hotline, hospital, and those behind the queues.</summary>
internal sealed class ReissueCounter(Service service, string? connection = null)
{
    public const string Region = "320200";

    /// <summary>Wuxi with a fee and a promised day, which its sources do not tell.</summary>
    public const string Rules = """
        { "regions": { "320200": { "name": "Wuxi", "reissue": {
          "feeYuan": { "value": 15 }, "promise": { "pickUp": { "value": "3 workingDays" } } } } } }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public Caller Bureau { get; } = new(service, "local-bureau-wuxi-key");

    public Caller BankDesk { get; } = new(service, "local-bank-icbc-key");

    public BankCaller Bank { get; } = BankCaller.Icbc(service);

    public Caller Hotline { get; } = Caller.Hotline(service);

    public Caller Hospital { get; } = new(service, "local-hospital-wuxi-people-key");

    /// <summary>Settings for a host in which Wuxi has these rules.</summary>
    public static async Task<(string Name, string Value)[]> SettingsAsync(DirectoryInfo files)
    {
        var path = Path.Combine(files.FullName, "regions.json");
        await File.WriteAllTextAsync(path, Rules);
        return [("Regions__File", path), ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000")];
    }

    /// <summary>A card in use.</summary>
    public async Task<(string Number, string IdNumber)> ActiveAsync()
    {
        var (number, id) = await Cards.ReceivedAsync(Bureau, Region);
        await ActivateAsync(number, id);
        return (number, id);
    }

    public async Task ActivateAsync(string number, string id) => (await Hospital.PostAsync(
        $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id })).Expect(HttpStatusCode.OK);

    /// <summary>Applies for a new card at the window.</summary>
    public async Task<string> FileAsync(string number, string id, string reason = "damaged") =>
        (await TryFileAsync(number, id, reason)).Expect(HttpStatusCode.Accepted)["reissueId"]!;

    public Task<Answer> TryFileAsync(string number, string id, string reason, string? key = null) => Bureau.PostAsync(
        $"cards/{number}/reissues", new { reason, delivery = "pickUp", channel = "serviceWindow", idNumber = id }, key);

    public Task<Answer> PayAsync(string number, string reissueId, string? key = null) =>
        Bureau.PostAsync($"cards/{number}/reissues/{reissueId}/payment", new { amountYuan = 15, receipt = "R-1" }, key);

    public Task<Answer> ProduceAsync(string reissueId, string newCard, string? id = null) =>
        Bank.PostAsync("card.produced", new { reissueId, newCardNumber = newCard }, id: id);

    public Task<Answer> CardAsync(string number) => Bureau.GetAsync($"cards/{number}");

    /// <summary>Waits until a reissue stands somewhere.</summary>
    public Task<Answer> UntilAsync(string number, string reissueId, string state) =>
        UntilAsync($"cards/{number}/reissues/{reissueId}", answer => answer["state"] == state, state);

    /// <summary>Waits until a card's status is one.</summary>
    public Task<Answer> UntilStatusAsync(string number, string status) =>
        UntilAsync($"cards/{number}", answer => answer["status"] == status, status);

    public async Task<List<string>> StoryAsync(string number) =>
    [
        .. (await Bureau.GetAsync($"cards/{number}/timeline?limit=500")).Expect(HttpStatusCode.OK)
            .Body!["events"]!.AsArray().Select(line => (string)line!["type"]!),
    ];

    /// <summary>What lies on a queue, without taking it away.</summary>
    public async Task<List<JsonNode>> PeekAsync(string queue)
    {
        var client = new QueueClient(connection, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return [.. (await client.PeekMessagesAsync(32)).Value.Select(message => JsonNode.Parse(message.Body.ToString())!)];
    }

    /// <summary>The ids of the production orders of a reissue, each delivery once.</summary>
    public async Task<List<string>> OrdersAsync(string reissueId) =>
        [.. (await PeekAsync(ProductionOrder.Queue)).Where(order => (string?)order["reissueId"] == reissueId).Select(
            order => (string)order["orderId"]!)];

    public Task<List<JsonNode>> EscalationsAsync() => PeekAsync(Escalation.Queue);

    private async Task<Answer> UntilAsync(string path, Func<Answer, bool> isSo, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await Bureau.GetAsync(path);
            if (isSo(answer))
            {
                return answer;
            }

            Assert.False(
                patience.IsCancellationRequested,
                string.Create(CultureInfo.InvariantCulture, $"{path} is not {what}: {answer.Body?.ToJsonString()}"));
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
