using Microsoft.Extensions.DependencyInjection;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.People;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;
using SocialCard.Functions.WorkItems;

namespace SocialCard.Benchmarks;

/// <summary>
/// A counter among many people, each fifth of whom has two cards: what it costs to find one by his number, and to read a page of a work
/// list. The people's rows are written as the code writes them, without their timelines, which neither reads.
/// </summary>
internal static class HoldersBenchmark
{
    private const int Writers = 32;
    private const int Turns = 1_000;
    private const int OfOneSecondCard = 5;
    private const int OfOneUnclaimed = 10;
    private const int ItemsATransaction = 20;
    private const string Hotline = "local-hotline-12333-key";
    private const string Bureau = "local-bureau-wuxi-key";

    private static readonly string[] Regions = ["320200", "320500"];

    public static async Task RunAsync(int people)
    {
        await using var service = await LocalService.StartAsync();
        await WriteAsync(service, people);

        var (tables, queues) = (service.Storage.TableOperations, service.Storage.QueueOperations);
        Task Search(int turn) => service.AskAsync(
            Hotline, "holders/search", new { idNumber = LocalService.IdNumberOf((int)(turn * 7919L % people)) });
        Task ReadPage(int turn) => service.GetAsync(Bureau, "work-items?kind=unclaimedCard&limit=100");

        await Search(0);
        await ReadPage(0);
        var costs = new OperationTable($"Storage operations of one call among {people} people");
        await costs.MeasureAsync("find a person and his cards", Turns, tables, queues, Search, service.SettleAsync);
        await costs.MeasureAsync("read a page of a work list", Turns / 10, tables, queues, ReadPage, service.SettleAsync);
        costs.Print();

        var speed = new TextTable("The same over HTTP, one at a time", "call", "p50 ms", "p99 ms");
        foreach (var (name, turns, call) in new (string, int, Func<int, Task>)[]
        {
            ("find a person and his cards", Turns, Search),
            ("read a page of a work list", Turns / 10, ReadPage),
        })
        {
            var load = await Load.MeasureAsync(1, turns, call);
            speed.Add(name, load.P50, load.P99);
        }

        speed.Print();
    }

    private static async Task WriteAsync(LocalService service, int people)
    {
        var protection = service.Services.GetRequiredService<PersonProtection>();
        var list = service.Services.GetRequiredService<WorkItemList>();
        var sources = new CardWorkItems();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (holders, cards) = (service.Storage.Tables.GetTableClient(Holder.Table), service.Storage.Tables.GetTableClient(Card.Table));

        await Load.MeasureAsync(Writers, people, async index =>
        {
            foreach (var card in CardsOf(index))
            {
                await cards.AddEntityAsync(StateRow.Of(card, 1, TimelineEntry.Genesis));
            }

            var holder = Holder.Open(PersonOf(index), Regions[0], false, null).State! with
            {
                Cards = [.. CardsOf(index).Select(card => new HolderCard(card.Number, card.RegionCode, card.BankId, now))],
            };
            await holders.AddEntityAsync(StateRow.Of(holder, 1, TimelineEntry.Genesis));
        });
        var unclaimed = Enumerable.Range(0, people / OfOneUnclaimed).SelectMany(index => CardsOf(index * OfOneUnclaimed));
        foreach (var chunk in unclaimed.SelectMany(sources.ItemsOf).Chunk(ItemsATransaction))
        {
            await list.ReplaceAsync([], chunk, CancellationToken.None);
        }

        Person PersonOf(int index) => protection.Seal(new(DocumentOf(index), "王小明", "13800138000"));

        IEnumerable<Card> CardsOf(int index) => Enumerable.Range(0, index % OfOneSecondCard == 0 ? 2 : 1).Select(which =>
            Card.Register(
                CardNumber.Parse(LocalService.NumberOf((2 * index) + which)), PersonOf(index), Regions[which], "bank-icbc", 3,
                now.AddTicks(index)).State!);
    }

    private static IdentityDocument DocumentOf(int index) =>
        IdentityDocument.Read(IdentityDocumentType.ResidentId, LocalService.IdNumberOf(index), null, null).Document!;
}
