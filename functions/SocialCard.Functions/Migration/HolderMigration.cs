using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Domain.Holders;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.FamilyLinks;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Statistics;
using SocialCard.Functions.Waits;
using SocialCard.Functions.WorkItems;

namespace SocialCard.Functions.Migration;

/// <summary>
/// Version 1.0 knew cards and no people: table <c>Holders</c> had a row a card, and what was a person's stood on his cards. Once, at the
/// first start after that, every card gets its holder and its term. It goes through the cards in the order of their numbers and notes how
/// far it has come, so a start that is broken off is gone on with at the next; each step is an operation that takes effect once.
/// </summary>
public sealed class HolderMigration(
    TableServiceClient tables,
    PersonMigration persons,
    TermMigration terms,
    HolderDirectory directory,
    HolderRepository holders,
    ElectronicCardCivilEventHandler electronicCards,
    FamilyLinkCivilEventHandler links,
    WorkItemProjection<Card> cardWork,
    WorkItemProjection<Employer> employerWork,
    WorkItemProjection<ElectronicCard> electronicCardWork,
    WaitRefresh<Card> cardWaits,
    WaitRefresh<Employer> employerWaits,
    WaitRefresh<ElectronicCard> electronicCardWaits,
    AggregateRepository<Card> cards,
    StatisticsFacts statistics,
    TimeProvider clock) : IHostedService
{
    // A partition of its own, which is no key of a person.
    private const string Mark = PersonMigration.Name;
    private const string StepColumn = "Step";
    private const string AfterColumn = "After";
    private const string CorrectedTo = "corrected-to";
    private const string LinkColumn = "HolderKey";
    private const int PageSize = 200;

    private readonly TableClient rows = tables.GetTableClient(Holder.Table);

    // Whatever the rows of holders are called today begins with a small letter; those of 1.0 were card numbers.
    private IReadOnlyList<Step> Steps =>
    [
        new(Card.Table, "card-", "card.", MigrateCardAsync),
        new(Holder.Table, CorrectedTo, CorrectedTo + "-", FollowNumberAsync),
        new(Holder.Table, "0", "a", (row, token) => rows.DeleteEntityAsync(row, cancellationToken: token)),
        new(CivilEventRepository.Table, "", "~", NameHolderAsync),
        new(FamilyLink.Table, "family-link-", "family-link.", (row, token) => links.IdentifyAsync(row.PartitionKey, token)),
        new(ElectronicCard.Table, "electronic-card-", "electronic-card.", MigrateElectronicCardAsync),
        new(Employer.Table, "employer-", "employer.", (row, token) => employerWork.BuildAsync(row.PartitionKey, token)),
        new(Card.Table, "card-", "card.", terms.MigrateAsync),
        new(Card.Table, "card-", "card.", ListAsync),
        new(ElectronicCard.Table, "electronic-card-", "electronic-card.", (row, token) => electronicCardWaits.RefreshAsync(
            row.PartitionKey, token)),
        new(Employer.Table, "employer-", "employer.", (row, token) => employerWaits.RefreshAsync(row.PartitionKey, token)),
    ];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var mark = await rows.GetEntityIfExistsAsync<TableEntity>(Mark, Mark, cancellationToken: cancellationToken);
        var (done, after) = mark.HasValue ? (mark.Value!.GetInt32(StepColumn)!.Value, mark.Value.GetString(AfterColumn)!) : (0, "");
        for (var steps = Steps; done < steps.Count;)
        {
            after = await DoPageAsync(steps[done], after, cancellationToken);
            done += after.Length == 0 ? 1 : 0;
            var standing = new TableEntity(Mark, Mark) { [StepColumn] = done, [AfterColumn] = after };
            await rows.UpsertEntityAsync(standing, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does a page of a step.</summary>
    /// <returns>The partition after which the next page begins; empty where there is none.</returns>
    private async Task<string> DoPageAsync(Step step, string after, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and RowKey ge {step.From} and RowKey lt {step.To}");
        var found = tables.GetTableClient(step.Table).QueryAsync<TableEntity>(filter, PageSize, cancellationToken: cancellation);
        await foreach (var page in found.AsPages())
        {
            // A partition may go on on the next page, which begins after it.
            var whole = page.ContinuationToken is null ? page.Values
                : [.. page.Values.Where(row => row.PartitionKey != page.Values[^1].PartitionKey)];
            IReadOnlyList<TableEntity> taken = whole.Count > 0 ? whole : page.Values;
            foreach (var row in taken)
            {
                await step.MigrateAsync(row, cancellation);
            }

            if (page.ContinuationToken is null)
            {
                return "";
            }

            if (whole.Count > 0)
            {
                return whole[^1].PartitionKey;
            }
        }

        return "";
    }

    private async Task ListAsync(TableEntity row, CancellationToken cancellation)
    {
        await cardWaits.RefreshAsync(row.PartitionKey, cancellation);
        var card = await cards.FindAsync(row.PartitionKey, cancellation);
        await statistics.BeginAsync(card!, ChinaTime.DateOf(clock.GetUtcNow()), cancellation);
    }

    private async Task MigrateCardAsync(TableEntity row, CancellationToken cancellation)
    {
        await persons.MigrateAsync(CardNumber.Parse(row.PartitionKey), cancellation);
        await cardWork.BuildAsync(row.PartitionKey, cancellation);
    }

    /// <summary>A wrong number leads to whoever had it, for registries that still have it.</summary>
    private async Task FollowNumberAsync(TableEntity row, CancellationToken cancellation)
    {
        for (var link = row; link is not null;)
        {
            var right = link.GetString(LinkColumn)!;
            var meant = await directory.OfDocumentAsync(right, cancellation, isFormer: true);
            if (meant.Count > 0)
            {
                await holders.ShareAsync(row.PartitionKey, [.. meant.Select(holder => holder.Id)], cancellation);
                break;
            }

            var next = await rows.GetEntityIfExistsAsync<TableEntity>(right, CorrectedTo, cancellationToken: cancellation);
            link = next.HasValue ? next.Value : null;
        }
    }

    /// <summary>An event that was told and not carried out is that of the holder whose card it names.</summary>
    private async Task NameHolderAsync(TableEntity row, CancellationToken cancellation)
    {
        if (row.GetBoolean("IsDone") is not true
            && row.GetString("CardNumber") is { } number
            && await persons.HolderOfAsync(CardNumber.Parse(number), cancellation) is { } holderId
            && holderId != row.GetString(LinkColumn))
        {
            row[LinkColumn] = holderId;
            await tables.GetTableClient(CivilEventRepository.Table)
                .UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        }
    }

    private async Task MigrateElectronicCardAsync(TableEntity row, CancellationToken cancellation)
    {
        await electronicCards.IdentifyAsync(row.PartitionKey, cancellation);
        await electronicCardWork.BuildAsync(row.PartitionKey, cancellation);
    }

    /// <summary>A part of the migration: what is done with each row of a table whose key lies in a range.</summary>
    private sealed record Step(string Table, string From, string To, Func<TableEntity, CancellationToken, Task> MigrateAsync);
}
