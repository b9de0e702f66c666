using System.Globalization;

namespace SocialCard.Benchmarks;

/// <summary>
/// Drives cards through their lives and counts what each piece takes; infra/azure/COST.md builds on the table that it prints. What a
/// backend takes for the same follows from the starts, the turns, the activities and the days waited, by the factors that COST.md explains.
/// </summary>
internal static class CostBenchmark
{
    private const int Cards = 20;
    // Counted in the Functions host: 9 requests from a receipt to its workflow's first wait, 6 for the event that ends it.
    private const int RequestsATurn = 6;
    private const int RequestsMoreAStart = 3;

    // By the provider's way of working: the work item and its result, each put, taken and deleted.
    private const int RequestsAnActivity = 6;
    private const int DaysAHop = 3;
    private const string Bureau = "local-bureau-wuxi-key";

    public static async Task RunAsync()
    {
        await using var service = await LocalService.StartAsync(virtualClock: true);
        using var meter = new CostMeter(service.Storage);
        Console.WriteLine($"Means of {Cards} cards.");
        Console.WriteLine();
        Console.WriteLine(
            "| piece of a life | calls | table requests | queue requests | starts | turns | activities | hops | requests of the Azure Storage backend | actions of the Scheduler |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");

        await service.RegisterAsync(99_999);
        await EachAsync("registered", card => service.RegisterAsync(card));
        await EachAsync("handed over", card => service.ReceiveAsync(card));
        await WaitAsync("100 days of waiting", 100);
        await EachAsync("activated at a hospital", card => service.ActivateAsync(card));
        await EachAsync("read by a hospital", card => service.ReadAsync(card));
        await EachAsync("password set anew at a window", card => service.AskAsync(
            Bureau, $"cards/{NumberOf(card)}/password-changes",
            new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = "739150", idNumber = IdOf(card) }));
        await EachAsync("lost by phone, found, released", card => LoseAsync(service, card));
        await EachAsync("a new card: filed, made, handed over, activated", card => ReplaceAsync(service, card));
        await EachAsync("registered and handed over, another card", async card =>
        {
            await service.RegisterAsync(1_000 + card);
            await service.ReceiveAsync(1_000 + card);
        });
        await WaitAsync("never activated: 301 days, four reminders, loss report", 301);

        async Task EachAsync(string name, Func<int, Task> live)
        {
            await service.SettleAsync();
            var before = meter.Read();
            for (var card = 1; card <= Cards; card++)
            {
                await live(card);
            }

            await service.SettleAsync();
            Print(name, meter.Read() - before, 0);
        }

        async Task WaitAsync(string name, int days)
        {
            await service.SettleAsync();
            var before = meter.Read();
            for (var day = 0; day < days; day += 7)
            {
                await service.AdvanceAsync(Math.Min(7, days - day));
            }

            await service.SettleAsync();
            Print(name, meter.Read() - before, days / DaysAHop);
        }
    }

    private static void Print(string name, Cost cost, int hops)
    {
        var (starts, turns, activities) = (PerCard(cost.Starts), PerCard(cost.Turns), PerCard(cost.Activities));
        double[] columns =
        [
            PerCard(cost.Calls), PerCard(cost.Tables), PerCard(cost.Queues), starts, turns, activities, hops,
            (RequestsMoreAStart * starts) + (RequestsATurn * (turns + hops)) + (RequestsAnActivity * activities), turns + activities,
        ];
        Console.WriteLine(
            $"| {name} | {string.Join(" | ", columns.Select(value => value.ToString("0.#", CultureInfo.InvariantCulture)))} |");
    }

    private static double PerCard(int count) => (double)count / Cards;

    private static async Task LoseAsync(LocalService service, int card)
    {
        var report = await service.AskAsync(
            "local-hotline-12333-key", $"cards/{NumberOf(card)}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = IdOf(card) });
        await service.AskAsync(
            Bureau,
            $"cards/{NumberOf(card)}/loss-reports/{report["reportId"]}/release",
            new { channel = "serviceWindow", idNumber = IdOf(card) });
    }

    private static async Task ReplaceAsync(LocalService service, int card)
    {
        var (old, fresh) = (NumberOf(card), NumberOf(500 + card));
        var filed = await service.AskAsync(
            Bureau,
            $"cards/{old}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = IdOf(card) });
        if ((string?)filed["state"] == "awaitingPayment")
        {
            await service.TellAsync(
                "card.fee.paid", new { cardNumber = old, reissueId = (string)filed["reissueId"]!, amountYuan = (int)filed["feeYuan"]! });
        }

        await service.TellAsync("card.produced", new { reissueId = (string)filed["reissueId"]!, newCardNumber = fresh });
        await service.SettleAsync();
        await service.AskAsync(Bureau, $"cards/{fresh}/receipt", new { });
        await service.AskAsync(Bureau, $"cards/{fresh}/activations", new { channel = "serviceWindow", idNumber = IdOf(card) });
    }

    private static string NumberOf(int card) => LocalService.NumberOf(card);

    private static string IdOf(int card) => LocalService.IdNumberOf(card);
}
