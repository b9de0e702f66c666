using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.ElectronicCards;
using SocialCard.EndToEnd.Host;
using SocialCard.Functions;
using SocialCard.Functions.Activation;
using SocialCard.Functions.BankSuccessions;
using SocialCard.Tests;

namespace SocialCard.EndToEnd.Histories;

/// <summary>
/// Drives every workflow there is and records what it leaves in a backend, for the tests that replay it. With SOCIALCARD_RECORD_HISTORIES=1
/// the records take the place of those of the same version and backend.
/// </summary>
public abstract class HistoryTests(RecordedService live)
{
    private protected const string Hub = "SocialCard";

    private const string EmployerCode = "91350100M000100Y43";
    private const string NoticedCode = "91110000M000000023";

    private static readonly IEnumerable<string> Orchestrations = typeof(SocialCardServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name).Order(StringComparer.Ordinal);

    private protected abstract IOrchestrationServiceClient Backend(string connection);

    /// <summary>Waits until what has been asked of the workflows so far is in the backend.</summary>
    private protected abstract Task SettleAsync(Func<Task<bool>> isThere);

    /// <summary>Lets the deadlines pass, where the time can be moved.</summary>
    private protected abstract Task PassAsync(Func<Task> read);

    [Fact]
    public async Task Every_workflow_is_driven_and_leaves_a_history()
    {
        var recorder = new HistoryRecorder(Backend(live.Azurite.ConnectionString), live.BackendName);
        var (reissued, id) = await Cards.ReceivedAsync(live.Taiyuan);
        var (old, _) = await Cards.RegisteredAsync(live.Taiyuan);
        var ofOther = Cards.NextNumber();
        (await live.Taiyuan.PostAsync("cards", Cards.Registration(ofOther, Cards.IdNumber(), "140100", "bank-ccb")))
            .Expect(HttpStatusCode.Created);
        var longAgo = (await live.TodayAsync()).AddYears(-10).AddDays(200);
        (await live.Taiyuan.PostAsync($"cards/{old}/receipt", new { receivedOn = longAgo })).Expect(HttpStatusCode.OK);
        await ResetPasswordAsync(reissued, id, "739150");
        var change = (await ResetPasswordAsync(reissued, id, "840261")).Expect(HttpStatusCode.Accepted)["changeId"]!;
        (await live.Taiyuan.PostAsync(
            $"cards/{reissued}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted);
        (await live.Taiyuan.PostAsync($"cards/{reissued}/temporary-card", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.Created);
        var guardian = await Guardian.WithChildAsync(live);
        var draft = await guardian.UpToAsync("decision");
        var (giver, receiver) = (await FamilyCardAsync(), await FamilyCardAsync());
        (await Caller.Online(live.Service).PostAsync(
            $"cards/{giver.Number}/family-members",
            new
            {
                channel = "website",
                idNumber = giver.IdNumber,
                members = new[]
            {
                new { idNumber = receiver.IdNumber, relation = "spouse" }
            }
            })).Expect(HttpStatusCode.Accepted);
        var report = (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{receiver.Number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = receiver.IdNumber }))
                .Expect(HttpStatusCode.Accepted)["reportId"]!;
        (await live.Taiyuan.PostAsync("employers", Filing(EmployerCode, await live.TodayAsync()))).Expect(HttpStatusCode.Created);
        (await live.Taiyuan.PostAsync(
            $"employers/{NoticedCode}/registry-notices",
            new { kind = "founded", occurredOn = await live.TodayAsync(), name = "太原小店有限公司", regionCode = "140100" }))
                .Expect(HttpStatusCode.OK);
        (await live.Operations.PostAsync("partners/bank-ccb/succession", new { successor = "bank-icbc" })).Expect(HttpStatusCode.OK);
        await SettleAsync(async () =>
        {
            await recorder.ReadAsync();
            return recorder.Orchestrations.Order(StringComparer.Ordinal).SequenceEqual(Orchestrations)
                && recorder.HasEnded(nameof(BankSuccessionOrchestration))
                && (await WaitsAsync("")).Select(wait => wait.Name).Distinct().Order(StringComparer.Ordinal)
                    .SequenceEqual(Orchestrations.Where(name => name is not nameof(BankSuccessionOrchestration)));
        });

        (await live.Taiyuan.PostAsync(
            $"cards/{reissued}/password-changes/{change}/cancellation", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync(
            $"cards/{receiver.Number}/loss-reports/{report}/release",
            new { channel = "serviceWindow", idNumber = receiver.IdNumber })).Expect(HttpStatusCode.OK);
        await PassAsync(recorder.ReadAsync);

        await live.Taiyuan.TellAsync(new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() });
        (await guardian.GiveUpAsync(draft)).Expect(HttpStatusCode.OK);
        (await live.Taiyuan.PostAsync($"employers/{EmployerCode}/decision", new { approve = true })).Expect(HttpStatusCode.OK);
        (await live.Taiyuan.PostAsync("employers", Filing(NoticedCode, await live.TodayAsync()))).Expect(HttpStatusCode.Created);
        await SettleAsync(async () =>
        {
            await recorder.ReadAsync();
            return recorder.HasEnded("EmployerReviewOrchestration") && recorder.HasEnded("EmployerDeadlineOrchestration");
        });

        Assert.Equal(Orchestrations, recorder.Orchestrations.Order(StringComparer.Ordinal));
        if (Environment.GetEnvironmentVariable("SOCIALCARD_RECORD_HISTORIES") == "1")
        {
            recorder.Write(Path.Combine(Repository.Root, "tests", "SocialCard.Tests", "Histories", "Recorded"));
        }
    }

    [Fact]
    public async Task The_workflow_of_a_received_card_shows_what_it_waits_for_and_until_when()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Taiyuan);
        var deadline = DateTimeOffset.Parse(
            (await live.Taiyuan.GetAsync($"cards/{number}"))["activationDeadline"]!, CultureInfo.InvariantCulture);
        (string Name, JsonNode Status)[] waits = [];
        await SettleAsync(async () => (waits = await WaitsAsync(ActivationOrchestration.InstanceOf(number))).Length == 1);

        var (name, status) = Assert.Single(waits);
        Assert.Equal((nameof(ActivationOrchestration), "reminder"), (name, (string)status["reason"]!));
        Assert.InRange((DateTimeOffset)status["due"]!, await live.Service.NowAsync(), deadline);
    }

