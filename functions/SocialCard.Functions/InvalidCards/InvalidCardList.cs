using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Functions.InvalidCards;

/// <summary>
/// The invalid-card list (失效名单): which cards hospitals and pharmacies must not take, and every change of that in order.
/// A change, the count of changes and the card's own row are one transaction of one partition, and the count can be moved
/// on only by whoever has seen it. So changes are numbered without a gap in the order in which they can be read, and a
/// reader who has seen number n has seen everything up to n.
/// </summary>
public sealed class InvalidCardList(TableServiceClient tables) : IProjection, IDisposable
{
    /// <summary>The table of the list.</summary>
    public const string Table = "InvalidCards";

    private const string Partition = "list";
    private const int Attempts = 100;
    private const int EpochLength = 16;

    private readonly TableClient list = tables.GetTableClient(Table);

    // Changes of one process queue up here instead of failing each other's transactions.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Where a card stands; null for one that was never on the list.</summary>
    internal async Task<StandingRow?> FindAsync(ListedCard card, CancellationToken cancellation)
    {
        var row = await list.GetEntityIfExistsAsync<StandingRow>(
            Partition, StandingRow.KeyOf(card), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>The changes after a cursor, oldest first.</summary>
    /// <param name="after">The number of the last change that the reader has seen; 0 for the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<InvalidCardChange>> ReadAsync(long after, int limit, CancellationToken cancellation)
    {
        var (from, to) = (ChangeRow.KeyOf(after + 1), ChangeRow.KeyOf(after + limit));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey le {to}");
        var changes = new List<InvalidCardChange>();
        await foreach (var row in list.QueryAsync<ChangeRow>(filter, cancellationToken: cancellation))
        {
            changes.Add(row.ToChange());
        }

        return changes;
    }

    /// <summary>How far the list has come, and which list it is; one read.</summary>
    public async Task<InvalidCardListHead> ReadHeadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var found = await FindCountAsync(cancellation);
            if (found is { Epoch: { } epoch, Last: var last })
            {
                return new(epoch, last);
            }

            // A list of before there were epochs, or an empty one.
            await TryBeginEpochAsync(found, cancellation);
        }
    }

    /// <summary>
    /// Begins another epoch: after a restore, what readers have seen may be lost, and what comes may have numbers that they have seen.
    /// </summary>
    public async Task BeginEpochAsync(CancellationToken cancellation)
    {
        while (!await TryBeginEpochAsync(await FindCountAsync(cancellation), cancellation))
        {
            // A change came in between.
        }
    }

    /// <summary>Takes over where a card stands; once, however often it is delivered and in whatever order.</summary>
    /// <param name="standing">Where the card stands.</param>
    /// <param name="sequence">The number of the card's event that put it there: an older one than is known changes nothing.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task RecordAsync(InvalidCardStanding standing, long sequence, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(standing);
        await turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; !await TryRecordAsync(standing, sequence, cancellation); attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new IOException($"The invalid-card list changed {Attempts} times under the same change.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * Math.Min(attempt, 10))), cancellation);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    string IProjection.Name => Table;

    Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation) =>
        RecordAsync(JsonSerializer.Deserialize<InvalidCardStanding>(standing, SocialCardJson.Options)!, sequence, cancellation);

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<bool> TryRecordAsync(InvalidCardStanding standing, long sequence, CancellationToken cancellation)
    {
        var counting = FindCountAsync(cancellation);
        var known = await FindAsync(standing.Card, cancellation);
        var count = await counting;
        if (known?.Sequence >= sequence)
        {
            return true;
        }

        var next = new StandingRow
        {
            PartitionKey = Partition,
            RowKey = StandingRow.KeyOf(standing.Card),
            IsInvalid = standing.IsInvalid,
            Since = standing.At,
            Sequence = sequence,
        };
        List<TableTransactionAction> actions = [Storing(next, known?.ETag)];

        // A removal that overtook its addition is noted for the card, and is no change to anybody.
        if (standing.IsInvalid != (known?.IsInvalid ?? false))
        {
            var cursor = (count?.Last ?? 0) + 1;
            actions.Add(Storing(CountRow.Of(Partition, cursor, count?.Epoch ?? NewEpoch()), count?.ETag));
            actions.Add(new(TableTransactionActionType.Add, ChangeRow.Of(Partition, cursor, standing)));
        }

        return await TrySubmitAsync(actions, cancellation);
    }

    private async Task<CountRow?> FindCountAsync(CancellationToken cancellation)
    {
        var row = await list.GetEntityIfExistsAsync<CountRow>(Partition, CountRow.Key, cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    private Task<bool> TryBeginEpochAsync(CountRow? before, CancellationToken cancellation) =>
        TrySubmitAsync([Storing(CountRow.Of(Partition, before?.Last ?? 0, NewEpoch()), before?.ETag)], cancellation);

    /// <returns>False where another change came in between.</returns>
    private async Task<bool> TrySubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await list.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (
            failure.ErrorCode == TableErrorCode.EntityAlreadyExists || failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied)
        {
            return false;
        }
    }

    private static string NewEpoch() => RandomNumberGenerator.GetHexString(EpochLength, lowercase: true);

    private static TableTransactionAction Storing(ITableEntity row, ETag? before) => before is { } seen
        ? new(TableTransactionActionType.UpdateReplace, row, seen)
        : new(TableTransactionActionType.Add, row);

    internal abstract class ListRow : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }

