using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Functions.Activation;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Storage;
using Xunit.Abstractions;
using QueueMessageEncoding = Azure.Storage.Queues.QueueMessageEncoding;

namespace SocialCard.EndToEnd.Crash;

/// <summary>
/// Two hosts on one storage, whose workflows run on the backend of Azure. One of them is killed, again and again; what was accepted took
/// effect, once. A failure prints the seed of its random choices; the variable SOCIALCARD_CRASH_SEED repeats them.
/// </summary>
[Trait(Category.Name, Category.Crash)]
public sealed class SharedHubCrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Hub = "SocialCard";
    private const int Deaths = 10;
    private const int CardsADeath = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>The stories that come to their end by themselves, without a clock that is moved.</summary>
    private static readonly Plot[] Plots =
    [
        Plot.UsedAtTheHospital,
        Plot.UsedAtThePharmacy,
        Plot.UsedAtBothAtOnce,
        Plot.UsedBeforeReceipt,
        Plot.ActivatedAtTheBank,
        Plot.OfShanxi,
        Plot.LostAndFound,
    ];

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("socialcard-keys-");
    private readonly HostFolder folder = Copy();
    private readonly List<CardStory> stories = [];
    private Azurite azurite = null!;
    private Service[] services = [];

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        services = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Service.StartSharedAsync(
            folder.FullName,
            azurite.ConnectionString,
            ("Keys__Directory", keys.FullName),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"))));
    }

    public async Task DisposeAsync()
    {
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }

        await azurite.DisposeAsync();
        folder.Dispose();
        keys.Delete(recursive: true);
    }

    [Fact]
    public async Task Whichever_of_two_hosts_is_killed_nothing_is_lost_and_nothing_done_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SOCIALCARD_CRASH_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"SOCIALCARD_CRASH_SEED={seed}");
        var watch = Stopwatch.StartNew();

        await LiveAndDieAsync(new Random(seed));
        output.WriteLine($"answered after {watch.Elapsed}");
        await EventuallyAsync(async () => (await QueueOf(CardUsageTrigger.Queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        await EventuallyAsync(
            async () => (await ReadWorkflowsAsync()).TrueForAll(workflow => workflow.Status is not "Pending" && !workflow.GoesOn));
        await TellTheOvertakenAsync();
        await EventuallyAsync(async () => (await ReadWorkflowsAsync()).TrueForAll(workflow => workflow.Status is not "Running"));
        output.WriteLine($"settled after {watch.Elapsed}");

        Assert.All(await ReadWorkflowsAsync(), workflow => Assert.Equal("Completed", workflow.Status));
        Assert.False(await QueueOf(CardUsageTrigger.Queue + "-poison").ExistsAsync());
        var stored = await StoredCard.ReadAllAsync(azurite.ConnectionString);
        Assert.Equal(stories.Count, stored.Count);
        Assert.All(stories, story =>
        {
            var card = stored[story.Number];
            Assert.True(TimelineEntry.IsWhole(card.Timeline, card.Head), $"The timeline of {story.Number} is broken.");
            // Of two uses that arrive in the other order, the earlier one says since when the card works.
            Assert.Equal(
                story.Events.Order(), card.Timeline.Select(entry => entry.Type).Where(type => type != "enabledEarlier").Order());
            Assert.Empty(card.Outbox);
        });
    }

    private async Task LiveAndDieAsync(Random random)
    {
        var hosts = new MortalHost(services);
        var usages = QueueOf(CardUsageTrigger.Queue);
        List<Task> lives = [];
        for (var death = 0; death < Deaths; death++)
        {
            var strike = hosts.BegunAsync((Work)(death % 3), random.Next(1, 8));
            for (var card = 0; card < CardsADeath; card++)
            {
                var story = new CardStory(hosts, usages, Plots[stories.Count % Plots.Length], daysToDeadline: 0);
                stories.Add(story);
                lives.Add(story.PlayAsync());
            }

            await Task.WhenAny(strike, Task.WhenAll(lives)).WaitAsync(Patience);
            await Task.Delay(random.Next(600));
            await hosts.DieAsync(random.Next(services.Length));
        }

        await Task.WhenAll(lives).WaitAsync(Patience);
        output.WriteLine($"{stories.Count} cards, {hosts.Deaths} deaths, {hosts.Unanswered} requests unanswered");
        Assert.True(hosts.Unanswered > 0, "The deaths struck too little for the test to mean anything.");
    }

    /// <summary>
    /// The backend drops an event that reaches an instance before its start does, as happens when a host dies with the start in hand. The
    /// workflow would ask its card at the next reminder or at the deadline, and end; here it is told again.
    /// </summary>
    private async Task TellTheOvertakenAsync()
    {
        var hub = new DurableTaskSettings { HubName = Hub };
        var provider = AzureStorageProvider.Create(
            hub, new StorageAccountClientProvider(azurite.ConnectionString), NullLoggerFactory.Instance);
        await using DurableEngine engine = new(
            provider, new(), new(Hub, null, TimeSpan.MaxValue, ProviderEndsTurns: false), NullLoggerFactory.Instance);
        var overtaken = (await ReadWorkflowsAsync()).FindAll(workflow => workflow.Status is "Running");
        output.WriteLine($"{overtaken.Count} workflows missed their event");
        Assert.InRange(overtaken.Count, 0, stories.Count / 4);
        foreach (var workflow in overtaken)
        {
            await engine.Client.RaiseEventAsync(
                workflow.Id,
                workflow.Name is nameof(ActivationOrchestration) ? ActivationOrchestration.Settled : LossReportOrchestration.Ended);
        }
    }

    /// <summary>All workflows, read past the hosts.</summary>
    private async Task<List<Workflow>> ReadWorkflowsAsync()
    {
        List<Workflow> workflows = [];
        foreach (var row in await StorageContents.RowsAsync(azurite.ConnectionString, Hub + "Instances"))
        {
            var (id, status) = (row.PartitionKey, row.GetString("RuntimeStatus"));
            workflows.Add(new(id, row.GetString("Name"), status, status is "Running" && await HasHeardAsync(id)));
        }

        return workflows;
    }

    private async Task<bool> HasHeardAsync(string instanceId) =>
        (await StorageContents.RowsAsync(
            azurite.ConnectionString, Hub + "History", TableClient.CreateQueryFilter($"PartitionKey eq {instanceId}")))
            .Exists(row => row.GetString("EventType") is "EventRaised");

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }

    private QueueClient QueueOf(string name) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <param name="Id">The instance.</param>
    /// <param name="Name">Its orchestrator.</param>
    /// <param name="Status">Its runtime status.</param>
    /// <param name="GoesOn">Whether it runs though it has heard what it waited for.</param>
    private sealed record Workflow(string Id, string Name, string Status, bool GoesOn);

    // What a dead host had in hand comes back soon.
    private static HostFolder Copy() => new(new JsonObject
    {
        ["partitionCount"] = 2,
        ["maxQueuePollingInterval"] = "00:00:00.200",
        ["controlQueueVisibilityTimeout"] = "00:00:10",
        ["workItemQueueVisibilityTimeout"] = "00:00:10",
    });
}
