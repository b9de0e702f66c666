using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Crash;

/// <summary>The ways in which a card can come to a stage.</summary>
internal enum Plot
{
    Issued,
    Awaiting,
    NearItsDeadline,
    DeliveredByTheBank,
    UsedAtTheHospital,
    UsedAtThePharmacy,
    UsedAtBothAtOnce,
    UsedBeforeReceipt,
    ActivatedAtTheBank,
    OfShanxi,
    LostAndFound,
}

/// <summary>What happens to one card, as its bureau, hospital, pharmacy and bank bring it about, each until it is answered.</summary>
internal sealed class CardStory(MortalHost host, QueueClient usages, Plot plot, int daysToDeadline)
{
    /// <summary>A city without a rule of its own: the national ones hold.</summary>
    private const string Wuxi = "320200";
    private const string Taiyuan = "140100";

    private readonly string idNumber = Cards.IdNumber();
    private readonly List<string> events = [];

    public string Number { get; } = Cards.NextNumber();

    public Plot Plot => plot;

    /// <summary>The events that the commands must have caused, each once. Reminders and expiry come by themselves.</summary>
    public IReadOnlyList<string> Events => events;

    private string Region => plot is Plot.OfShanxi ? Taiyuan : Wuxi;

    private Caller Bureau(Service service) => plot is Plot.OfShanxi ? Caller.Bureau(service) : new(service, "local-bureau-wuxi-key");

    private static Caller Hospital(Service service) => new(service, "local-hospital-wuxi-people-key");

    public async Task PlayAsync()
    {
        await CommandAsync(Bureau, "cards", Cards.Registration(Number, idNumber, Region), HttpStatusCode.Created, "registered");
        switch (plot)
        {
            case Plot.Issued:
                break;
            case Plot.Awaiting:
                await ReceiveAsync(new { }, "received");
                break;
            case Plot.NearItsDeadline:
                var today = ChinaTime.DateOf(await NowAsync());
                await ReceiveAsync(new { receivedOn = today.AddDays(daysToDeadline - 301) }, "received");
                break;
            case Plot.DeliveredByTheBank:
                await BankAsync("card.delivered", "received");
                break;
            case Plot.UsedAtTheHospital:
                await ReceiveAsync(new { }, "received");
                await UseAtHospitalAsync("socialActivated", "activated");
                break;
            case Plot.UsedAtThePharmacy:
                await ReceiveAsync(new { }, "received");
                await UseAtPharmacyAsync("socialActivated", "activated");
                break;
            case Plot.UsedAtBothAtOnce:
                await ReceiveAsync(new { }, "received");
                await Task.WhenAll(UseAtPharmacyAsync(), UseAtHospitalAsync("socialActivated", "activated"));
                break;
            case Plot.UsedBeforeReceipt:
                var day = ChinaTime.DateOf(await NowAsync());
                await UseAtHospitalAsync("received", "socialActivated", "activated");
                await ReceiveAsync(new { receivedOn = day }, "receiptConfirmed");
                break;
            case Plot.ActivatedAtTheBank:
                await ReceiveAsync(new { }, "received");
                await BankAsync("card.financial.activated", "financialActivated", "activated");
                break;
            case Plot.OfShanxi:
                await ReceiveAsync(new { }, "received", "socialActivated");
                await BankAsync("card.financial.activated", "financialActivated", "activated");
                break;
            case Plot.LostAndFound:
                await ReceiveAsync(new { }, "received");
                await UseAtHospitalAsync("socialActivated", "activated");
                await LoseAndFindAsync();
                break;
            default:
                throw new InvalidOperationException($"Nobody has written {plot}.");
        }
    }

    private Task ReceiveAsync(object body, params IEnumerable<string> causes) =>
        CommandAsync(Bureau, $"cards/{Number}/receipt", body, HttpStatusCode.OK, causes);

    private Task UseAtHospitalAsync(params IEnumerable<string> causes) => CommandAsync(
        Hospital,
        $"cards/{Number}/activations",
        new { channel = "hospital", occasion = "outpatient", idNumber },
        HttpStatusCode.OK,
        causes);

    private async Task LoseAndFindAsync()
    {
        var lost = new { kind = "formal", reason = "lost", scope = "social", channel = "bank", idNumber };
        string[] losses = ["lossReported", "suspended", "financialSuspended"];
        var report = await CommandAsync(Caller.Bank, $"cards/{Number}/loss-reports", lost, HttpStatusCode.Accepted, losses);
        var found = new { channel = "bank", idNumber };
        await CommandAsync(
            Caller.Bank, $"cards/{Number}/loss-reports/{report["reportId"]}/release", found, HttpStatusCode.OK, "lossReportReleased");
    }

    private async Task<Answer> CommandAsync(
        Func<Service, Caller> caller, string path, object body, HttpStatusCode success, params IEnumerable<string> causes)
    {
        var key = Guid.NewGuid().ToString("N");
        var answer = (await host.AnswerAsync(Work.Request, service => caller(service).PostAsync(path, body, key))).Expect(success);
        Add(causes);
        return answer;
    }

    private async Task BankAsync(string type, params IEnumerable<string> causes)
    {
        var (id, at) = ("msg_" + Guid.NewGuid().ToString("N"), await NowAsync());
        (await host.AnswerAsync(Work.Webhook, service => BankCaller.Icbc(service).PostAsync(type, new { cardNumber = Number }, at, id)))
            .Expect(HttpStatusCode.NoContent);
        Add(causes);
    }

    private async Task UseAtPharmacyAsync(params IEnumerable<string> causes)
    {
        var usage = new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = "pharmacy-wuxi-huishan",
            cardNumber = Number,
            occasion = "purchase",
            occurredAt = await NowAsync(),
        };
        await usages.SendMessageAsync(JsonSerializer.Serialize(usage, SocialCardJson.Options));
        host.Begin(Work.QueueMessage);
        Add(causes);
    }

    private void Add(IEnumerable<string> causes)
    {
        lock (events)
        {
            events.AddRange(causes);
        }
    }

    private async Task<DateTimeOffset> NowAsync() => await host.ReadAsync(service => service.NowAsync());
}
