using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Functions;
using SocialCard.Embedded.Queues;

namespace SocialCard.EndToEnd.Host;

public sealed class QueueListenerTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private readonly Inbox inbox = new();

    [Fact]
    public async Task A_message_is_processed_once_and_deleted()
    {
        await using var host = await StartAsync();
        await SendAsync(host, "one");
        await SendAsync(host, "two");

        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(["one", "two"], inbox.Taken.Order());
        Assert.False(await host.RawQueue(inbox.Queue + "-poison").ExistsAsync());
    }

    [Fact]
    public async Task A_message_that_fails_comes_again_and_succeeds()
    {
        inbox.FailuresFor["shaky"] = 2;
        await using var host = await StartAsync();
        await SendAsync(host, "shaky");

        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(["shaky", "shaky", "shaky"], inbox.Taken);
        Assert.False(await host.RawQueue(inbox.Queue + "-poison").ExistsAsync());
    }

    [Fact]
    public async Task After_the_last_attempt_a_message_goes_to_the_poison_queue_as_it_was()
    {
        inbox.FailuresFor["broken"] = int.MaxValue;
        await using var host = await StartAsync();
        await SendAsync(host, "broken");

        var poison = await PoisonAsync(host);

        Assert.Equal(Encode("broken"), poison);
        Assert.Equal(3, inbox.Taken.Count);
        await EmptyAsync(host, inbox.Queue);
    }

    [Fact]
    public async Task A_damaged_message_goes_to_the_poison_queue_and_the_next_one_is_processed()
    {
        await using var host = await StartAsync();
        await host.RawQueue(inbox.Queue).SendMessageAsync("%% no base64 %%");
        await SendAsync(host, "fine");

        var poison = await PoisonAsync(host);
        await EmptyAsync(host, inbox.Queue);

        Assert.Equal("%% no base64 %%", poison);
        Assert.Equal(["fine"], inbox.Taken);
    }

    [Fact]
    public async Task Without_an_encoding_the_text_is_the_message()
    {
        await using var host = await SampleHost.StartAsync(
            fixture.Azurite.ConnectionString, [typeof(Functions)], inbox, encoding: "none", queue: inbox.Queue);
        await host.RawQueue(inbox.Queue).SendMessageAsync("%% no base64 %%");

        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(["%% no base64 %%"], inbox.Taken);
    }

    [Fact]
    public async Task A_message_in_the_hands_of_a_host_that_died_is_processed_by_the_next()
    {
        var queue = new QueueClient(fixture.Azurite.ConnectionString, inbox.Queue);
        await queue.CreateAsync();
        await queue.SendMessageAsync(Encode("orphan"));
        // What a killed host leaves: a message received, hidden for a while, and never answered for.
        await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1));

        await using var host = await StartAsync();
        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(["orphan"], inbox.Taken);
    }

    [Fact]
    public async Task A_message_that_ended_every_host_goes_to_the_poison_queue_without_another_run()
    {
        var queue = new QueueClient(fixture.Azurite.ConnectionString, inbox.Queue);
        await queue.CreateAsync();
        await queue.SendMessageAsync(Encode("deadly"));
        for (var death = 0; death < 3; death++)
        {
            await SampleHost.EventuallyAsync(async () =>
                (await queue.ReceiveMessagesAsync(1, TimeSpan.FromSeconds(1))).Value.Length > 0);
        }

        await using var host = await StartAsync();
        var poison = await PoisonAsync(host);

        Assert.Equal(Encode("deadly"), poison);
        Assert.Empty(inbox.Taken);
    }

    [Fact]
    public async Task Stopping_finishes_the_message_in_hand_and_leaves_the_others()
    {
        var release = inbox.HoldBack("slow");
        await using var host = await StartAsync();
        await SendAsync(host, "slow");
        await SampleHost.EventuallyAsync(() => inbox.Taken.Contains("slow"));

        var stopping = host.StopAsync();
        await SampleHost.EventuallyAsync(async () =>
        {
            // Nobody takes a message any more once the host has closed its port.
            try
            {
                await host.Http.GetAsync("admin/health");
                return false;
            }
            catch (Exception fault) when (fault is HttpRequestException or ObjectDisposedException)
            {
                return true;
            }
        });
        await SendAsync(host, "late");
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;

        Assert.Equal(["slow"], inbox.Taken);
        var left = await host.RawQueue(inbox.Queue).PeekMessagesAsync(10);
        Assert.Equal([Encode("late")], left.Value.Select(message => message.MessageText));
    }

    [Fact]
    public async Task No_more_messages_run_at_once_than_batch_and_threshold_allow()
    {
        var releases = Enumerable.Range(0, 12).Select(number => inbox.HoldBack($"m{number}")).ToList();
        await using var host = await StartAsync();
        foreach (var number in Enumerable.Range(0, 12))
        {
            await SendAsync(host, $"m{number}");
        }

        // batchSize 4; the next batch comes once 2 or fewer are left.
        await SampleHost.EventuallyAsync(() => inbox.Taken.Count >= 4);
        releases.ForEach(release => release.SetResult());
        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(12, inbox.Taken.Distinct().Count());
        Assert.InRange(inbox.MostAtOnce, 4, 6);
    }

    [Fact]
    public async Task A_message_stays_hidden_while_its_function_runs()
    {
        var release = inbox.HoldBack("long");
        var renewals = new RenewalCount();
        var options = new QueueClientOptions();
        options.AddPolicy(renewals, HttpPipelinePosition.PerCall);
        var storage = new QueueServiceClient(fixture.Azurite.ConnectionString, options);
        var function = FunctionCatalog.Load([typeof(Functions)], Configuration(), "").Queues.Single();
        await using var services = new ServiceCollection().AddSingleton(inbox).BuildServiceProvider();
        await using var listener = new QueueListener(
            function with { Queue = inbox.Queue }, new QueueSettings(), storage, services, NullLogger<QueueListener>.Instance)
        { Lease = TimeSpan.FromSeconds(2) };
        await listener.PrepareAsync(default);
        listener.Start();
        await storage.GetQueueClient(inbox.Queue).SendMessageAsync(Encode("long"));

        // Six renewals at a third of the lease each: twice as long as an unrenewed message would stay hidden.
        await SampleHost.EventuallyAsync(() => renewals.Seen >= 6);
        release.SetResult();
        await listener.DrainAsync(default);

        Assert.Equal(["long"], inbox.Taken);
        Assert.Equal(0, (await storage.GetQueueClient(inbox.Queue).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_listener_goes_on_after_an_outage()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var host = await SampleHost.StartAsync(azurite.ConnectionString, [typeof(Functions)], inbox, queue: inbox.Queue);
        await azurite.StopAsync();
        await SampleHost.EventuallyAsync(() => !host.Running.Listeners[0].IsPolling);
        var sick = await host.GetJsonAsync("admin/health", System.Net.HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", sick.GetProperty("status").GetString());
        Assert.Equal("unreachable", sick.GetProperty("dependencies").GetProperty("tables").GetString());
        Assert.Equal("unreachable", sick.GetProperty("dependencies").GetProperty("queues").GetString());

        // It comes back empty: the queue itself has to be made again.
        await azurite.RestartAsync();
        await SampleHost.EventuallyAsync(async () => await host.RawQueue(inbox.Queue).ExistsAsync());
        await SendAsync(host, "after");
        await EmptyAsync(host, inbox.Queue);

        Assert.Equal(["after"], inbox.Taken);
    }

    private Task<SampleHost> StartAsync() =>
        SampleHost.StartAsync(fixture.Azurite.ConnectionString, [typeof(Functions)], inbox, queue: inbox.Queue);

    private Task SendAsync(SampleHost host, string text) => host.RawQueue(inbox.Queue).SendMessageAsync(Encode(text));

    private static string Encode(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private static async Task EmptyAsync(SampleHost host, string queue) => await SampleHost.EventuallyAsync(async () =>
        (await host.RawQueue(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);

    private async Task<string> PoisonAsync(SampleHost host)
    {
        var poison = host.RawQueue(inbox.Queue + "-poison");
        await SampleHost.EventuallyAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync(1)).Value.Length > 0);
        return (await poison.PeekMessagesAsync(32)).Value.Single().MessageText;
    }

    private static IConfiguration Configuration() =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Queue", "inbox")]).Build();

    public sealed class Functions(Inbox inbox)
    {
        [Function("Take")]
        public Task TakeAsync([QueueTrigger("%Queue%")] string message) => inbox.TakeAsync(message);
    }

    public sealed class Inbox
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> held = new();
        private int atOnce;

        public string Queue { get; } = $"inbox-{Guid.NewGuid():N}";

        public ConcurrentQueue<string> Taken { get; } = new();

        public ConcurrentDictionary<string, int> FailuresFor { get; } = new();

        public int MostAtOnce { get; private set; }

        public TaskCompletionSource HoldBack(string message) =>
            held.GetOrAdd(message, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        public async Task TakeAsync(string message)
        {
            lock (held)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
            }

            Taken.Enqueue(message);
            try
            {
                if (held.TryGetValue(message, out var release))
                {
                    await release.Task;
                }

                if (FailuresFor.AddOrUpdate(message, -1, (_, left) => left - 1) >= 0)
                {
                    throw new InvalidDataException("not this time");
                }
            }
            finally
            {
                lock (held)
                {
                    atOnce--;
                }
            }
        }
    }

    private sealed class RenewalCount : HttpPipelineSynchronousPolicy
    {
        private int seen;

        public int Seen => seen;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Put
                && message.Request.Uri.ToString().Contains("/messages/", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref seen);
            }
        }
    }
}
