namespace SocialCard.Functions.Api;

/// <summary>Which lines of a timeline a call asks for.</summary>
/// <param name="After">The number of the line before the first.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record TimelinePage(long After, int Limit)
{
    /// <summary>The most lines of a page.</summary>
    public const int Largest = 500;

    private const int Default = 100;

    /// <summary>What a call asks for, or what is wrong with it.</summary>
    public static (TimelinePage? Page, ProblemHttpResult? Problem) Of(HttpRequest request) =>
        !PageQuery.TryRead(request, "after", 0, long.MaxValue - Largest, 0, out var after)
            ? (null, Problems.Invalid("after", "The number of a line, as the page before gave it."))
        : !PageQuery.TryRead(request, "limit", 1, Largest, Default, out var limit)
            ? (null, Problems.Invalid("limit", $"Between 1 and {Largest}."))
        : (new(after, (int)limit), null);

    /// <summary>Reads the lines.</summary>
    public async Task<TimelineView> ReadAsync(AggregateRepository repository, string key, string head, CancellationToken cancellation)
    {
        var events = await repository.ReadTimelineAsync(key, After, Limit, cancellation)
            .Select(TimelineEventView.Of).ToListAsync(cancellation);
        return new(events, events.Count == Limit ? events[^1].Sequence : null, head);
    }
}
