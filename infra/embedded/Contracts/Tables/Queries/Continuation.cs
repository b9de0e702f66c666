namespace Azure.Data.Tables;

/// <summary>Where a query goes on: two headers of the answer, as one token. Neither has a space in it.</summary>
internal static class Continuation
{
    /// <summary>The token of the next page; null after the last.</summary>
    public static string? Of(Response response)
    {
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition);
        response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row);
        return partition is null && row is null ? null : $"{partition} {row}";
    }

    /// <summary>The parameters that stand for a token; the row is missing where a partition starts.</summary>
    public static (string? Partition, string? Row) Parse(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return default;
        var space = token.IndexOf(' ');
        return space < 0 ? (token, null) : (token[..space], token[(space + 1)..]);
    }
}
