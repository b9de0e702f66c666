using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Notices;
using SocialCard.Functions.Storage;
using Xunit.Abstractions;

namespace SocialCard.EndToEnd.Crash;

/// <summary>
/// Kills the host in the middle of whatever it does, and then holds it to its promises: what was accepted took effect, once.
/// A failure prints the seed of its random choices; the variable SOCIALCARD_CRASH_SEED repeats them.
/// </summary>
[Trait(Category.Name, Category.Crash)]
public sealed class CrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Lives = 20;
    private const int CardsALife = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly int[] ReminderDays = [60, 30, 7, 1];

    private readonly List<CardStory> stories = [];
    private Azurite azurite = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString, ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task A_host_killed_at_any_moment_loses_nothing_and_does_nothing_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SOCIALCARD_CRASH_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"SOCIALCARD_CRASH_SEED={seed}");

        await LiveAndDieAsync(new Random(seed));
        await EmptiedAsync(CardUsageTrigger.Queue);
        await ExpireOnTheDayAsync();

        await CheckCardsAsync();
        await CheckStatisticsAsync();
        Assert.All(await ReadWorkflowsAsync(), status => Assert.Equal("Completed", status));
        Assert.False(await QueueOf(CardUsageTrigger.Queue + "-poison").ExistsAsync());
    }

    private async Task LiveAndDieAsync(Random random)
    {
        var host = new MortalHost(service);
        var usages = QueueOf(CardUsageTrigger.Queue);
        var plots = Enum.GetValues<Plot>();
        List<Task> lives = [];
        var clock = Task.CompletedTask;
        for (var life = 0; life < Lives; life++)
        {
            // Each death strikes a kind of work, while work of the other kinds is under way too.
            var work = (Work)(life % 4);
            var strike = host.BegunAsync(work, random.Next(1, 8));
            for (var card = 0; card < CardsALife; card++)
            {
                var story = new CardStory(host, usages, plots[stories.Count % plots.Length], random.Next(1, 62));
                stories.Add(story);
                lives.Add(story.PlayAsync());
            }

            lives.Add(clock = MoveClockAsync(host, clock, TimeSpan.FromHours(random.Next(1, 48))));
            await Task.WhenAny(strike, Task.WhenAll(lives)).WaitAsync(Patience);
            await Task.Delay(random.Next(work switch { Work.QueueMessage => 600, Work.ClockMove => 200, _ => 25 }));
            await host.DieAsync(secondDeath: life % 6 == 5 ? TimeSpan.FromMilliseconds(random.Next(2000)) : null);
        }

        await Task.WhenAll(lives).WaitAsync(Patience);
        output.WriteLine($"{stories.Count} cards, {host.Deaths} deaths, {host.Unanswered} requests unanswered");
        Assert.True(host.Unanswered > Lives / 2, "The deaths struck too little for the test to mean anything.");
    }

    private static async Task MoveClockAsync(MortalHost host, Task earlier, TimeSpan span)
    {
        await earlier;
        var target = await host.ReadAsync(service => service.NowAsync()) + span;

        // A move whose answer was lost may have been made; its repetition is then refused.
        await host.AnswerAsync(Work.ClockMove, service => service.TryAdvanceToAsync(target));
        Assert.True(await host.ReadAsync(service => service.NowAsync()) >= target);
    }

    /// <summary>Moves the clock from deadline to deadline: one minute before it a card waits, at it its application is suspended.</summary>
    private async Task ExpireOnTheDayAsync()
    {
        var waiting = (await ReadAsync(stories, story => $"cards/{story.Number}"))
            .Where(card => card["status"] == "awaitingActivation")
            .GroupBy(card => DateTimeOffset.Parse(card["activationDeadline"]!, CultureInfo.InvariantCulture))
            .OrderBy(group => group.Key)
            .ToList();
        Assert.NotEmpty(waiting);
        foreach (var group in waiting)
        {
            var numbers = group.Select(card => card["cardNumber"]!).ToList();
            await service.AdvanceToAsync(group.Key.AddMinutes(-1));
            Assert.All(await ReadAsync(numbers, number => $"cards/{number}"), card => Assert.Equal("awaitingActivation", card["status"]));
            await service.AdvanceToAsync(group.Key);
            Assert.All(await ReadAsync(numbers, number => $"cards/{number}"), card =>
            {
                Assert.Equal("suspended", card["social.state"]);
                Assert.Equal("activationExpired", card["social.reason"]);
                Assert.Equal(group.Key, DateTimeOffset.Parse(card["social.since"]!, CultureInfo.InvariantCulture));
            });
        }
    }

    private async Task CheckCardsAsync()
    {
        var stored = await StoredCard.ReadAllAsync(azurite.ConnectionString);
        var timelines = await ReadAsync(stories, story => $"cards/{story.Number}/timeline?limit=500");
        var notices = await ReadNoticesAsync();
        Assert.Equal(stories.Count, stored.Count);
        foreach (var (story, timeline) in stories.Zip(timelines))
        {
            var (card, told) = (stored[story.Number], timeline.Body!["events"]!.AsArray());
            Assert.True(TimelineEntry.IsWhole(card.Timeline, card.Head), $"The timeline of {story.Number} is broken.");
            Assert.Equal(card.Timeline.Select(entry => entry.Hash), told.Select(line => (string?)line!["hash"]));
            Assert.Empty(card.Outbox);

            List<string> expected = [.. story.Events];
            if (card.Timeline.FirstOrDefault(entry => entry.Type == "received") is { } received && !story.Events.Contains("activated"))
            {
                var deadline = ((DateTimeOffset)JsonNode.Parse(received.Details)!["activationDeadline"]!).UtcDateTime;
                var reminders = ReminderDays.Where(days => deadline.AddDays(-days).AddHours(9) > received.At.UtcDateTime).ToList();
                expected.AddRange(reminders.Select(_ => "activationReminded"));
                expected.Add("suspended");
                Assert.Equal(
                    reminders,
                    card.Timeline.Where(entry => entry.Type == "activationReminded")
                        .Select(entry => (int)JsonNode.Parse(entry.Details)!["daysBefore"]!));
                Assert.All(reminders, days => Assert.Contains($"{story.Number}-reminder-{days}", notices));
                Assert.Contains($"{story.Number}-expired", notices);
            }

            // Of two uses that arrive in the other order, the earlier one says since when the card works.
            Assert.Equal(expected.Order(), card.Timeline.Select(entry => entry.Type).Where(type => type != "enabledEarlier").Order());
        }
    }

    /// <summary>What the statistics counted from the changes is what the cards are.</summary>
    private async Task CheckStatisticsAsync()
    {
        var cards = (await ReadAsync(stories, story => $"cards/{story.Number}")).CountBy(card => card["status"]!);
        await service.AdvanceAsync(TimeSpan.FromDays(2));
        var until = DateOnly.FromDateTime((await service.NowAsync()).UtcDateTime);
        var query = string.Create(CultureInfo.InvariantCulture, $"from={until.AddDays(-400):yyyy-MM-dd}&until={until:yyyy-MM-dd}");
        var days = (await Caller.Operations(service).GetAsync($"operations/statistics?{query}")).Expect(HttpStatusCode.OK).Body!["days"]!;
        Assert.Equal(
            cards.OrderBy(status => status.Key, StringComparer.Ordinal).Select(status => (status.Key, status.Value)),
            days.AsArray()[^1]!["cards"]!.AsArray().Select(status => ((string)status!["status"]!, (int)status["cards"]!))
                .Where(status => status.Item2 > 0).OrderBy(status => status.Item1, StringComparer.Ordinal));
    }

    /// <summary>Waits until a queue is empty; a message that a dead host had in hand comes again after a while.</summary>
    private async Task EmptiedAsync(string queue)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await QueueOf(queue).GetPropertiesAsync(patience.Token)).Value.ApproximateMessagesCount > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    /// <summary>The states of all workflows, read past the engine.</summary>
    private async Task<List<string>> ReadWorkflowsAsync()
    {
        var rows = await StorageContents.RowsAsync(azurite.ConnectionString, TableOrchestrationService.TableName("SocialCard"));
        return [.. rows.Select(row => row.GetString("Status")).OfType<string>()];
    }

    private async Task<HashSet<string>> ReadNoticesAsync()
    {
        var (queue, found) = (QueueOf(Notice.Queue), new HashSet<string>());
        while ((await queue.ReceiveMessagesAsync(maxMessages: 32, visibilityTimeout: Patience)).Value is { Length: > 0 } messages)
        {
            found.UnionWith(messages.Select((QueueMessage message) => (string)JsonNode.Parse(message.Body)!["noticeId"]!));
        }

        return found;
    }

    private async Task<IReadOnlyList<Answer>> ReadAsync<T>(IReadOnlyList<T> items, Func<T, string> path)
    {
        var answers = new Answer[items.Count];
        var operations = Caller.Operations(service);
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (index, _) =>
            answers[index] = (await operations.GetAsync(path(items[index]))).Expect(HttpStatusCode.OK));
        return answers;
    }

    private QueueClient QueueOf(string name) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
}
