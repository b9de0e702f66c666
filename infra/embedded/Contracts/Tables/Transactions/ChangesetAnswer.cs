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
    private const string Boundary = "boundary=";

    private enum Part
    {
        Envelope,
        Headers,
        Body,
    }

    public static IReadOnlyList<ChangesetResponse> Read(Response answer)
    {
        var body = answer.Content.ToMemory();
        var boundaries = new List<string>();
        AddBoundary(boundaries, answer.Headers.ContentType ?? "");
        var responses = new List<ChangesetResponse>();
        ChangesetResponse? current = null;
        var part = Part.Envelope;
        var bodyStart = 0;
        for (int start = 0, next; start < body.Length; start = next)
        {
            var end = body.Span[start..].IndexOf((byte)'\n');
            next = end < 0 ? body.Length : start + end + 1;
            var line = Encoding.UTF8.GetString(body.Span[start..next]).TrimEnd('\r', '\n');
            if (IsBoundary(line, boundaries))
            {
                if (part == Part.Body)
                    current!.SetBody(body[bodyStart..start].TrimEnd("\r\n"u8));
                part = Part.Envelope;
            }
            else if (part == Part.Envelope && line.StartsWith("HTTP/1.", StringComparison.Ordinal))
            {
                current = Start(line, answer.ClientRequestId);
                responses.Add(current);
                part = Part.Headers;
            }
            else if (part == Part.Envelope)
            {
                AddBoundary(boundaries, line);
            }
            else if (part == Part.Headers && line.Length == 0)
            {
                part = Part.Body;
                bodyStart = next;
            }
            else if (part == Part.Headers && line.IndexOf(':') is > 0 and var colon)
            {
                current!.AddHeader(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        return responses;
    }

    private static void AddBoundary(List<string> boundaries, string contentType)
    {
        var at = contentType.IndexOf(Boundary, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            boundaries.Add("--" + contentType[(at + Boundary.Length)..].Split(';')[0].Trim().Trim('"'));
    }

    private static bool IsBoundary(string line, List<string> boundaries)
    {
        foreach (var boundary in boundaries)
        {
            if (line.StartsWith(boundary, StringComparison.Ordinal) && line[boundary.Length..].TrimEnd() is "" or "--")
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
