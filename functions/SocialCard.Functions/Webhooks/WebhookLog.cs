using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.AspNetCore.DataProtection;

namespace SocialCard.Functions.Webhooks;

/// <summary>
/// The log of webhooks, newest first, for ninety days. A delivery has a row by its id and one for each list that it is on: of its bank and
/// of all banks, of its outcome and of all; they lie in one partition, and the first try of a delivery costs one transaction. The body of
/// one that failed through the service's own fault is kept, encrypted, until it is taken.
/// </summary>
public sealed partial class WebhookLog(TableServiceClient tables, IDataProtectionProvider protection)
{
    /// <summary>The table of the log.</summary>
    public const string Table = "WebhookDeliveries";

    /// <summary>The form of a cursor: how recent a delivery is, and its id.</summary>
    public const string CursorForm = @"^[0-9]{19}-[0-9a-f]{32}\z";

    /// <summary>How long a delivery is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    // What is sealed must fit a column.
    private const int LargestSealed = 60 * 1024;
    private const int LargestRemoval = 100;
    private const string Partition = "log";
    private const string All = "_all";

    private readonly TableClient rows = tables.GetTableClient(Table);
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.WebhookBody.v1");

    /// <summary>Whether a text can be a cursor.</summary>
    public static bool IsCursor(string text) => Cursor().IsMatch(text);

    /// <summary>The name of a delivery in the log. Who has no proof cannot give it the name of one that has.</summary>
    internal static string IdOf(string bankId, string webhookId, bool isProven) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{(isProven ? "proven" : "unproven")}\n{bankId}\n{webhookId}")).AsSpan(0, 16));

    /// <summary>Deliveries, newest first; one read.</summary>
    /// <param name="bankId">Of a bank; null for all.</param>
    /// <param name="outcome">With an outcome; null for all.</param>
    /// <param name="after">The cursor of the last that the reader has seen; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The deliveries, and the cursor of the last where there are more.</returns>
    public async Task<(IReadOnlyList<WebhookDelivery> Items, string? Next)> ReadAsync(
        string? bankId, DeliveryOutcome? outcome, string? after, int limit, CancellationToken cancellation)
    {
        var prefix = PrefixOf(bankId ?? All, outcome);
        var (from, to) = ($"{prefix}{after}", $"{prefix}~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {from} and RowKey lt {to}");
        var found = new List<WebhookDelivery>();
        await foreach (var row in rows.QueryAsync<DeliveryRow>(filter, limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == limit)
            {
                return (found, CursorOf(found[^1]));
            }

            found.Add(row.Read());
        }

        return (found, null);
    }

    /// <summary>Notes a try. The same id again is the same delivery, tried once more.</summary>
    /// <param name="tried">The delivery as of this try, as if it were the first.</param>
    /// <param name="body">What is to be kept of one that failed; null for nothing.</param>
    /// <param name="cancellation">Stops the writing.</param>
    internal async Task NoteAsync(WebhookDelivery tried, byte[]? body, CancellationToken cancellation)
    {
        var envelope = body is null ? null : protector.Protect(body);
        var kept = envelope?.Length <= LargestSealed ? envelope : null;
        try
        {
            await rows.SubmitTransactionAsync(
                DeliveryRow.ListsOf(tried).Prepend(DeliveryRow.Of(tried, kept))
                    .Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                cancellation);
            return;
        }
        catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            // Tried before.
        }

        while (true)
        {
            var known = (await rows.GetEntityAsync<DeliveryRow>(Partition, DeliveryRow.KeyOf(tried.Id), cancellationToken: cancellation))
                .Value;
            var before = known.Read();
            var now = tried with { FirstAt = before.FirstAt, Attempts = before.Attempts + 1, Type = tried.Type ?? before.Type };
            var next = DeliveryRow.ListsOf(now).ToList();
            var keys = next.Select(row => row.RowKey).ToHashSet();
            try
            {
                await rows.SubmitTransactionAsync(
                    [
                        new(TableTransactionActionType.UpdateReplace, DeliveryRow.Of(now, kept), known.ETag),
                        .. next.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                        .. DeliveryRow.ListsOf(before).Where(row => !keys.Contains(row.RowKey))
                            .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                    ],
                    cancellation);
                return;
            }
            catch (TableTransactionFailedException failure) when (failure.Status == 412)
            {
                // Another try of the same delivery came between.
            }
        }
    }

    /// <summary>A delivery by its name, with its body where that was kept; null if there is none.</summary>
    internal async Task<(WebhookDelivery Delivery, byte[]? Body)?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!Id().IsMatch(id))
        {
            return null;
        }

        var row = await rows.GetEntityIfExistsAsync<DeliveryRow>(Partition, DeliveryRow.KeyOf(id), cancellationToken: cancellation);
        return !row.HasValue ? null
            : (row.Value!.Read(), row.Value.Sealed is { Length: > 0 } envelope ? protector.Unprotect(envelope) : null);
    }

    /// <summary>Removes what is older than a moment, oldest first.</summary>
    /// <returns>How many deliveries, at most a hundred.</returns>
    internal async Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var (old, _) = await ReadAsync(null, null, RecencyOf(before), LargestRemoval, cancellation);
        foreach (var delivery in old)
        {
            await rows.SubmitLenientlyAsync(
                [
                    .. DeliveryRow.ListsOf(delivery).Prepend(DeliveryRow.Of(delivery, null))
                        .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                ],
                cancellation);
        }

        return old.Count;
    }

    private static string PrefixOf(string bankId, DeliveryOutcome? outcome) =>
        $"{bankId}|{(outcome is null ? All : SocialCardJson.NameOf<DeliveryOutcome>(outcome))}|";

    private static string CursorOf(WebhookDelivery delivery) => $"{RecencyOf(delivery.ReceivedAt)}-{delivery.Id}";

    // The newest first.
    private static string RecencyOf(DateTimeOffset at) =>
        (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    [GeneratedRegex(CursorForm)]
    private static partial Regex Cursor();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex Id();

    private sealed class DeliveryRow : ITableEntity
    {
        public string PartitionKey { get; set; } = Partition;

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Delivery { get; set; } = "";

        public byte[]? Sealed { get; set; }

        // A bank's id has no such sign.
        public static string KeyOf(string id) => $"_id-{id}";

        public static DeliveryRow Of(WebhookDelivery delivery, byte[]? envelope) =>
            new() { RowKey = KeyOf(delivery.Id), Delivery = TextOf(delivery), Sealed = envelope };

        public static IEnumerable<DeliveryRow> ListsOf(WebhookDelivery delivery) =>
            from bank in new[] { All, delivery.BankId }
            from outcome in new[] { (DeliveryOutcome?)null, delivery.Outcome }
            select new DeliveryRow { RowKey = PrefixOf(bank, outcome) + CursorOf(delivery), Delivery = TextOf(delivery) };

        public WebhookDelivery Read() => JsonSerializer.Deserialize<WebhookDelivery>(Delivery, SocialCardJson.Options)!;

        private static string TextOf(WebhookDelivery delivery) => JsonSerializer.Serialize(delivery, SocialCardJson.Compact);
    }
}
