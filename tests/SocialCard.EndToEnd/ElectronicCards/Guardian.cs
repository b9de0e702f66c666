using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.ElectronicCards;

/// <summary>A guardian at the online portal, with a child: goes through the steps of an electronic card.</summary>
internal sealed class Guardian(LiveService live, (string Number, string IdNumber) card, (string Number, string IdNumber) child)
{
    /// <summary>A whole PDF, of an empty page.</summary>
    public static readonly byte[] Register = Encoding.ASCII.GetBytes(
        """
        %PDF-1.7
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
        trailer << /Size 4 /Root 1 0 R >>
        %%EOF

        """);

    public const string Name = "王小明";

    public const string ChildName = "王小宝";

    public (string Number, string IdNumber) Card => card;

    public string ChildId => child.IdNumber;

    public string ChildCard => child.Number;

    /// <summary>The same at a portal that says nothing of how he was verified.</summary>
    public Guardian Unverified => new(live, card, child) { Portal = Caller.CarelessPortal(live.Service) };

    private Caller Portal { get; init; } = Caller.Online(live.Service);

    /// <summary>A guardian of Wuxi whose card is in use, with a child of an age that has a card of its own.</summary>
    public static async Task<Guardian> WithChildAsync(LiveService live, int age = 4)
    {
        var parent = await ActiveAsync(live, Cards.IdNumber());
        return new(live, parent, await ChildAsync(live, age));
    }

    /// <summary>The same guardian with another child.</summary>
    public async Task<Guardian> AndAnotherAsync(int age = 2) => new(live, card, await ChildAsync(live, age));

    /// <summary>A card of Wuxi that is in use.</summary>
    public static async Task<(string Number, string IdNumber)> ActiveAsync(LiveService live, string id)
    {
        var (number, _) = await ReceivedAsync(live, id, Name);
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        return (number, id);
    }

    public async Task<Answer> OpenAsync(string? key = null, object? changes = null) => changes is null
        ? await Portal.PostAsync("electronic-cards", await OpeningAsync(), key)
        : await Portal.PostAsync("electronic-cards", changes, key);

    public async Task<OpeningBody> OpeningAsync(string relation = "child") => new(
        card.Number, card.IdNumber, relation, new("faceVerification", "face-1", (await live.Service.NowAsync()).AddMinutes(-5)));

    public Task<Answer> AcceptNoticeAsync(string id, string? key = null) =>
        Portal.PutAsync($"electronic-cards/{id}/notice", new { version = "1", accepted = true }, key);

    public Task<Answer> NameChildAsync(string id, string? key = null) =>
        Portal.PutAsync($"electronic-cards/{id}/member", new { idNumber = ChildId, name = ChildName }, key);

    public Task<Answer> AttachAsync(
        string id, byte[]? file = null, string kind = "householdRegister", string mediaType = "application/pdf", string? key = null)
    {
        var content = new ByteArrayContent(file ?? Register);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return Portal.PutAsync($"electronic-cards/{id}/documents/{kind}", content, key);
    }

    public Task<Answer> LetterAsync(string id) => Portal.GetAsync($"electronic-cards/{id}/letter");

    /// <summary>Signs the letter that the portal shows, or another hash.</summary>
    public async Task<Answer> SignAsync(string id, string? hash = null, string? key = null) => await Portal.PostAsync(
        $"electronic-cards/{id}/signature",
        new
        {
            letterHash = hash ?? (await LetterAsync(id)).Expect(HttpStatusCode.OK).Headers.ETag!.Tag.Trim('"'),
            signerIdNumber = card.IdNumber,
            method = "faceVerification",
            reference = "face-2",
        },
        key);

    public Task<Answer> SubmitAsync(string id, string? key = null) => Portal.SendAsync(
        HttpMethod.Post, $"electronic-cards/{id}/submission", null, key ?? Guid.NewGuid().ToString("N"));

    public Task<Answer> DecideAsync(string id, bool approve = true, string? reason = null, string? key = null) =>
        live.Wuxi.PostAsync($"electronic-cards/{id}/decision", new { approve, reason }, key);

    public Task<Answer> VoucherAsync(string id, bool authorised = false) =>
        Portal.GetAsync($"electronic-cards/{id}/voucher" + (authorised ? "?authorised=true" : ""));

    public Task<Answer> ReadAsync(string id) => Portal.GetAsync($"electronic-cards/{id}");

    public Task<Answer> GiveUpAsync(string id) => Portal.PostAsync(
        $"electronic-cards/{id}/withdrawal", new { idNumber = card.IdNumber });

    /// <summary>Goes through the steps up to one that is left out; gives the id.</summary>
    public async Task<string> UpToAsync(string step)
    {
        var id = (await OpenAsync()).Expect(HttpStatusCode.Created)["electronicCardId"]!;
        (string Step, Func<Task<Answer>> Take)[] steps =
        [
            ("notice", () => AcceptNoticeAsync(id)),
            ("member", () => NameChildAsync(id)),
            ("documents", () => AttachAsync(id)),
            ("signature", () => SignAsync(id)),
            ("submission", () => SubmitAsync(id)),
            ("decision", () => DecideAsync(id)),
        ];
        foreach (var (_, take) in steps.TakeWhile(one => one.Step != step))
        {
            Assert.True((await take()).Status is HttpStatusCode.OK or HttpStatusCode.Accepted);
        }

        return id;
    }

    /// <summary>Goes through all of them; gives the id of the issued card.</summary>
    public Task<string> IssuedAsync() => UpToAsync("voucher");

    private static async Task<(string Number, string IdNumber)> ChildAsync(LiveService live, int age)
    {
        var today = DateOnly.FromDateTime((await live.Service.NowAsync()).ToOffset(TimeSpan.FromHours(8)).DateTime);
        return await ReceivedAsync(live, Cards.IdNumber(today.AddYears(-age).AddDays(-40)), ChildName);
    }

    private static async Task<(string Number, string IdNumber)> ReceivedAsync(LiveService live, string id, string name)
    {
        var number = Cards.NextNumber();
        var registration = Cards.Registration(number, id, "320200");
        registration["holder"]!["name"] = name;
        (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        return (number, id);
    }
}

internal sealed record OpeningBody(string GuardianCardNumber, string GuardianIdNumber, string Relation, RealNameBody RealNameVerification);

internal sealed record RealNameBody(string Method, string Reference, DateTimeOffset At);

/// <summary>A service whose clock each test moves, and where an account links five relatives.</summary>
public sealed class ElectronicService : LiveService
{
    public const string Collection = "A service with electronic cards";

    /// <summary>What was taken from the queues that the service writes to.</summary>
    internal List<(string Queue, JsonNode Message)> Received { get; } = [];

    private readonly FileInfo regions = new(Path.GetTempFileName());

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        regions.Delete();
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        await File.WriteAllTextAsync(regions.FullName, """
            { "regions": { "320200": { "name": "Wuxi", "familySharing": { "medicalCodeMaxLinked": { "value": 5 } } } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions.FullName),
            ("RateLimit__PerSecond", "100000"),
            ("RateLimit__Burst", "100000"));
    }
}

[CollectionDefinition(ElectronicService.Collection)]
public sealed class SharedElectronicService : ICollectionFixture<ElectronicService>;
