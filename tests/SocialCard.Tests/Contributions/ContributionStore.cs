using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Moq;
using SocialCard.Functions.Contributions;

namespace SocialCard.Tests.Contributions;

/// <summary>The repository of contributions on a table in memory.</summary>
internal static class ContributionStore
{
    /// <summary>A store, and what is in its table: a row is added once, then only replaced.</summary>
    public static (ContributionRepository Store, Dictionary<(string, string), ContributionRow> Rows) Empty()
    {
        var rows = new Dictionary<(string, string), ContributionRow>();
        var (table, response) = (new Mock<TableClient>(), Mock.Of<Response>());
        table.Setup(one => one.AddEntityAsync(It.IsAny<ContributionRow>(), It.IsAny<CancellationToken>()))
            .Returns((ContributionRow row, CancellationToken _) => rows.TryAdd((row.PartitionKey, row.RowKey), row)
                ? Task.FromResult(response)
                : Task.FromException<Response>(new RequestFailedException(409, "", TableErrorCode.EntityAlreadyExists.ToString(), null)));
        table.Setup(one => one.GetEntityAsync<ContributionRow>(
                It.IsAny<string>(), It.IsAny<string>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .Returns((string partition, string row, IEnumerable<string>? _, CancellationToken _) =>
                Task.FromResult(Response.FromValue(rows[(partition, row)], response)));
        table.Setup(one => one.UpdateEntityAsync(
                It.IsAny<ContributionRow>(), It.IsAny<ETag>(), TableUpdateMode.Replace, It.IsAny<CancellationToken>()))
            .Returns((ContributionRow row, ETag _, TableUpdateMode _, CancellationToken _) =>
            {
                rows[(row.PartitionKey, row.RowKey)] = row;
                return Task.FromResult(response);
            });
        return (new(Mock.Of<TableServiceClient>(tables => tables.GetTableClient(ContributionRepository.Table) == table.Object)), rows);
    }
}
