namespace SocialCard.EndToEnd.Observability;

/// <summary>Spans as a tree for people: below a span what it caused, and at its links the traces that they lead to.</summary>
internal sealed class SpanTree(IReadOnlyList<ExportedSpan> spans)
{
    private readonly ILookup<string, ExportedSpan> children = spans.ToLookup(span => span.ParentId);

    /// <summary>A trace, from its root; each linked trace is shown once.</summary>
    public IEnumerable<string> Lines(string traceId) => LinesOf(traceId, "", []);

    /// <summary>The spans below one, itself included.</summary>
    public IEnumerable<ExportedSpan> Below(ExportedSpan span) => children[span.SpanId].SelectMany(Below).Prepend(span);

    private IEnumerable<string> LinesOf(string traceId, string indent, HashSet<string> shown)
    {
        shown.Add(traceId);
        var known = spans.Where(span => span.TraceId == traceId).ToList();
        return known.Where(span => known.All(other => other.SpanId != span.ParentId)).OrderBy(span => span.Start).SelectMany(
            root => LinesOf(root, indent, shown));
    }

    private IEnumerable<string> LinesOf(ExportedSpan span, string indent, HashSet<string> shown)
    {
        yield return indent + span.Name;
        foreach (var (traceId, _) in span.Links.Where(link => !shown.Contains(link.TraceId)))
        {
            yield return indent + "  ⇠ woken by";
            foreach (var line in LinesOf(traceId, indent + "    ", shown))
            {
                yield return line;
            }
        }

        foreach (var line in children[span.SpanId].OrderBy(child => child.Start).SelectMany(child => LinesOf(child, indent + "  ", shown)))
        {
            yield return line;
        }
    }
}
