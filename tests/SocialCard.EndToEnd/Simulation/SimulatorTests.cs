using System.Diagnostics;
using System.Globalization;
using System.Net;
using SocialCard.Embedded;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Simulation;

/// <summary>
/// The other side of the line as an integrator starts it: a bank that signs, repeats and makes cards, and whoever feeds the queues.
/// </summary>
public sealed class SimulatorTests(StandingService live) : IClassFixture<StandingService>
{
    private readonly Service service = live.Service;
    private readonly string storage = live.Azurite.ConnectionString;

    private Caller Wuxi => new(service, "local-bureau-wuxi-key");

    [Fact]
    public async Task A_webhook_is_repeated_under_one_id_until_the_service_is_back()
    {
        var (card, _) = await Cards.ReceivedAsync(Wuxi, "320200");
        await service.KillAsync();
        var bank = SimulateAsync(
            "webhook", "card.financial.activated", $$"""{"cardNumber":"{{card}}"}""", "--api", service.Api.ToString(), "--hurry", "20");
        await service.RestartAsync();
        var (code, output) = await bank;
        Assert.True(code == 0, output);
        Assert.Contains("← no answer", output, StringComparison.Ordinal);
        Assert.Contains("← 204", output, StringComparison.Ordinal);
        var ids = output.Split('\n').Where(line => line.Contains("webhook-id", StringComparison.Ordinal)).Distinct();
        Assert.Single(ids);
        Assert.Contains("financialActivated", await Wuxi.EventsOfAsync(card), StringComparison.Ordinal);

        // What the service will never take is not sent again.
        var refused = await SimulateAsync("webhook", "card.financial.activated", "{}", "--api", service.Api.ToString());
        Assert.Equal(1, refused.Code);
        Assert.Contains("invalid-request", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bank_makes_the_card_that_is_ordered_and_a_hospital_reports_its_use()
    {
        var (card, id) = await Cards.ReceivedAsync(Wuxi, "320200");
        (await Wuxi.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
        var filed = (await Wuxi.PostAsync(
            $"cards/{card}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted);
        if (filed["state"] == "awaitingPayment")
        {
            var fee = int.Parse(filed["feeYuan"]!, CultureInfo.InvariantCulture);
            (await BankCaller.Icbc(service).PostAsync(
                "card.fee.paid",
                new { cardNumber = card, reissueId = filed["reissueId"], amountYuan = fee })).Expect(HttpStatusCode.NoContent);
        }

        var (code, output) = await SimulateAsync("bank", "--api", service.Api.ToString(), "--storage", storage, "--orders", "1");
        Assert.True(code == 0, output);
        await SampleHost.EventuallyAsync(
            async () => (await Wuxi.GetAsync($"cards/{card}/reissues/{filed["reissueId"]}"))["state"] == "ready");
        var fresh = (await Wuxi.GetAsync($"cards/{card}/reissues/{filed["reissueId"]}"))["newCardNumber"]!;
        (await Wuxi.PostAsync($"cards/{fresh}/receipt", new { })).Expect(HttpStatusCode.OK);

        var at = (await service.NowAsync()).ToString("O", CultureInfo.InvariantCulture);
        var usage =
            $$"""{"messageId":"m-1","partnerId":"hospital-wuxi-people","cardNumber":"{{fresh}}","occasion":"outpatient","occurredAt":"{{at}}"}""";
        Assert.Equal(0, (await SimulateAsync("message", "card-usages", usage, "--storage", storage)).Code);
        await SampleHost.EventuallyAsync(async () => (await Wuxi.GetAsync($"cards/{fresh}"))["status"] == "active");
    }

    private static async Task<(int Code, string Output)> SimulateAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(EmbeddedHost).Assembly.Location, "simulate", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }
}
