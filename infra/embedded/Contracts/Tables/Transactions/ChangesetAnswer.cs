using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>
/// Reads the answer to a transaction: a multipart batch whose parts are HTTP responses, one an action or, of a transaction
/// that failed, one in all. The reader goes by lines and looks only at those it knows, because the emulator's answers differ
/// from the service's in empty lines, and put a stray line before the response to a batch that is too long.
/// </summary>
internal static class ChangesetAnswer
{
    private enum Part
    {
        Envelope,
        Headers,
        Body,
    }

    private static ReadOnlySpan<byte> Boundary => "boundary="u8;

    public static IReadOnlyList<ChangesetResponse> Read(Response answer)
    {
        var body = answer.Content.ToMemory();
        var boundaries = new List<byte[]>();
        AddBoundary(boundaries, Encoding.UTF8.GetBytes(answer.Headers.ContentType ?? ""));
        var responses = new List<ChangesetResponse>();
        ChangesetResponse? current = null;
        var part = Part.Envelope;
        var bodyStart = 0;
        for (int start = 0, next; start < body.Length; start = next)
        {
            var end = body.Span[start..].IndexOf((byte)'\n');
            next = end < 0 ? body.Length : start + end + 1;
            var line = body.Span[start..next].TrimEnd("\r\n"u8);
            if (IsBoundary(line, boundaries))
            {
                if (part == Part.Body)
                    current!.SetBody(body[bodyStart..start].TrimEnd("\r\n"u8));
                part = Part.Envelope;
            }
            else if (part == Part.Envelope && line.StartsWith("HTTP/1."u8))
            {
                current = Start(Encoding.UTF8.GetString(line), answer.ClientRequestId);
                responses.Add(current);
                part = Part.Headers;
            }
            else if (part == Part.Envelope)
            {
                AddBoundary(boundaries, line);
            }
            else if (part == Part.Headers && line.IsEmpty)
            {
                part = Part.Body;
                bodyStart = next;
            }
            else if (part == Part.Headers && line.IndexOf((byte)':') is > 0 and var colon)
            {
                current!.AddHeader(Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 1)..].Trim((byte)' ')));
            }
        }

        return responses;
    }

    // Content-Type: multipart/mixed; boundary=changesetresponse_1
    private static void AddBoundary(List<byte[]> boundaries, ReadOnlySpan<byte> contentType)
    {
        var at = contentType.IndexOf(Boundary);
        if (at < 0)
            return;
        var value = contentType[(at + Boundary.Length)..];
        var end = value.IndexOf((byte)';');
        boundaries.Add([.. "--"u8, .. (end < 0 ? value : value[..end]).Trim("\" "u8)]);
    }

    private static bool IsBoundary(ReadOnlySpan<byte> line, List<byte[]> boundaries)
    {
        foreach (var boundary in boundaries)
        {
            if (line.StartsWith(boundary) && line[boundary.Length..].TrimEnd((byte)' ') is ([] or [(byte)'-', (byte)'-']))
                return true;
        }

        return false;
    }

    // HTTP/1.1 204 No Content
    private static ChangesetResponse Start(string line, string clientRequestId)
    {
        var words = line.Split(' ', 3);
        return words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? new ChangesetResponse(status, words.Length > 2 ? words[2] : "", clientRequestId)
            : throw new FormatException($"The answer to a transaction has a status line without a status: {line}");
    }
}
