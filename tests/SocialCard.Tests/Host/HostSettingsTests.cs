using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using SocialCard.Embedded;

namespace SocialCard.Tests.Host;

public sealed class HostSettingsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialcard-host-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Settings_are_read_as_written()
    {
        var settings = Load("""
            {
              // as in the Functions host, comments are allowed
              "version": "2.0",
              "extensions": {
                "http": { "routePrefix": "api/v1" },
                "queues": { "batchSize": 8, "newBatchThreshold": 3, "maxDequeueCount": 2, "maxPollingInterval": "00:00:02",
                            "visibilityTimeout": "00:00:05", "messageEncoding": "none" },
                "durableTask": { "hubName": "Hub", "defaultVersion": "1.0" }
              },
              "logging": { "logLevel": { "default": "Warning", "SocialCard": "Information" } }
            }
            """);

        Assert.Equal("api/v1", settings.Extensions.Http.RoutePrefix);
        Assert.Equal(8, settings.Extensions.Queues.BatchSize);
        Assert.Equal(3, settings.Extensions.Queues.NewBatchThreshold);
        Assert.Equal(2, settings.Extensions.Queues.MaxDequeueCount);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Extensions.Queues.MaxPollingInterval);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Extensions.Queues.VisibilityTimeout);
        Assert.Equal(QueueMessageEncoding.None, settings.Extensions.Queues.MessageEncoding);
        Assert.Equal("Hub", settings.Extensions.DurableTask.HubName);
        Assert.Equal("1.0", settings.Extensions.DurableTask.DefaultVersion);
        Assert.Equal(LogLevel.Information, settings.Logging.LogLevel["SocialCard"]);
    }

    [Fact]
    public void Absent_settings_take_the_defaults_of_the_Functions_host()
    {
        var settings = Load("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 10 } } }""");

        Assert.Equal("api", settings.Extensions.Http.RoutePrefix);
        Assert.Equal(5, settings.Extensions.Queues.NewBatchThreshold);
        Assert.Equal(5, settings.Extensions.Queues.MaxDequeueCount);
        Assert.Equal(TimeSpan.Zero, settings.Extensions.Queues.VisibilityTimeout);
        Assert.Equal(QueueMessageEncoding.Base64, settings.Extensions.Queues.MessageEncoding);
    }

    [Fact]
    public void What_tunes_only_the_Azure_host_is_accepted()
    {
        var settings = Load("""
            {
              "version": "2.0", "functionTimeout": "00:05:00",
              "extensions": { "http": { "hsts": { "isEnabled": true } }, "durableTask": { "storageProvider": { "type": "AzureStorage" } } },
              "logging": { "applicationInsights": { "samplingSettings": { "isEnabled": true } } }
            }
            """);

        Assert.Equal("api", settings.Extensions.Http.RoutePrefix);
    }

    [Theory]
    [InlineData("""{}""", "version")]
    [InlineData("""{ "version": "1.0" }""", "version")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchsizes": 3 } } }""", "batchsizes")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": "3" } } }""", "$.extensions.queues.batchSize")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "batchSize")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "newBatchThreshold": -1 } } }""", "newBatchThreshold")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "maxDequeueCount": 0 } } }""", "maxDequeueCount")]
    [InlineData(
        """{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "soon" } } }""", "$.extensions.queues.maxPollingInterval")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "00:00:00" } } }""", "maxPollingInterval")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "visibilityTimeout": "8.00:00:00" } } }""", "visibilityTimeout")]
    [InlineData(
        """{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "hex" } } }""", "$.extensions.queues.messageEncoding")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "prefix": "" } } }""", "prefix")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "/api" } } }""", "routePrefix")]
    [InlineData("""{ "version": "2.0", "extensions": { "durableTask": { "hubName": "a-b" } } }""", "hubName")]
    [InlineData("""{ "version": "2.0", "extensions": null }""", "extensions")]
    [InlineData("""{ "version": "2.0", "logging": { "logLevel": { "default": "Loud" } } }""", "$.logging.logLevel.default")]
    [InlineData("""{ "version": "2.0", """, "host.json")]
    [InlineData("null", "empty")]
    public void A_faulty_file_is_refused_in_one_line_that_names_the_fault(string json, string named)
    {
        var fault = Assert.Throws<HostStartException>(() => Load(json));

        Assert.Contains("host.json: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(named, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_missing_file_is_refused()
    {
        var fault = Assert.Throws<HostStartException>(() => HostSettings.Load(folder.FullName));

        Assert.Contains("host.json", fault.Message, StringComparison.Ordinal);
    }

    private HostSettings Load(string json)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "host.json"), json);
        return HostSettings.Load(folder.FullName);
    }
}
