using Azure.Data.Tables;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Functions.Storage;
using SocialCard.Functions.WorkItems;

namespace SocialCard.EndToEnd.WorkItems;

/// <summary>The work list on its storage: changes come twice, in any order, and side by side.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class WorkItemListTests(AzuriteFixture storage) : IAsyncLifetime
{
    private const string Code = "91350100M000100Y43";

    private static readonly DateTimeOffset Now = new(2026, 3, 7, 2, 30, 0, TimeSpan.Zero);
    private static readonly EmployerWorkItems Source = new();
    private static readonly Person Representative = new("key", "王**", "**************0010", "138****0000", "sealed");
    private static readonly EmployerFacts Facts =
        new("A Co", new(2026, 3, 1), "140105", EmployerCredential.BusinessLicence, Representative);

    private readonly TableServiceClient tables = new(storage.Azurite.ConnectionString);
    private readonly List<(OutboxMessage Message, long Sequence)> told = [];
    private AggregateRepository<Employer> employers = null!;
    private WorkItemList list = null!;
    private WorkItemProjection<Employer> projection = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(
            tables.CreateTableIfNotExistsAsync(WorkItemList.Table), tables.CreateTableIfNotExistsAsync(Employer.Table));
        employers = new(tables, TimeProvider.System);
        list = new(tables);
        projection = new(employers, Source, list);
    }

    public Task DisposeAsync() => Task.WhenAll(tables.DeleteTableAsync(WorkItemList.Table), tables.DeleteTableAsync(Employer.Table));

    [Theory]
    [InlineData("0 1 2")]
    [InlineData("0 0 1 1 2 2")]
    [InlineData("2 1 0")]
    [InlineData("1 2 0")]
    [InlineData("1 0 2 0 1")]
    public async Task Once_all_is_told_the_list_is_empty_in_whatever_order(string order)
    {
        await StoryAsync(isDecided: true);
        await TellAsync(order);
        Assert.Empty(await RowsAsync());
    }

    [Theory]
    [InlineData("0 1")]
    [InlineData("1 0")]
    [InlineData("0 1 0 1")]
    public async Task What_is_still_to_do_is_there_once_on_each_list(string order)
    {
        await StoryAsync(isDecided: false);
        await TellAsync(order);

        Assert.Equal(
            [
                "employerReview region", "employerReview region14", "employerReview region1401", "employerReview region140105",
                "escalation region", "escalation region14", "escalation region1401", "escalation region140105",
            ],
            (await RowsAsync()).Select(row => $"{row.PartitionKey} {row.RowKey.Split('|')[0]}").Order(StringComparer.Ordinal));
        var (items, more) = await list.ReadAsync(
            WorkItemKind.EmployerReview, WorkItemList.ScopeOfRegion("140100"), null, 10, CancellationToken.None);
        Assert.Equal((Code, false), (Assert.Single(items).Item.EmployerCode, more));
    }

    [Fact]
    public async Task Deliveries_side_by_side_agree()
    {
        await StoryAsync(isDecided: true);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(turn => TakeAsync(turn % told.Count)));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task What_changed_before_there_was_a_list_is_put_on_it_once()
    {
        await StoryAsync(isDecided: false);
        await projection.BuildAsync(Code, CancellationToken.None);
        var rows = await RowsAsync();
        Assert.Equal(8, rows.Count);

        await projection.BuildAsync(Code, CancellationToken.None);
        await projection.BuildAsync("91350100M000100Y00", CancellationToken.None);
        Assert.Equal(rows.Select(row => row.RowKey), (await RowsAsync()).Select(row => row.RowKey));
    }

    [Fact]
    public async Task Lists_of_banks_are_apart_also_where_one_name_begins_with_the_other()
    {
        foreach (var bank in new[] { "bank", "bank-a" })
        {
            await list.ReplaceAsync(
                [], [new(WorkItemKind.UnclaimedCard, $"of-{bank}", "320200", Now, null) { BankId = bank }], CancellationToken.None);
        }

        var (items, _) = await list.ReadAsync(
            WorkItemKind.UnclaimedCard, WorkItemList.ScopeOfBank("bank"), null, 10, CancellationToken.None);
        Assert.Equal("of-bank", Assert.Single(items).Item.Id);
    }

    [Fact]
    public async Task A_hundred_and_more_items_of_one_aggregate_come_and_go()
    {
        var items = Enumerable.Range(0, 60)
            .Select(index => new WorkItem(WorkItemKind.FamilyReview, $"member-{index}", "320200", Now.AddMinutes(index), null)).ToList();
        await list.ReplaceAsync([], items, CancellationToken.None);
        var (page, more) = await list.ReadAsync(
            WorkItemKind.FamilyReview, WorkItemList.ScopeOfRegion("000000"), null, 59, CancellationToken.None);
        Assert.Equal(items.Take(59), page.Select(found => found.Item));
        Assert.True(more);
        await list.ReplaceAsync(items, [], CancellationToken.None);
        Assert.Empty(await RowsAsync());
    }

    /// <summary>A registration is filed, overdue, and perhaps decided; what the list is to be told of that is kept back.</summary>
    private async Task StoryAsync(bool isDecided)
    {
        var code = EmployerCode.Parse(Code);
        await CommitAsync(_ => Employer.File(code, Facts, "r1", Now));
        await CommitAsync(employer => employer!.EscalateReview("r1", employer.Filing!.NextEscalation));
        if (isDecided)
        {
            await CommitAsync(employer => employer!.Review(true, null, "bureau", Now.AddDays(20)));
        }
    }

    private async Task CommitAsync(Func<Employer?, Decision<Employer>> decide)
    {
        var before = await employers.LoadAsync(Code, CancellationToken.None);
        var decision = decide(before?.State);
        var messages = new WorkItemHandler<Employer>(Source).Handle(before?.State, decision.State!, decision.Events, Now).ToList();
        var commit = await employers.CommitAsync(
            before, decision, messages, null, Operation.Of("story", $"{told.Count}"), "null", Now, CancellationToken.None);
        Assert.Equal(CommitResult.Done, commit.Result);
        told.AddRange(commit.Outbox.Select(row => (row.ToMessage(), row.Sequence)));
    }

    private async Task TellAsync(string order)
    {
        foreach (var index in order.Split(' '))
        {
            await TakeAsync(int.Parse(index, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private async Task TakeAsync(int index)
    {
        var ((message, sequence), list) = (told[index], (IProjection)projection);
        await list.TakeAsync(message.Body, sequence, CancellationToken.None);
        await list.SettleAsync(message.Body, sequence, CancellationToken.None);
    }

    private async Task<IReadOnlyList<TableEntity>> RowsAsync()
    {
        var rows = new List<TableEntity>();
        await foreach (var row in tables.GetTableClient(WorkItemList.Table).QueryAsync<TableEntity>())
        {
            rows.Add(row);
        }

        return [.. rows.OrderBy(row => row.PartitionKey, StringComparer.Ordinal).ThenBy(row => row.RowKey, StringComparer.Ordinal)];
    }
}
