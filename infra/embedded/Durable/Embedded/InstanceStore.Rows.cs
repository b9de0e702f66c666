using System.Text;
using Azure.Data.Tables;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>How an instance is written in rows and read again.</summary>
internal sealed partial class InstanceStore
{
    private static TableEntity Write(Instance instance, string mark)
    {
        TableEntity entity = new(InstanceKeys.Partition, InstanceKeys.Instance(instance.Id))
        {
            ["Status"] = instance.Status.ToString(),
            ["CreatedAt"] = instance.Start.Timestamp,
            ["Execution"] = instance.Execution,
            ["Pages"] = instance.Row.Pages,
            ["HasWork"] = instance.HasWork,
            ["Due"] = instance.NextTimer?.Ticks,
            ["Commit"] = mark,
        };
        WriteText(entity, instance.Row.Text, instance.Row.Text.Length);
        return entity;
    }

    /// <summary>Writes text from its beginning into pieces and says how much of it. A pair of surrogates is never parted.</summary>
    private static int WriteText(TableEntity entity, StringBuilder text, int length)
    {
        int start = 0;
        for (int piece = 0; start < length; piece++)
        {
            int size = Math.Min(PieceLength, length - start);
            if (start + size < text.Length && char.IsHighSurrogate(text[start + size - 1]))
            {
                size--;
            }

            if (size == 0)
            {
                break;
            }

            entity[$"Log{piece}"] = text.ToString(start, size);
            start += size;
        }

        return start;
    }

    private static void ReadText(TableEntity entity, StringBuilder text)
    {
        for (int piece = 0; entity.GetString($"Log{piece}") is { } part; piece++)
        {
            text.Append(part);
        }
    }

    private async Task<Instance> ReadAsync(string instanceId, TableEntity entity, CancellationToken cancellation)
    {
        int execution = entity.GetInt32("Execution")!.Value;
        Instance instance = new(instanceId, execution);
        InstanceRow row = instance.Row;
        (row.ETag, row.Execution, row.Pages) = (entity.ETag, execution, entity.GetInt32("Pages")!.Value);
        (row.HasWork, row.Due) =
            (entity.GetBoolean("HasWork")!.Value, entity.GetInt64("Due") is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null);
        ReadText(entity, row.Text);

        StringBuilder log = new();
        int found = 0;
        if (row.Pages > 0)
        {
            string pages = Between((InstanceKeys.Page(instanceId, execution, 0), InstanceKeys.Page(instanceId, execution, row.Pages)));
            await foreach (TableEntity page in table.QueryAsync<TableEntity>(pages, cancellationToken: cancellation))
            {
                ReadText(page, log);
                found++;
            }
        }

        if (found != row.Pages)
        {
            throw new InvalidDataException($"The rows of instance '{instanceId}' are incomplete.");
        }

        foreach (string line in log.Append(row.Text).ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            instance.Read(line);
        }

        return instance;
    }
}
