using System.Globalization;
using System.Net;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.ElectronicCards;

namespace SocialCard.EndToEnd.Histories;

/// <summary>
/// Drives every workflow there is and records what it leaves, for the tests that replay it. With SOCIALCARD_RECORD_HISTORIES=1 the
/// records take the place of those of the same version.
/// </summary>
public sealed class HistoryTests(RecordedService live) : IClassFixture<RecordedService>
{
    private const string EmployerCode = "91350100M000100Y43";

    [Fact]
    public async Task Every_workflow_is_driven_and_leaves_a_history()
    {
        var recorder = new HistoryRecorder(live.Azurite.ConnectionString);
        var (reissued, id) = await Cards.ReceivedAsync(live.Taiyuan);
        await ResetPasswordAsync(reissued, id, "739150");
        var change = (await ResetPasswordAsync(reissued, id, "840261")).Expect(HttpStatusCode.Accepted)["changeId"]!;
        (await live.Taiyuan.PostAsync(
            $"cards/{reissued}/reissues", new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted);
        (await live.Taiyuan.PostAsync($"cards/{reissued}/temporary-card", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Created);
        var guardian = await Guardian.WithChildAsync(live);
        var draft = await guardian.UpToAsync("decision");
        var (giver, receiver) = (await FamilyCardAsync(), await FamilyCardAsync());
        (await Caller.Online(live.Service).PostAsync(
            $"cards/{giver.Number}/family-members",
            new { channel = "website", idNumber = giver.IdNumber, members = new[] { new { idNumber = receiver.IdNumber, relation = "spouse" } } })).Expect(HttpStatusCode.Accepted);
        var report = (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{receiver.Number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = receiver.IdNumber })).Expect(HttpStatusCode.Accepted)["reportId"]!;
        (await live.Taiyuan.PostAsync("employers", Filing(await live.TodayAsync()))).Expect(HttpStatusCode.Created);
        await live.Service.SettleAsync();
        await recorder.ReadAsync();

        (await live.Taiyuan.DeleteAsync($"cards/{reissued}/password-changes/{change}")).Expect(HttpStatusCode.OK);
        (await live.Wuxi.PostAsync(
            $"cards/{receiver.Number}/loss-reports/{report}/release", new { channel = "serviceWindow", idNumber = receiver.IdNumber })).Expect(HttpStatusCode.OK);
        foreach (var days in new[] { 1, 31, 300 })
        {
            await live.Service.AdvanceDaysAsync(days);
            await recorder.ReadAsync();
        }

        await live.Taiyuan.TellAsync(new { kind = "death", idNumber = id, occurredOn = await live.TodayAsync() });
        (await guardian.GiveUpAsync(draft)).Expect(HttpStatusCode.OK);
        (await live.Taiyuan.PostAsync($"employers/{EmployerCode}/decision", new { approve = true })).Expect(HttpStatusCode.OK);
        await live.Service.SettleAsync();
        await recorder.ReadAsync();

        var orchestrations = typeof(SocialCardJson).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);
        Assert.Equal(orchestrations.Order(StringComparer.Ordinal), recorder.Orchestrations.Order(StringComparer.Ordinal));
        if (Environment.GetEnvironmentVariable("SOCIALCARD_RECORD_HISTORIES") == "1")
        {
            recorder.Write(Path.Combine(Azurite.RepositoryRoot(), "tests", "SocialCard.Tests", "Histories", "Recorded"));
        }
    }

    private static object Filing(DateOnly today) => new
    {
        code = EmployerCode,
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
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
        return (number, id);
    }
}

/// <summary>A service where passwords wait two hours in Taiyuan and are 123456 at first in Wuxi, and where receivers in Yixing consent within three days.</summary>
public sealed class RecordedService : LiveService
{
    public const string Families = "320282";

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
        return await Service.StartOnAsync(azurite.ConnectionString, ("Regions__File", regions.FullName), ("RateLimit__PerSecond", "10000"), ("RateLimit__Burst", "10000"));
    }
}
