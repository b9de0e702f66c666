using System.Diagnostics;
using System.Globalization;
using System.Runtime.Serialization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Functions.Storage;

/// <summary>
/// What all rows of a repository have: the aggregate's key as the partition, and at the end of the row key too. The service would
/// do without the latter; Azurite looks a row up by its row key first, and would search the rows of that key of all partitions.
/// </summary>
internal abstract class AggregateRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }
}

/// <summary>
/// Lies in an aggregate's partition from a change that a list follows until that change is listed. Who has listed a change takes it away
/// as he had put it there: if he cannot, a later change may have been listed before his.
/// </summary>
internal sealed class UnlistedRow : AggregateRow
{
    public static UnlistedRow Of(string key) => new() { PartitionKey = key, RowKey = $"unlisted-{key}" };
}

/// <summary>The aggregate's state.</summary>
internal sealed class StateRow : AggregateRow
{
    public string State { get; set; } = "";

    public long Sequence { get; set; }

    public string Head { get; set; } = "";

    /// <summary>What is noted beside the state and listed elsewhere.</summary>
    public string? Noted { get; set; }

    public static string KeyOf(string kind, string key) => $"{kind}-{key}";

    /// <summary>The row with the aggregate's own columns beside it.</summary>
    public static TableEntity Of<TState>(TState state, long sequence, string head, string? standing = null)
        where TState : class, IAggregate<TState>
    {
        var row = new TableEntity(state.Key, KeyOf(TState.Kind, state.Key))
        {
            [nameof(State)] = JsonSerializer.Serialize(state, SocialCardJson.Compact),
            [nameof(Sequence)] = sequence,
            [nameof(Head)] = head,
        };
        if (standing is not null)
        {
            row[nameof(Noted)] = standing;
        }

        foreach (var (name, value) in state.Columns)
        {
            row[name] = value;
        }

        return row;
    }

    public Stored<TState> Read<TState>()
        where TState : class
    {
        var state = JsonSerializer.Deserialize<TState>(State, SocialCardJson.Options)!;
        return new(state, Sequence, Head, ETag, Noted is { Length: > 0 } ? Noted : null);
    }
}

/// <summary>A line of the timeline.</summary>
internal sealed class EventRow : AggregateRow
{
    private const string Prefix = "event-";
    private const int SequenceDigits = 10;

    /// <summary>The highest number that a line can have.</summary>
    public const long LastSequence = 9_999_999_999;

    public string Type { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public string By { get; set; } = "";

    public string Details { get; set; } = "";

    public string PreviousHash { get; set; } = "";

    public static string KeyOf(string key, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}-{key}");

    public static EventRow Of(string key, TimelineEntry entry) => new()
    {
        PartitionKey = key,
        RowKey = KeyOf(key, entry.Sequence),
        Type = entry.Type,
        At = entry.At,
        By = entry.By,
        Details = entry.Details,
        PreviousHash = entry.PreviousHash,
    };

    public TimelineEntry ToEntry() => new(
        long.Parse(RowKey.AsSpan(Prefix.Length, SequenceDigits), CultureInfo.InvariantCulture), Type, At, By, Details, PreviousHash);
}

/// <summary>An operation that was carried out, with the answer that its repetition gets.</summary>
internal sealed class OperationRow : AggregateRow
{
    public string RequestHash { get; set; } = "";

    public string Answer { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public static string KeyOf(Operation operation) => "op-" + operation.Key;

    public static OperationRow Of(string key, Operation operation, string answer, DateTimeOffset at) => new()
    {
        PartitionKey = key,
        RowKey = KeyOf(operation),
        RequestHash = operation.RequestHash,
        Answer = answer,
        At = at,
    };
}

/// <summary>A resource of the aggregate.</summary>
internal sealed class DocumentRow : AggregateRow
{
    public string Body { get; set; } = "";

    public static string KeyOf(string kind, string id) => $"{kind}-{id}";

    public static DocumentRow Of(string key, ResourceDocument document) => new()
    {
        PartitionKey = key,
        RowKey = KeyOf(document.Kind, document.Id),
        Body = document.Body,
    };
}

/// <summary>An outgoing message that may not have been delivered yet.</summary>
internal sealed class OutboxRow : AggregateRow
{
    public const string Prefix = "out-";

    public string Kind { get; set; } = "";

    public string Target { get; set; } = "";

    public string? InstanceId { get; set; }

    public string Body { get; set; } = "";

    /// <summary>The span of the change that made the message: whoever delivers it later does so in its trace.</summary>
    public string? TraceParent { get; set; }

    /// <summary>The number of the aggregate's last event at the change that made the message.</summary>
    [IgnoreDataMember]
    public long Sequence => long.Parse(RowKey.AsSpan(Prefix.Length, 10), CultureInfo.InvariantCulture);

    public static OutboxRow Of(string key, long sequence, int index, OutboxMessage message) => new()
    {
        PartitionKey = key,
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}-{index:D3}-{key}"),
        Kind = message.Kind.ToString(),
        Target = message.Target,
        InstanceId = message.InstanceId,
        Body = message.Body,
        TraceParent = Activity.Current?.Id,
    };

    // Version 1.0 wrote the one projection that it had by its own name.
    public OutboxMessage ToMessage() => new(
        Kind == "InvalidCard" ? OutboxMessageKind.Projection : Enum.Parse<OutboxMessageKind>(Kind), Target, InstanceId, Body);
}

/// <summary>An aggregate as it was read: with what the next transaction builds on.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
/// <param name="State">Its state.</param>
/// <param name="Sequence">The number of its last event.</param>
/// <param name="Head">The hash of its last event.</param>
/// <param name="ETag">The version that was read.</param>
/// <param name="Standing">What is noted beside it.</param>
internal sealed record Stored<TState>(TState State, long Sequence, string Head, ETag ETag, string? Standing = null)
    where TState : class;
