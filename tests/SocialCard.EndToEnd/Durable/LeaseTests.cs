using Azure;
using Azure.Data.Tables;
using SocialCard.Embedded.Storage;

namespace SocialCard.EndToEnd.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class LeaseTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly TestHub hub = TestHub.On(fixture.Azurite);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_second_host_is_refused_by_name_while_the_first_runs()
    {
        TestEngine first = await hub.StartAsync();
        HubLeaseException refused = await Assert.ThrowsAsync<HubLeaseException>(() => hub.StartAsync());
        Assert.Contains(
            $"process {Environment.ProcessId} on machine '{Environment.MachineName}'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        await first.StopAsync();
        await hub.StartAsync();
    }

    [Fact]
    public async Task A_holder_whose_process_is_gone_from_this_machine_is_followed_at_once()
    {
        await HoldAsync(Environment.MachineName, int.MaxValue, DateTimeOffset.UtcNow.AddHours(1));
        TestEngine engine = await hub.StartAsync();
        Assert.False(engine.LeaseLost.IsCompleted);
    }

    [Fact]
    public async Task A_process_that_reuses_the_holders_id_is_not_the_holder()
    {
        await HoldAsync(Environment.MachineName, Environment.ProcessId, DateTimeOffset.UtcNow.AddHours(1));
        Assert.False((await hub.StartAsync()).LeaseLost.IsCompleted);
    }

    [Fact]
    public async Task A_holder_on_another_machine_is_followed_after_its_lease()
    {
        await HoldAsync("elsewhere", 1, DateTimeOffset.UtcNow.AddHours(1));
        HubLeaseException refused = await Assert.ThrowsAsync<HubLeaseException>(() => hub.StartAsync());
        Assert.Contains("'elsewhere'", refused.Message, StringComparison.Ordinal);
        await HoldAsync("elsewhere", 1, DateTimeOffset.UtcNow.AddSeconds(-1));
        await hub.StartAsync();
    }

    [Fact]
    public async Task Losing_the_lease_stops_the_engine_and_tells_the_host()
    {
        await using TestHub watched = new(fixture.Azurite)
        {
            Options = hub.Options with { Lease = LeaseTimes.Default with { Heartbeat = TimeSpan.FromMilliseconds(50) } }
        };
        watched.AddOrchestrator("Quick", _ => Task.FromResult<object?>(null));
        TestEngine engine = await watched.StartAsync();
        TableEntity lease = await watched.Table.GetEntityAsync<TableEntity>("hub", "lease");
        lease["Owner"] = "another";
        await watched.Table.UpdateEntityAsync(lease, ETag.All, TableUpdateMode.Replace);
        await engine.LeaseLost.WaitAsync(TestHub.Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick"));
        await engine.StopAsync();
        Assert.Equal("another", (await watched.Table.GetEntityAsync<TableEntity>("hub", "lease")).Value.GetString("Owner"));
    }

    [Fact]
    public async Task The_lease_is_renewed()
    {
        await using TestHub busy = new(fixture.Azurite)
        {
            Options = hub.Options with { Lease = LeaseTimes.Default with { Heartbeat = TimeSpan.FromMilliseconds(20) } }
        };
        TestEngine engine = await busy.StartAsync();
        DateTimeOffset? first = (await busy.Table.GetEntityAsync<TableEntity>("hub", "lease")).Value.GetDateTimeOffset("ExpiresAt");
        using CancellationTokenSource patience = new(TestHub.Patience);
        while ((await busy.Table.GetEntityAsync<TableEntity>(
            "hub", "lease", cancellationToken: patience.Token)).Value.GetDateTimeOffset("ExpiresAt") == first)
        {
            await Task.Yield();
        }

        Assert.False(engine.LeaseLost.IsCompleted);
    }

    private async Task HoldAsync(string machine, int process, DateTimeOffset until)
    {
        await hub.Table.CreateIfNotExistsAsync();
        await hub.Table.UpsertEntityAsync(
            new TableEntity("hub", "lease")
            {
                ["Owner"] = "earlier",
                ["Machine"] = machine,
                ["ProcessId"] = process,
                ["ProcessStart"] = DateTimeOffset.UnixEpoch,
                ["ExpiresAt"] = until,
            },
            TableUpdateMode.Replace);
    }
}
