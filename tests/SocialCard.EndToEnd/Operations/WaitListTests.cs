using Azure.Data.Tables;
using Azure.Storage.Queues;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Functions.Storage;
using SocialCard.Functions.Waits;
using SocialCard.Functions.Workflows;

namespace SocialCard.EndToEnd.Operations;

/// <summary>The list of waits on its storage: changes are delivered late, twice and in any order, and processes die in between.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class WaitListTests(AzuriteFixture storage) : IAsyncLifetime
{
    private const string Code = "91350100M000100Y43";

    private static readonly DateTimeOffset Now = new(2026, 3, 7, 2, 30, 0, TimeSpan.Zero);
    private static readonly Person Representative = new("key", "王**", "**************0010", "138****0000", "sealed");
    private static readonly EmployerFacts Facts =
        new("A Co", new(2026, 3, 1), "140105", EmployerCredential.BusinessLicence, Representative);

    private readonly TableServiceClient tables = new(storage.Azurite.ConnectionString);
    private readonly List<Commit> commits = [];
    private AggregateRepository<Employer> employers = null!;
    private WaitList list = null!;
    private Outbox outbox = null!;
    private IStanding<Employer> standing = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(tables.CreateTableIfNotExistsAsync(WaitList.Table), tables.CreateTableIfNotExistsAsync(Employer.Table));
        employers = new(tables, TimeProvider.System);
        list = new(tables);
        standing = new WaitStanding<Employer>(new EmployerWaits());
        var projection = new WaitProjection<Employer>(employers, new EmployerWaits(), list);
        outbox = new(new WorkflowClient(), new QueueServiceClient(storage.Azurite.ConnectionString), new(() => [projection]));
    }

    public Task DisposeAsync() => Task.WhenAll(tables.DeleteTableAsync(WaitList.Table), tables.DeleteTableAsync(Employer.Table));

    [Theory]
    [InlineData("0 1 2")]
    [InlineData("0 0 1 1 2 2")]
    [InlineData("2 1 0")]
    [InlineData("1 2 0")]
    [InlineData("1 0 2 0 1")]
    public async Task Once_all_is_delivered_nothing_is_waited_for_in_whatever_order(string order)
    {
        await StoryAsync(isDecided: true);
        await DeliverAsync(order);
        Assert.Empty(await RowsAsync());
    }

    [Theory]
    [InlineData("0 1")]
    [InlineData("1 0")]
    [InlineData("1 1 0 0")]
    public async Task What_is_waited_for_is_there_once_on_each_list(string order)
    {
        await StoryAsync(isDecided: false);
        await DeliverAsync(order);

        Assert.Equal(
            [
                "employer-91350100M000100Y43|waiting|all", "region140105|waiting|all", "region140105|waiting|employerReview",
                "region1401|waiting|all", "region1401|waiting|employerReview", "region14|waiting|all",
                "region14|waiting|employerReview", "region|waiting|all", "region|waiting|employerReview",
            ],
            (await RowsAsync()).Select(row => row[..row.LastIndexOf('|')]).Order(StringComparer.Ordinal));
        var (items, next) = await list.ReadAsync(
            WaitList.ScopeOfRegion("140100"), WorkflowState.Waiting, WorkflowKind.EmployerReview, null, null, 10, CancellationToken.None);
        Assert.Equal($"employer-review-{Code}-r1", Assert.Single(items).Wait.InstanceId);
        Assert.Null(next);
    }

    [Fact]
    public async Task Who_died_before_he_delivered_is_made_up_for_by_the_sweep()
    {
        await StoryAsync(isDecided: false);
        await outbox.DeliverPendingAsync(employers, Code, CancellationToken.None);
        Assert.Equal(9, (await RowsAsync()).Count);

        // The one who was thought dead comes back.
        await DeliverAsync("0 1");
        Assert.Equal(9, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_page_of_a_hundred_thousand_waits_is_one_range_and_a_day_is_counted()
    {
        var waits = Enumerable.Range(0, 250).Select(index => new ListedWait(
            new(WorkflowKind.Activation, $"activation-{index:D9}", "reminder", Now.AddHours(index)),
            new(SubjectKind.Card, $"{index:D9}"),
            "320200")).ToList();
        await list.ReplaceAsync([], waits, CancellationToken.None);

        var (first, next) = await list.ReadAsync(
            WaitList.ScopeOfRegion("320000"), WorkflowState.Waiting, null, null, null, 100, CancellationToken.None);
        var (second, _) = await list.ReadAsync(
            WaitList.ScopeOfRegion("320000"), WorkflowState.Waiting, null, next, null, 100, CancellationToken.None);
        Assert.Equal(waits.Take(200), first.Concat(second));
        var (days, left, _) = await list.CountAsync(
            WaitList.ScopeOfRegion("320200"), WorkflowKind.Activation, Now.AddDays(1), Now.AddDays(3), CancellationToken.None);
        Assert.Equal((48, null), (days.Sum(day => day.Count), left));
    }

    /// <summary>A registration is filed, overdue, and perhaps decided; nothing of that is delivered yet.</summary>
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
        var noted = standing.NoteOf(before?.Standing, decision.State!, decision.Events, Now);
        var change = OutboxMessage.Project(standing.Projection, new StandingChange(Code, before?.Standing, noted));
        var commit = await employers.CommitAsync(
            before, decision, [change], noted, Operation.Of("story", $"{commits.Count}"), "null", Now, CancellationToken.None);
        Assert.Equal(CommitResult.Done, commit.Result);
        Assert.NotNull(commit.Unlisted);
        commits.Add(commit);
    }

    private async Task DeliverAsync(string order)
    {
        foreach (var index in order.Split(' '))
        {
            await outbox.DeliverAsync(
                employers, commits[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)], CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> RowsAsync() =>
        await tables.GetTableClient(WaitList.Table).QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync();
}
