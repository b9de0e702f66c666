using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>The response to one action of a transaction.</summary>
internal sealed class ChangesetResponse(int status, string reasonPhrase, string clientRequestId) : Response
{
    private readonly List<HttpHeader> _headers = [];

    public override int Status => status;

    public override string ReasonPhrase => reasonPhrase;

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = clientRequestId;

    public override bool IsError => status >= 400;

    public void AddHeader(string name, string value) => _headers.Add(new(name, value));

    /// <summary>Copies the body, which outlives the answer that it was part of.</summary>
    public void SetBody(ReadOnlyMemory<byte> body)
    {
        if (!body.IsEmpty)
            ContentStream = new MemoryStream(body.ToArray(), 0, body.Length, writable: false, publiclyVisible: true);
    }

    public override void Dispose()
    {
        // Nothing to give back: the body is plain memory, and stays readable like that of any buffered response.
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers;

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = TryGetHeaderValues(name, out var values) ? string.Join(',', values) : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        var found = _headers.FindAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        values = found.Count == 0 ? null : found.ConvertAll(header => header.Value);
        return values is not null;
    }
}
