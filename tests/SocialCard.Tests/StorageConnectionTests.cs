using Azure.Identity;
using Microsoft.Extensions.Configuration;
using SocialCard.Functions.Storage;

namespace SocialCard.Tests;

public sealed class StorageConnectionTests
{
    private const string Tables = "https://cards.table.core.chinacloudapi.cn/";
    private const string Queues = "https://cards.queue.core.chinacloudapi.cn/";

    [Fact]
    public void An_account_is_reached_by_identity_at_the_addresses_of_its_cloud()
    {
        var storage = Read(
            ("AzureWebJobsStorage:tableServiceUri", Tables),
            ("AzureWebJobsStorage:queueServiceUri", Queues),
            ("AzureWebJobsStorage:clientId", "8e3c1a52-3f0f-4a36-9d0f-0f5f4d1f2a11"));

        Assert.Equal(new Uri(Tables), storage.CreateTables().Uri);
        Assert.Equal(new Uri(Queues), storage.CreateQueues().Uri);
        Assert.IsType<ManagedIdentityCredential>(storage.Credential);
    }

    [Fact]
    public void Azurite_is_reached_by_its_connection_string()
    {
        var storage = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("AzureWebJobsStorage:tableServiceUri", Tables));

        Assert.True(storage.CreateTables().Uri.IsLoopback);
        Assert.True(storage.CreateQueues().Uri.IsLoopback);
    }

    [Fact]
    public void Without_a_client_id_it_is_whoever_runs_the_app() =>
        Assert.IsType<DefaultAzureCredential>(Read(("AzureWebJobsStorage:tableServiceUri", Tables)).Credential);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cards.table")]
    public void What_is_missing_is_named(string? address)
    {
        var storage = Read(("AzureWebJobsStorage:tableServiceUri", address), ("AzureWebJobsStorage:queueServiceUri", address));

        Assert.Contains(
            "AzureWebJobsStorage:tableServiceUri",
            Assert.Throws<InvalidOperationException>(storage.CreateTables).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "AzureWebJobsStorage:queueServiceUri",
            Assert.Throws<InvalidOperationException>(storage.CreateQueues).Message,
            StringComparison.Ordinal);
    }

    private static StorageConnection Read(params (string Name, string? Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build());
}
