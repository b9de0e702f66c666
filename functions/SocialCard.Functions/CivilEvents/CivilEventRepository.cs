using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.AspNetCore.DataProtection;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// What civil registries have told: one row an event, by partner and message id. It remembers who the person was
/// when the event first came, and keeps a new name or ID number encrypted until the event is carried out.
/// </summary>
public sealed class CivilEventRepository(TableServiceClient tables, IDataProtectionProvider protection)
{
    /// <summary>The table of the events.</summary>
    public const string Table = "CivilEvents";

    private const string HolderColumn = "HolderKey";
    private const string NamedColumn = "NamesHolder";

    private readonly TableClient rows = tables.GetTableClient(Table);
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.CivilEvents.v1");

    /// <summary>An event that has come before, or null.</summary>
    public async Task<ReportedEvent?> FindAsync(string partnerId, string messageId, CancellationToken cancellation)
    {
        var row = await rows.GetEntityIfExistsAsync<TableEntity>(partnerId, messageId, cancellationToken: cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>Keeps an event that has come for the first time; gives the one that another delivery has kept before.</summary>
    public async Task<ReportedEvent> KeepAsync(ReportedEvent reported, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        try
        {
            await rows.AddEntityAsync(
                new TableEntity(message.PartnerId, message.MessageId)
                {
                    [nameof(message.Kind)] = message.Kind.ToString(),
                    [nameof(message.CardNumber)] = message.CardNumber?.Value,
                    [nameof(message.OccurredOn)] = message.OccurredOn.ToString("O", CultureInfo.InvariantCulture),
                    [nameof(message.ToRegion)] = message.ToRegion,
                    [HolderColumn] = reported.HolderId,
                    [NamedColumn] = message.HolderId is not null,
                    [nameof(reported.RequestHash)] = reported.RequestHash,
                    [nameof(reported.NewValue)] = reported.NewValue is { } value ? protector.Protect(value) : null,
                    [nameof(reported.IsDone)] = reported.IsDone,
                },
                cancellation);
            return reported;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return (await FindAsync(message.PartnerId, message.MessageId, cancellation))!;
        }
    }

    /// <summary>The event is carried out; its personal data is forgotten.</summary>
    public Task CompleteAsync(ReportedEvent reported, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reported);
        return rows.UpsertEntityAsync(
            new TableEntity(reported.Message.PartnerId, reported.Message.MessageId)
            {
                [nameof(reported.NewValue)] = "",
                [nameof(reported.IsDone)] = true,
            },
            TableUpdateMode.Merge,
            cancellation);
    }

    private ReportedEvent Read(TableEntity row) => new(
        new(
            row.RowKey,
            row.PartitionKey,
            Enum.Parse<CivilEventKind>(row.GetString(nameof(CivilEventMessage.Kind))!),
            DateOnly.ParseExact(row.GetString(nameof(CivilEventMessage.OccurredOn))!, "O", CultureInfo.InvariantCulture),
            row.GetString(nameof(CivilEventMessage.CardNumber)) is { } card ? CardNumber.Parse(card) : null,
            row.GetBoolean(NamedColumn) is true ? row.GetString(HolderColumn) : null,
            row.GetString(nameof(CivilEventMessage.ToRegion))),
        row.GetString(HolderColumn)!,
        row.GetString(nameof(ReportedEvent.NewValue)) is { Length: > 0 } value ? protector.Unprotect(value) : null,
        row.GetString(nameof(ReportedEvent.RequestHash)),
        row.GetBoolean(nameof(ReportedEvent.IsDone)) is true);
}
