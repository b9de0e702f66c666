using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using SocialCard.Domain.Kernel;

namespace SocialCard.Functions.Guardians;

/// <summary>
/// Which of a person's relatives have taken the places that a guardian has, and which of his guardians' entries name a person: a
/// partition a person, changed in one transaction under one version, so that two requests cannot take the last place. A place is
/// freed by nobody: who looks for one asks its entry whether it is over.
/// </summary>
public abstract class GuardianReservations(TableServiceClient tables, string table)
{
    private const string GuardianPrefix = "guardian-";
    private const string MemberPrefix = "member-";
    private const string VersionRow = "version";
    private const string KindColumn = "Kind";
    private const string MemberColumn = "MemberKey";
    private const string TakenColumn = "TakenAt";
    private const int Attempts = 50;

    // The entry follows its place at once, unless the process dies in between and nobody repeats the request.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly TableClient people = tables.GetTableClient(table);

    /// <summary>Takes a place for an entry, or gives its place another member; doing it twice does no harm.</summary>
    /// <param name="guardianKey">The guardian, by his holder key.</param>
    /// <param name="entry">The entry and what it takes.</param>
    /// <param name="fits">Says why it does not fit beside the others.</param>
    /// <param name="cancellation">Stops before the place is taken.</param>
    public async Task<Refusal?> TakeAsync(
        string guardianKey, GuardianPlace entry, Func<IReadOnlyList<GuardianPlace>, Refusal?> fits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(fits);
        for (var attempt = 1; ; attempt++)
        {
            var version = await people.GetEntityIfExistsAsync<TableEntity>(guardianKey, VersionRow, cancellationToken: cancellation);
            var (others, over) = (new List<GuardianPlace>(), new List<GuardianPlace>());
            foreach (var place in await PlacesAsync(guardianKey, cancellation))
            {
                if (place.Id != entry.Id)
                {
                    (await IsOverAsync(place.Id, cancellation) ?? place.TakenAt < entry.TakenAt - Grace ? over : others).Add(place);
                }
            }

            if (fits(others) is { } refusal)
            {
                return refusal;
            }

            var mark = new TableEntity(guardianKey, VersionRow);
            List<TableTransactionAction> actions =
            [
                version.HasValue
                    ? new(TableTransactionActionType.UpdateReplace, mark, version.Value!.ETag) : new(TableTransactionActionType.Add, mark),
                new(TableTransactionActionType.UpsertReplace, RowOf(guardianKey, entry)),
                .. over.Select(place => new TableTransactionAction(TableTransactionActionType.Delete, RowOf(guardianKey, place), ETag.All)),
            ];
            try
            {
                await people.SubmitTransactionAsync(actions, cancellation);
                return null;
            }
            catch (TableTransactionFailedException failure) when (attempt < Attempts && failure.ErrorCode is { } code
                && (code == TableErrorCode.EntityAlreadyExists || code == TableErrorCode.UpdateConditionNotSatisfied || code == TableErrorCode.EntityNotFound))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * attempt)), cancellation);
            }
        }
    }

    /// <summary>Lets the entries that name a person as their member be found; doing it twice does no harm.</summary>
    public Task IndexMemberAsync(string memberKey, string id, CancellationToken cancellation) =>
        people.UpsertEntityAsync(new TableEntity(memberKey, MemberPrefix + id), TableUpdateMode.Replace, cancellation);

    /// <summary>The entries in which a person is, or was once, guardian or member.</summary>
    public async Task<IReadOnlyList<string>> EntriesOfAsync(string holderKey, CancellationToken cancellation)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {holderKey}");
        await foreach (var row in people.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey != VersionRow)
            {
                ids.Add(row.RowKey[(row.RowKey.IndexOf('-', StringComparison.Ordinal) + 1)..]);
            }
        }

        return [.. ids];
    }

    /// <summary>Lets an entry be found under a person's other key too, with the place that it has; doing it twice does no harm.</summary>
    public async Task MoveAsync(string fromKey, string toKey, string id, CancellationToken cancellation)
    {
        foreach (var prefix in new[] { GuardianPrefix, MemberPrefix })
        {
            var row = await people.GetEntityIfExistsAsync<TableEntity>(fromKey, prefix + id, cancellationToken: cancellation);
            if (row.HasValue)
            {
                var moved = row.Value!;
                moved.PartitionKey = toKey;
                await people.UpsertEntityAsync(moved, TableUpdateMode.Replace, cancellation);
            }
        }
    }

    /// <summary>Lets a place name its member by another key; doing it twice does no harm.</summary>
    public async Task RenameMemberAsync(string guardianKey, string id, string memberKey, CancellationToken cancellation)
    {
        var row = await people.GetEntityIfExistsAsync<TableEntity>(guardianKey, GuardianPrefix + id, cancellationToken: cancellation);
        if (row.HasValue)
        {
            row.Value![MemberColumn] = memberKey;
            await people.UpsertEntityAsync(row.Value, TableUpdateMode.Replace, cancellation);
        }
    }

    /// <summary>Whether an entry is over; null if there is none.</summary>
    protected abstract Task<bool?> IsOverAsync(string id, CancellationToken cancellation);

    private static TableEntity RowOf(string guardianKey, GuardianPlace place) => new(guardianKey, GuardianPrefix + place.Id)
    {
        [KindColumn] = place.Kind,
        [MemberColumn] = place.MemberKey,
        [TakenColumn] = place.TakenAt,
    };

    private async Task<List<GuardianPlace>> PlacesAsync(string guardianKey, CancellationToken cancellation)
    {
        var places = new List<GuardianPlace>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {guardianKey} and RowKey ge {GuardianPrefix} and RowKey lt {"guardian."}");
        await foreach (var row in people.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            places.Add(new(
                row.RowKey[GuardianPrefix.Length..],
                row.GetString(KindColumn)!,
                row.GetString(MemberColumn),
                row.GetDateTimeOffset(TakenColumn)!.Value));
        }

        return places;
    }
}

/// <summary>A place that a guardian has taken.</summary>
/// <param name="Id">The entry that it is for.</param>
/// <param name="Kind">What it counts as.</param>
/// <param name="MemberKey">Whose it is, by the holder key; null until he is named.</param>
/// <param name="TakenAt">When.</param>
public sealed record GuardianPlace(string Id, string Kind, string? MemberKey, DateTimeOffset TakenAt);
