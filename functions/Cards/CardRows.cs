using System.Globalization;
using System.Runtime.Serialization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Cards;

/// <summary>
/// What all rows of table <c>Cards</c> have: the card number as the partition, and at the end of the row key too. The service would do
/// without the latter; Azurite looks a row up by its row key first, and would search the rows of that key of all cards.
/// </summary>
internal abstract class CardPartitionRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }
}

/// <summary>The card's state; the other columns are for operators' queries.</summary>
internal sealed class CardRow : CardPartitionRow
{
    public string State { get; set; } = "";

    public string Status { get; set; } = "";

    public string RegionCode { get; set; } = "";

    public string BankId { get; set; } = "";

    public long Sequence { get; set; }

    public string Head { get; set; } = "";

    public static string KeyOf(CardNumber number) => $"card-{number.Value}";

    public static CardRow Of(Card card, long sequence, string head) => new()
    {
        PartitionKey = card.Number.Value,
        RowKey = KeyOf(card.Number),
        State = JsonSerializer.Serialize(card, SocialCardJson.Compact),
        Status = card.Status.ToString(),
        RegionCode = card.RegionCode,
        BankId = card.BankId,
        Sequence = sequence,
        Head = head,
    };

    public StoredCard ToCard() => new(JsonSerializer.Deserialize<Card>(State, SocialCardJson.Options)!, Sequence, Head, ETag);
}

/// <summary>A line of the timeline.</summary>
internal sealed class EventRow : CardPartitionRow
{
    private const string Prefix = "event-";
    private const int SequenceDigits = 10;

    public string Type { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public string By { get; set; } = "";

    public string Details { get; set; } = "";

    public string PreviousHash { get; set; } = "";

    public static string KeyOf(CardNumber number, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}-{number.Value}");

    public static EventRow Of(CardNumber number, TimelineEntry entry) => new()
    {
        PartitionKey = number.Value,
        RowKey = KeyOf(number, entry.Sequence),
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
internal sealed class OperationRow : CardPartitionRow
{
    public string RequestHash { get; set; } = "";

    public string Answer { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public static string KeyOf(Operation operation) => "op-" + operation.Key;

    public static OperationRow Of(CardNumber number, Operation operation, string answer, DateTimeOffset at) => new()
    {
        PartitionKey = number.Value,
        RowKey = KeyOf(operation),
        RequestHash = operation.RequestHash,
        Answer = answer,
        At = at,
    };
}

/// <summary>A resource of the card.</summary>
internal sealed class DocumentRow : CardPartitionRow
{
    public string Body { get; set; } = "";

    public static string KeyOf(string kind, string id) => $"{kind}-{id}";

    public static DocumentRow Of(CardNumber number, CardDocument document) => new()
    {
        PartitionKey = number.Value,
        RowKey = KeyOf(document.Kind, document.Id),
        Body = document.Body,
    };
}

/// <summary>An outgoing message that may not have been delivered yet.</summary>
internal sealed class OutgoingRow : CardPartitionRow
{
    public const string Prefix = "out-";

    public string Kind { get; set; } = "";

    public string Target { get; set; } = "";

    public string? InstanceId { get; set; }

    public string Body { get; set; } = "";

    /// <summary>The number of the card's last event at the change that made the message.</summary>
    [IgnoreDataMember]
    public long Sequence => long.Parse(RowKey.AsSpan(Prefix.Length, 10), CultureInfo.InvariantCulture);

    public static OutgoingRow Of(CardNumber number, long sequence, int index, Outgoing message) => new()
    {
        PartitionKey = number.Value,
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sequence:D10}-{index:D3}-{number.Value}"),
        Kind = message.Kind.ToString(),
        Target = message.Target,
        InstanceId = message.InstanceId,
        Body = message.Body,
    };

    public Outgoing ToMessage() => new(Enum.Parse<OutgoingKind>(Kind), Target, InstanceId, Body);
}

/// <summary>A card as it was read: with what the next transaction builds on.</summary>
/// <param name="Card">The card.</param>
/// <param name="Sequence">The number of its last event.</param>
/// <param name="Head">The hash of its last event.</param>
/// <param name="ETag">The version that was read.</param>
internal sealed record StoredCard(Card Card, long Sequence, string Head, ETag ETag);