    /// <summary>Where a card stands; the sequence is the number of the card's event that put it there.</summary>
    internal sealed class StandingRow : ListRow
    {
        public bool IsInvalid { get; set; }

        public DateTimeOffset Since { get; set; }

        public long Sequence { get; set; }

        public static string KeyOf(ListedCard card) =>
            card.TemporaryCardId is { } temporary ? "temporary-" + temporary : "card-" + card.CardNumber!.Value.Value;
    }

    private sealed class CountRow : ListRow
    {
        public const string Key = "count";

        public long Last { get; set; }

        public string? Epoch { get; set; }

        public static CountRow Of(string partition, long last, string epoch) =>
            new() { PartitionKey = partition, RowKey = Key, Last = last, Epoch = epoch };
    }

    private sealed class ChangeRow : ListRow
    {
        private const string Prefix = "change-";

        public string? CardNumber { get; set; }

        public string? TemporaryCardId { get; set; }

        public bool IsInvalid { get; set; }

        public DateTimeOffset At { get; set; }

        public static string KeyOf(long cursor) => Prefix + cursor.ToString("D19", CultureInfo.InvariantCulture);

        public static ChangeRow Of(string partition, long cursor, InvalidCardStanding standing) => new()
        {
            PartitionKey = partition,
            RowKey = KeyOf(cursor),
            CardNumber = standing.CardNumber?.Value,
            TemporaryCardId = standing.TemporaryCardId,
            IsInvalid = standing.IsInvalid,
            At = standing.At,
        };

        public InvalidCardChange ToChange() => new(
            long.Parse(RowKey.AsSpan(Prefix.Length), CultureInfo.InvariantCulture),
            CardNumber is null ? null : Domain.Cards.CardNumber.Parse(CardNumber),
            TemporaryCardId,
            IsInvalid ? InvalidCardChangeKind.Added : InvalidCardChangeKind.Removed,
            At);
    }
}

/// <summary>How far the list has come.</summary>
/// <param name="Epoch">Which list it is: another after a restore.</param>
/// <param name="Last">The number of the last change; 0 while there is none.</param>
public sealed record InvalidCardListHead(string Epoch, long Last);

/// <summary>Where a card stands after a change: the message that the list takes over.</summary>
/// <param name="CardNumber">The card; null where it is a temporary one.</param>
/// <param name="IsInvalid">Whether it must not be taken.</param>
/// <param name="At">Since when.</param>
/// <param name="TemporaryCardId">The temporary card; null where it is none.</param>
public sealed record InvalidCardStanding(CardNumber? CardNumber, bool IsInvalid, DateTimeOffset At, string? TemporaryCardId = null)
{
    internal ListedCard Card => new(CardNumber, TemporaryCardId);

    /// <summary>Where a card stands.</summary>
    internal static InvalidCardStanding Of(Card card, DateTimeOffset at) => new(card.Number, MustNotBeTaken(card), at);

    /// <summary>Where a temporary card stands.</summary>
    internal static InvalidCardStanding Of(string temporaryCardId, bool isInvalid, DateTimeOffset at) =>
        new(null, isInvalid, at, temporaryCardId);

    /// <summary>Whether a card must not be taken. One that nobody issued is on no list.</summary>
    internal static bool MustNotBeTaken(Card? card) => card?.Status is CardStatus.Suspended or CardStatus.Cancelled;
}

/// <summary>What is on the list: a card, or a temporary one by its own number.</summary>
/// <param name="CardNumber">The card; null where it is a temporary one.</param>
/// <param name="TemporaryCardId">The temporary card; null where it is none.</param>
public readonly record struct ListedCard(CardNumber? CardNumber, string? TemporaryCardId = null);

/// <summary>A change of the invalid-card list.</summary>
/// <param name="Cursor">Its number: 1 for the first, without a gap.</param>
/// <param name="CardNumber">The card; null where it is a temporary one.</param>
/// <param name="TemporaryCardId">The temporary card; null where it is none.</param>
/// <param name="Change">Added or removed.</param>
/// <param name="At">When.</param>
public sealed record InvalidCardChange(
    long Cursor, CardNumber? CardNumber, string? TemporaryCardId, InvalidCardChangeKind Change, DateTimeOffset At);

/// <summary>The kinds of change of the invalid-card list.</summary>
public enum InvalidCardChangeKind
{
    /// <summary>The card must not be taken any more.</summary>
    Added,

    /// <summary>The card may be taken again.</summary>
    Removed,
}
