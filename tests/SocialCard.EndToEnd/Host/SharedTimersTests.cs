using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Embedded;

namespace SocialCard.EndToEnd.Host;

[Collection(AzuriteFixture.Collection)]
public sealed class SharedTimersTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialcard-host-");
    private readonly List<EmbeddedHost> hosts = [];

    public Task InitializeAsync() => File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), $$"""
        {
          "version": "2.0",
          "extensions": {
            "durableTask": {
              "hubName": "Hub{{Guid.NewGuid():N}}",
              "storageProvider": { "partitionCount": 1, "maxQueuePollingInterval": "00:00:00.100" }
            }
          },
          "logging": { "logLevel": { "default": "None" } }
        }
        """);

    public async Task DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Of_two_hosts_on_one_hub_one_runs_the_timers_until_it_ends()
    {
        Ticks first = new(), second = new();
        var holder = await StartAsync(first);
        await SampleHost.EventuallyAsync(() => first.Count > 0);
        await StartAsync(second);
        var seen = first.Count;
        await SampleHost.EventuallyAsync(() => first.Count >= seen + 3);
        Assert.Empty(second);

        await holder.DisposeAsync();
        seen = first.Count;
        await SampleHost.EventuallyAsync(() => second.Count >= 3);
        Assert.Equal(seen, first.Count);
    }

    private async Task<EmbeddedHost> StartAsync(Ticks ticks)
    {
        var host = await EmbeddedHost.StartAsync(
            new EmbeddedHostOptions
            {
                Port = 0,
                Storage = fixture.Azurite.ConnectionString,
                Durable = DurableProvider.AzureStorage,
                ContentRoot = folder.FullName,
                DataFolder = folder.FullName,
            },
            new EmbeddedApp([typeof(Ticking)], (services, _) => services.AddSingleton(ticks)));
        hosts.Add(host);
        return host;
    }

    internal sealed class Ticks : ConcurrentBag<DateTime>;

    internal sealed class Ticking(Ticks ticks)
    {
        [Function(nameof(EverySecond))]
        public void EverySecond([TimerTrigger("* * * * * *")] TimerInfo timer) => ticks.Add(timer.ScheduleStatus!.Next);
    }
}
