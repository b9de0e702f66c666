using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using SocialCard.Partners;

namespace SocialCard.Cards;

/// <summary>
/// Keeps cards in table <c>Cards</c>, one partition a card. A change is one entity group transaction: the state, a
/// timeline line an event, the operation with its answer, and what is to be sent. So they cannot disagree.
/// </summary>
public sealed class CardStore(TableServiceClient tables)
{
    /// <summary>The table of cards.</summary>
    public const string Table = "Cards";

    /// <summary>The table that finds a holder's cards: partition = keyed hash of the ID number, row = card number.</summary>
    public const string HoldersTable = "Holders";

    private readonly TableClient cards = tables.GetTableClient(Table);
    private readonly TableClient holders = tables.GetTableClient(HoldersTable);

    /// <summary>The card of a number, or null if there is none that the caller may see; one read.</summary>
    public async Task<Card?> FindAsync(CardNumber number, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return (await LoadAsync(number, cancellation))?.Card is { } card && caller.Sees(card) ? card : null;
    }

    /// <summary>A resource of a card, or null; one read.</summary>
    public async Task<T?> FindDocumentAsync<T>(CardNumber number, string kind, string id, CancellationToken cancellation)
        where T : class
    {
        var row = await cards.GetEntityIfExistsAsync<DocumentRow>(number.Value, DocumentRow.KeyOf(kind, id), cancellationToken: cancellation);
        return row.HasValue ? JsonSerializer.Deserialize<T>(row.Value!.Body, SocialCardJson.Options) : null;
    }

    /// <summary>The card's timeline, oldest first.</summary>
    /// <param name="number">The card.</param>
    /// <param name="after">Skip the lines up to this number.</param>
    /// <param name="limit">At most so many lines.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<TimelineEntry> ReadTimelineAsync(
        CardNumber number, long after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = (EventRow.KeyOf(number, after + 1), EventRow.KeyOf(number, after + limit));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {number.Value} and RowKey ge {from} and RowKey le {to}");
        await foreach (var row in cards.QueryAsync<EventRow>(filter, cancellationToken: cancellation))
        {
            yield return row.ToEntry();
        }
    }

    /// <summary>Lets a holder's card be found; doing it twice does no harm.</summary>
    internal Task IndexHolderAsync(Card card, CancellationToken cancellation) =>
        holders.UpsertEntityAsync(new TableEntity(card.Holder.Key, card.Number.Value), TableUpdateMode.Replace, cancellation);

    /// <summary>The cards of a holder, cancelled ones too, in the order of their numbers; one read, and one a card.</summary>
    /// <param name="holderKey">The holder, as <see cref="Holder.Key"/> names him.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async IAsyncEnumerable<Card> ReadOfHolderAsync(string holderKey, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {holderKey}");
        await foreach (var row in holders.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            // The row comes before the card: a registration that was refused or died leaves one that leads nowhere, or to another's card.
            if (await LoadAsync(CardNumber.Parse(row.RowKey), cancellation) is { Card: { } card } && card.Holder.Key == holderKey)
            {
                yield return card;
            }
        }
    }

    internal async Task<StoredCard?> LoadAsync(CardNumber number, CancellationToken cancellation)
    {
        var row = await cards.GetEntityIfExistsAsync<CardRow>(number.Value, CardRow.KeyOf(number), cancellationToken: cancellation);
        return row.HasValue ? row.Value!.ToCard() : null;
    }

    /// <summary>Commits a change; nothing of it is stored when it says that the key is used or the card has moved on.</summary>
    internal async Task<Commit> CommitAsync(
        StoredCard? before,
        Decision decision,
        IReadOnlyList<Outgoing> messages,
        Operation operation,
        string answer,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var card = decision.Card!;
        var actions = new List<TableTransactionAction>
        {
            // First, so that a repeated operation is told apart from a card that moved on.
            new(TableTransactionActionType.Add, OperationRow.Of(card.Number, operation, answer, now)),
        };
        var outbox = new List<OutgoingRow>();
        if (decision.Events.Count > 0 || !ReferenceEquals(card, before?.Card))
        {
            var (sequence, head) = (before?.Sequence ?? 0, before?.Head ?? TimelineEntry.Genesis);
            foreach (var (index, happened) in decision.Events.Index())
            {
                var details = JsonSerializer.Serialize(happened, happened.GetType(), SocialCardJson.Compact);
                var by = index < decision.Settled ? Operation.BySystem : operation.By;
                var entry = new TimelineEntry(++sequence, happened.Type, now, by, details, head);
                head = entry.Hash;
                actions.Add(new(TableTransactionActionType.Add, EventRow.Of(card.Number, entry)));
            }

            // A transaction may name a row once; of a resource that changed several times the last state counts.
            actions.AddRange(decision.Documents.GroupBy(document => (document.Kind, document.Id)).Select(versions => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, DocumentRow.Of(card.Number, versions.Last()))));
            outbox.AddRange(messages.Select((message, index) => OutgoingRow.Of(card.Number, sequence, index, message)));
            actions.AddRange(outbox.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
            actions.Add(before is null
                ? new(TableTransactionActionType.Add, CardRow.Of(card, sequence, head))
                : new(TableTransactionActionType.UpdateReplace, CardRow.Of(card, sequence, head), before.ETag));
        }

        try
        {
            await cards.SubmitTransactionAsync(actions, cancellation);
            return new Commit(CommitResult.Done, outbox);
        }
        catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return new Commit(failure.FailedTransactionActionIndex == 0 ? CommitResult.KeyUsed : CommitResult.MovedOn, []);
        }
        catch (TableTransactionFailedException failure) when (failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied)
        {
            return new Commit(CommitResult.MovedOn, []);
        }
    }

    internal async Task<OperationRow?> FindOperationAsync(CardNumber number, Operation operation, CancellationToken cancellation)
    {
        var row = await cards.GetEntityIfExistsAsync<OperationRow>(
            number.Value, OperationRow.KeyOf(operation), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>What may not have been delivered, oldest first: of one card, or of all.</summary>
    internal IAsyncEnumerable<OutgoingRow> ReadOutboxAsync(CardNumber? number, CancellationToken cancellation)
    {
        var (from, to) = (OutgoingRow.Prefix, "out.");
        var filter = number is { } one
            ? TableClient.CreateQueryFilter($"PartitionKey eq {one.Value} and RowKey ge {from} and RowKey lt {to}")
            : TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {to}");
        return cards.QueryAsync<OutgoingRow>(filter, cancellationToken: cancellation);
    }

    /// <summary>Removes delivered messages of one card; another may have removed them before.</summary>
    internal async Task ClearOutboxAsync(IReadOnlyList<OutgoingRow> delivered, CancellationToken cancellation)
    {
        if (delivered.Count == 0)
        {
            return;
        }

        try
        {
            await cards.SubmitTransactionAsync(
                delivered.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (TableTransactionFailedException failure) when (failure.Status == 404)
        {
            foreach (var row in delivered)
            {
                await cards.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }
        }
    }
}

internal enum CommitResult
{
    Done,
    KeyUsed,
    MovedOn,
}

internal sealed record Commit(CommitResult Result, IReadOnlyList<OutgoingRow> Outbox);
