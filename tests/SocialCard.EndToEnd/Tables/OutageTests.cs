using System.Net;
using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Tables;

public sealed class OutageTests : IAsyncLifetime
{
    private Azurite _azurite = null!;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await _azurite.DisposeAsync();

    [Fact]
    public async Task A_request_outlasts_a_restart_of_the_service()
    {
        var options = new TableClientOptions { Retry = { Mode = RetryMode.Fixed, MaxRetries = 300, Delay = TimeSpan.FromMilliseconds(100) } };
        var service = new TableServiceClient(_azurite.ConnectionString, options);
        await service.CreateTableAsync("before");
        await _azurite.StopAsync();

        var created = service.CreateTableAsync("during");
        await _azurite.RestartAsync();

        Assert.Equal("during", (await created).Value.Name);
        Assert.Equal(["during"], await service.QueryAsync().Select(table => table.Name).ToListAsync());
    }

    [Fact]
    public async Task A_request_without_a_service_fails_in_the_end()
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        var table = new TableClient(_azurite.ConnectionString, "table", options);
        await _azurite.StopAsync();

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());
        Assert.Equal(0, error.Status);
        Assert.IsType<SocketException>(error.GetBaseException());
    }

    [Fact]
    public async Task A_request_that_nobody_answers_is_given_up_when_it_is_cancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = new Uri($"http://{silent.LocalEndpoint}/{Azurite.AccountName}");
        var table = new TableClient(endpoint, "table", new TableSharedKeyCredential(Azurite.AccountName, Azurite.AccountKey));

        using var giveUp = new CancellationTokenSource();
        Task[] requests =
        [
            table.AddEntityAsync(new TableEntity("p", "r"), giveUp.Token),
            table.QueryAsync<TableEntity>(cancellationToken: giveUp.Token).ToListAsync().AsTask(),
            table.QueryAsync<TableEntity>().ToListAsync(giveUp.Token).AsTask(),
        ];
        foreach (var _ in requests)
            Assert.NotNull(await silent.AcceptSocketAsync());
        Assert.All(requests, request => Assert.False(request.IsCompleted));
        await giveUp.CancelAsync();

        foreach (var request in requests)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }
}