    /// <summary>What the workflows of the service say that they wait for, by their client.</summary>
    private async Task<(string Name, JsonNode Status)[]> WaitsAsync(string instances)
    {
        var options = new DurableEngineOptions(Hub, null, TimeSpan.MaxValue, ProviderEndsTurns: false);
        var client = new EngineClient(options, Backend(live.Azurite.ConnectionString), JsonDataConverter.Default);
        var query = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: instances, FetchInputsAndOutputs: true);
        var found = new List<(string, JsonNode)>();
        await foreach (var instance in client.GetAllInstancesAsync(query))
        {
            if (instance.SerializedCustomStatus is { } status)
            {
                found.Add((instance.Name, JsonNode.Parse(status)!));
            }
        }

        return [.. found];
    }

    private static object Filing(string code, DateOnly today) => new
    {
        code,
        name = "太原小店有限公司",
        foundedOn = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        regionCode = "140100",
        credential = "businessLicence",
        representative = new { idNumber = Cards.IdNumber(), name = "李大方", mobile = "13900139000" },
    };

    private Task<Answer> ResetPasswordAsync(string card, string id, string password) => live.Taiyuan.PostAsync(
        $"cards/{card}/password-changes",
        new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = password, idNumber = id });

    private async Task<(string Number, string IdNumber)> FamilyCardAsync()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, RecordedService.Families);
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        return (number, id);
    }
}

/// <summary>On our own provider, whose clock is moved over the deadlines.</summary>
public sealed class EmbeddedHistoryTests(EmbeddedRecordedService live) : HistoryTests(live), IClassFixture<EmbeddedRecordedService>
{
    private readonly EmbeddedRecordedService live = live;

    private protected override IOrchestrationServiceClient Backend(string connection) => new TableOrchestrationService(
        new TableServiceClient(connection), new HostClock(), new HubOptions { HubName = Hub }, NullLoggerFactory.Instance);

    private protected override async Task SettleAsync(Func<Task<bool>> isThere)
    {
        await live.Service.SettleAsync();
        Assert.True(await isThere());
    }

    private protected override async Task PassAsync(Func<Task> read)
    {
        foreach (var days in new[] { 1, 31, 300 })
        {
            await live.Service.AdvanceDaysAsync(days);
            await read();
        }
    }
}

/// <summary>On the framework's provider, as in Azure: what happens without waiting.</summary>
public sealed class AzureStorageHistoryTests(AzureStorageRecordedService live)
    : HistoryTests(live), IClassFixture<AzureStorageRecordedService>
{
    private protected override IOrchestrationServiceClient Backend(string connection) =>
        AzureStorageProvider.Create(
            new DurableTaskSettings { HubName = Hub }, new StorageAccountClientProvider(connection), NullLoggerFactory.Instance);

    private protected override Task SettleAsync(Func<Task<bool>> isThere) => SampleHost.EventuallyAsync(isThere);

    private protected override Task PassAsync(Func<Task> read) => read();
}

/// <summary>
/// A service where passwords wait two hours in Taiyuan and are 123456 at first in Wuxi, and where receivers in Yixing consent within three
/// days.
/// </summary>
public abstract class RecordedService : LiveService
{
    public const string Families = "320282";

    /// <summary>How the backend is named in the files.</summary>
    public abstract string BackendName { get; }

    private readonly FileInfo regions = new(Path.GetTempFileName());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, $$"""
            { "regions": {
              "140100": { "name": "Taiyuan", "passwords": { "social": { "effectiveDelay": { "reset": { "value": { "any": "2 hours" } } } } } },
              "320200": { "name": "Wuxi", "passwords": { "social": { "initial": { "value": { "rule": "literal", "digits": "123456" } } } } },
              "{{Families}}": { "name": "Yixing", "familySharing": { "consentWithin": { "value": "3 days" } } } } }
            """);
        return await StartAsync(
            azurite.ConnectionString,
            [("Regions__File", regions.FullName), ("RateLimit__PerSecond", "10000"), ("RateLimit__Burst", "10000")]);
    }

    private protected abstract Task<Service> StartAsync(string connection, IEnumerable<(string Name, string Value)> settings);
}

/// <summary>Its workflows are in our own table.</summary>
public sealed class EmbeddedRecordedService : RecordedService
{
    public override string BackendName => "embedded";

    private protected override Task<Service> StartAsync(string connection, IEnumerable<(string Name, string Value)> settings) =>
        Service.StartOnAsync(connection, settings);
}

/// <summary>Its workflows are where Azure has them.</summary>
public sealed class AzureStorageRecordedService : RecordedService
{
    public override string BackendName => "azureStorage";

    private protected override Task<Service> StartAsync(string connection, IEnumerable<(string Name, string Value)> settings) =>
        Service.StartSharedAsync(connection, settings);
}
