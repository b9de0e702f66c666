using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Functions.Guardians;

/// <summary>
/// What a guardian has reserved for whom, and which of his guardians' entries name a person: a partition a person, changed in one
/// transaction under one version, so that two requests cannot both have the last that he may have. Nobody gives a reservation back:
/// who makes another one asks its entry whether it is over.
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

    // The entry follows its reservation at once, unless the process dies in between and nobody repeats the request.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly TableClient people = tables.GetTableClient(table);

    /// <summary>Makes an entry's reservation, or gives it another member; doing it twice does no harm.</summary>
    /// <param name="guardianKey">The guardian, by his holder id.</param>
    /// <param name="wanted">What is to be reserved, and for which entry.</param>
    /// <param name="fits">Says why it does not fit beside the others.</param>
    /// <param name="cancellation">Stops before it is made.</param>
    public async Task<Refusal?> ReserveAsync(
        string guardianKey,
        GuardianReservation wanted,
        Func<IReadOnlyList<GuardianReservation>, Refusal?> fits,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(fits);
        for (var attempt = 1; ; attempt++)
        {
            var version = await people.GetEntityIfExistsAsync<TableEntity>(guardianKey, VersionRow, cancellationToken: cancellation);
            var (others, over) = (new List<GuardianReservation>(), new List<GuardianReservation>());
            foreach (var made in await ReadAsync(guardianKey, cancellation))
            {
                if (made.Id != wanted.Id)
                {
                    (await IsOverAsync(made.Id, cancellation) ?? made.MadeAt < wanted.MadeAt - Grace ? over : others).Add(made);
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
                new(TableTransactionActionType.UpsertReplace, RowOf(guardianKey, wanted)),
                .. over.Select(ended => new TableTransactionAction(TableTransactionActionType.Delete, RowOf(guardianKey, ended), ETag.All)),
            ];
            try
            {
                await people.SubmitTransactionAsync(actions, cancellation);
                return null;
            }
            catch (TableTransactionFailedException failure) when (attempt < Attempts && IsOvertaken(failure.ErrorCode))
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

    /// <summary>Lets an entry be found under a person's other key too, with its reservation; doing it twice does no harm.</summary>
    public async Task MoveAsync(string fromKey, string toKey, string id, CancellationToken cancellation)
    {
        if (fromKey == toKey)
        {
            return;
        }

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

    /// <summary>Lets a reservation name its member by another key; doing it twice does no harm.</summary>
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

    private static bool IsOvertaken(TableErrorCode? code) =>
        code == TableErrorCode.EntityAlreadyExists
        || code == TableErrorCode.UpdateConditionNotSatisfied
        || code == TableErrorCode.EntityNotFound;

    private static TableEntity RowOf(string guardianKey, GuardianReservation made) => new(guardianKey, GuardianPrefix + made.Id)
    {
        [KindColumn] = made.Kind,
        [MemberColumn] = made.MemberKey,
        [TakenColumn] = made.MadeAt,
    };

    private async Task<List<GuardianReservation>> ReadAsync(string guardianKey, CancellationToken cancellation)
    {
        var reservations = new List<GuardianReservation>();
        var (from, to) = (GuardianPrefix, "guardian.");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {guardianKey} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in people.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            reservations.Add(new(
                row.RowKey[GuardianPrefix.Length..],
                row.GetString(KindColumn)!,
                row.GetString(MemberColumn),
                row.GetDateTimeOffset(TakenColumn)!.Value));
        }

        return reservations;
    }
}

/// <summary>One of the electronic cards or links that a guardian may have, kept for an entry.</summary>
/// <param name="Id">The entry that it is for.</param>
/// <param name="Kind">What it counts as.</param>
/// <param name="MemberKey">Whose it is, by the holder id; null until he is named.</param>
/// <param name="MadeAt">When.</param>
public sealed record GuardianReservation(string Id, string Kind, string? MemberKey, DateTimeOffset MadeAt);
