using System.Runtime.CompilerServices;

namespace Azure.Data.Tables;

/// <summary>The result of a query, fetched page by page while it is enumerated.</summary>
/// <param name="fetch">Fetches the page that a continuation token stands for (null: the first), of at most so many items.</param>
/// <param name="maxPerPage">The most items a page has, unless the enumeration asks for another number; null for the service's 1,000.</param>
/// <param name="cancellationToken">Cancels every enumeration.</param>
internal sealed class TablePageable<T>(
    Func<string?, int?, CancellationToken, Task<Page<T>>> fetch,
    int? maxPerPage,
    CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        Pages(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> Pages(
        string? continuationToken,
        int? pageSize,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            var page = await fetch(continuationToken, pageSize, cancellation);
            continuationToken = page.ContinuationToken;
            yield return page;
        }
        while (continuationToken is not null);
    }
}
