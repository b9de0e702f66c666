using System.Text.Json;

namespace SocialCard.Functions.Api;

/// <summary>A page of a card's timeline.</summary>
/// <param name="Events">The lines, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null at the end.</param>
/// <param name="Head">The hash of the last line of all, which is kept apart from the lines, so that none at the end can be missing.</param>
/// <example>
/// {
///   "events": [
///     {
///       "sequence": 1, "type": "registered", "at": "2026-11-24T14:48:56.7308783Z", "by": "bureau-wuxi",
///       "details": {"regionCode": "320200", "bankId": "bank-icbc", "generation": 3},
///       "recorded": "{\"regionCode\":\"320200\",\"bankId\":\"bank-icbc\",\"generation\":3}",
///       "previousHash": "0000000000000000000000000000000000000000000000000000000000000000",
///       "hash": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///     },
///     {
///       "sequence": 2, "type": "received", "at": "2026-11-24T14:48:57.1269032Z", "by": "bureau-wuxi",
///       "details": {
///         "receivedOn": "2026-11-24", "implied": false,
///         "activationDeadline": "2027-09-20T16:00:00Z"
///       },
///       "recorded": "{\"receivedOn\":\"2026-11-24\",\"implied\":false,\"activationDeadline\":\"2027-09-20T16:00:00Z\"}",
///       "previousHash": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8",
///       "hash": "09c586d055186605a226c3f8cd149f3b06558a6f68d5549bcd002ae97d728cbc"
///     }
///   ],
///   "next": null, "head": "09c586d055186605a226c3f8cd149f3b06558a6f68d5549bcd002ae97d728cbc"
/// }
/// </example>
public sealed record TimelineView(IReadOnlyList<TimelineEventView> Events, long? Next, string Head);

/// <summary>A line of the timeline.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">The partner that caused it, or <c>system</c>.</param>
/// <param name="Details">The details of this kind of event.</param>
/// <param name="Recorded">The details as the text that was recorded, which is what is hashed.</param>
/// <param name="PreviousHash">SHA-256 of the line before; 64 zeros for the first.</param>
/// <param name="Hash">
/// SHA-256 of this line: of <c>previousHash</c>, <c>sequence</c>, <c>at</c> with seven decimals of the second, <c>type</c>, <c>by</c> and
/// <c>recorded</c>, in UTF-8 with a line feed between each.
/// </param>
public sealed record TimelineEventView(
    long Sequence, string Type, DateTimeOffset At, string By, JsonElement Details, string Recorded, string PreviousHash, string Hash)
{
    internal static TimelineEventView Of(TimelineEntry entry) => new(
        entry.Sequence,
        entry.Type,
        entry.At,
        entry.By,
        JsonSerializer.Deserialize<JsonElement>(entry.Details),
        entry.Details,
        entry.PreviousHash,
        entry.Hash);
}
