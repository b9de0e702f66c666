using System.Globalization;
using Azure.Data.Tables;
using SocialCard.Domain.Cards;
using SocialCard.Functions.InvalidCards;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>The invalid-card list on its storage: several processes write it, and deliveries come twice or out of order.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class InvalidCardListTests(AzuriteFixture storage) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 2, 30, 0, TimeSpan.Zero);

    private TableServiceClient tables = null!;

    public async Task InitializeAsync()
    {
        tables = new(storage.Azurite.ConnectionString);
        await tables.CreateTableIfNotExistsAsync(InvalidCardList.Table);
    }

    public async Task DisposeAsync() => await tables.DeleteTableAsync(InvalidCardList.Table);

    [Fact]
    public async Task A_change_counts_once_and_an_older_one_that_comes_later_not_at_all()
    {
        using var list = new InvalidCardList(tables);
        await list.RecordAsync(Standing("A00000001", true), 5, default);
        await list.RecordAsync(Standing("A00000001", true), 5, default);
        await list.RecordAsync(Standing("A00000001", false), 8, default);
        await list.RecordAsync(Standing("A00000001", true), 5, default);

        // The release of the second card overtakes its suspension.
        await list.RecordAsync(Standing("A00000002", false), 8, default);
        await list.RecordAsync(Standing("A00000002", true), 5, default);

        Assert.Equal(
            [(1, "A00000001", InvalidCardChangeKind.Added), (2, "A00000001", InvalidCardChangeKind.Removed)],
            (await list.ReadAsync(0, 100, default)).Select(change => (change.Cursor, change.CardNumber!.Value.Value, change.Change)));
    }

    [Fact]
    public async Task Four_processes_number_their_changes_without_a_gap_and_a_reader_sees_each_once()
    {
        const int processes = 4, cards = 25;
        var lists = Enumerable.Range(0, processes).Select(_ => new InvalidCardList(tables)).ToList();
        var writing = Task.WhenAll(lists.SelectMany((list, process) => Enumerable.Range(0, cards).Select(index =>
            list.RecordAsync(Standing("B" + (process * cards + index).ToString("D8", CultureInfo.InvariantCulture), true), 1, default))));

        var seen = new List<InvalidCardChange>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (seen.Count < processes * cards)
        {
            patience.Token.ThrowIfCancellationRequested();
            seen.AddRange(await lists[0].ReadAsync(seen.Count == 0 ? 0 : seen[^1].Cursor, 7, patience.Token));
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, processes * cards).Select(cursor => (long)cursor), seen.Select(change => change.Cursor));
        Assert.Equal(processes * cards, seen.Select(change => change.CardNumber).Distinct().Count());
        lists.ForEach(list => list.Dispose());
    }

    private static InvalidCardStanding Standing(string number, bool isInvalid) => new(CardNumber.Parse(number), isInvalid, Now);
}
