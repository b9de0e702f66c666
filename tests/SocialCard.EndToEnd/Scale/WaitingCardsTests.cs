using System.Diagnostics;
using System.Net;
using Xunit.Abstractions;

namespace SocialCard.EndToEnd.Scale;

/// <summary>
/// Waiting costs rows, not memory: a host with thousands of waiting cards is as small, and as soon back, as an empty one.
/// </summary>
[Collection(UnderLoad.Name)]
public sealed class WaitingCardsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int WaitingCards = 3_000;
    private const int WarmUpCards = 500;
    private const int Callers = 32;
    private const long MiB = 1024 * 1024;
    private const long LargestGrowth = 20 * MiB;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromMinutes(1);

    private Azurite azurite = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString, ("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task Three_thousand_waiting_cards_take_less_than_20_MiB_and_delay_no_start()
    {
        var emptyStart = await StartAgainAsync();
        await LoadAsync(WarmUpCards, waits: false);
        var empty = await SettledMemoryAsync(0);
        var watch = Stopwatch.StartNew();

        await LoadAsync(WaitingCards, waits: true);
        output.WriteLine($"{WaitingCards} cards registered and received in {watch.Elapsed.TotalSeconds:0.0} s");

        var waiting = await SettledMemoryAsync(empty + LargestGrowth);
        output.WriteLine($"working set: empty {empty / MiB} MiB, {WaitingCards} waiting {waiting / MiB} MiB");
        Assert.InRange(waiting - empty, long.MinValue, LargestGrowth);

        var start = await StartAgainAsync();
        output.WriteLine($"started empty in {emptyStart.TotalSeconds:0.0} s, with all of them waiting in {start.TotalSeconds:0.0} s");
        Assert.InRange(start, TimeSpan.Zero, (2 * emptyStart) + Grace);

        await LoadAsync(WarmUpCards, waits: false);
        var again = await SettledMemoryAsync(empty + LargestGrowth);
        output.WriteLine($"working set after the start: {again / MiB} MiB");
        Assert.InRange(again - empty, long.MinValue, LargestGrowth);
    }

    /// <summary>Kills the host, and tells how long the next one takes to be ready.</summary>
    private async Task<TimeSpan> StartAgainAsync()
    {
        await service.KillAsync();
        var watch = Stopwatch.StartNew();
        await service.RestartAsync();
        return watch.Elapsed;
    }

    /// <summary>Registers cards and hands them over; some wait then, the others' bank ends the waiting at once.</summary>
    private async Task LoadAsync(int cards, bool waits)
    {
        var bureau = Caller.Bureau(service);
        var bank = new Caller(service, "local-bank-icbc-key");
        await Parallel.ForAsync(0, cards, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) =>
        {
            var (number, _) = await Cards.ReceivedAsync(bureau);
            if (!waits)
            {
                (await BankCaller.Icbc(service).PostAsync("card.financial.activated", new { cardNumber = number }))
                    .Expect(HttpStatusCode.NoContent);
                (await bank.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
            }
        });
    }

    /// <summary>The host's working set once nothing is under way: as soon as it is small enough, or when it has had its time.</summary>
    private async Task<long> SettledMemoryAsync(long enough)
    {
        await service.AdvanceAsync(TimeSpan.Zero);
        using var host = Process.GetProcessById(service.ProcessId);
        var watch = Stopwatch.StartNew();
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            host.Refresh();
        }
        while (host.WorkingSet64 > enough && watch.Elapsed < SettlingLimit && enough > 0);
        return host.WorkingSet64;
    }
}
