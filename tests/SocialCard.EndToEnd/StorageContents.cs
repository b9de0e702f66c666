using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace SocialCard.EndToEnd;

/// <summary>Everything that a service has left in its storage, as text, to be searched for what must not be there.</summary>
internal static class StorageContents
{
    private const int MostPeeked = 32;

    /// <summary>All rows of all tables (the engine's too) and the messages of all queues, a line each.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string connection)
    {
        var lines = new List<string>();
        var tables = new TableServiceClient(connection);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                lines.Add($"table {table.Name}: {string.Join(' ', row.Select(column => $"{column.Key}={Text(column.Value)}"))}");
            }
        }

        var queues = new QueueServiceClient(connection);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            var messages = await queues.GetQueueClient(queue.Name).PeekMessagesAsync(MostPeeked);
            foreach (var message in messages.Value)
            {
                var body = message.Body.ToString();
                lines.Add($"queue {queue.Name}: {body}");
                if (Convert.TryFromBase64String(body, new byte[body.Length], out _))
                {
                    lines.Add($"queue {queue.Name}: {Encoding.UTF8.GetString(Convert.FromBase64String(body))}");
                }
            }
        }

        return lines;
    }

    /// <summary>
    /// Asserts that no line gives a secret away: in plain (as a word of its own, since digits occur in hashes and times by
    /// chance), in base64 at any alignment, or as an unkeyed hash.
    /// </summary>
    public static void DoNotHold(this IEnumerable<string> lines, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var plain = new Regex($"(?<![0-9A-Za-z]){Regex.Escape(secret)}(?![0-9A-Za-z])");
        List<string> forms =
        [
            .. Enumerable.Range(0, 3).Select(shift => Base64Of(bytes, shift)),
            .. new[] { SHA256.HashData(bytes), SHA512.HashData(bytes) }
                .SelectMany(hash => new[] { Convert.ToHexString(hash), Convert.ToHexStringLower(hash), Convert.ToBase64String(hash) }),
        ];
        foreach (var line in lines)
        {
            Assert.DoesNotMatch(plain, line);
            Assert.All(forms, form => Assert.DoesNotContain(form, line, StringComparison.Ordinal));
        }
    }

    // The characters that depend on the secret alone, whatever stands before and after it.
    private static string Base64Of(byte[] bytes, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
        var head = (shift * 8 + 5) / 6;
        var tail = (shift + bytes.Length) % 3 == 0 ? 0 : 1;
        return text[head..^tail];
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        IFormattable formattable => formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
