namespace SocialCard.Functions.Waits;

/// <summary>The calendar of what falls due.</summary>
[Tags("Operations")]
public sealed class DueTriggers(PlainApi api, WaitList list, RegionPolicies regions, TimeProvider clock)
{
    private const int DefaultDays = 14;
    private const int MostDays = 400;
    private const int Page = 100;
    private const string DayForm = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z";

    /// <summary>
    /// Counts what falls due on each day in China, by kind, for as many days as two reads of the list tell of; and, where one day alone is
    /// asked for, lists what falls due on it.
    /// </summary>
    [Function(nameof(GetDue))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau)]
    [Query("from", "From this local day on; today unless it says otherwise.", Pattern = DayForm)]
    [Query("until", "Through this local day; two weeks unless it says otherwise.", Pattern = DayForm)]
    [Query("kind", "What the workflows accompany.", Form = typeof(WorkflowKind))]
    [Query("region", "Only what is there or below, by GB/T 2260.", Pattern = @"^[0-9]{6}\z")]
    [Query("after", "Of one day, only what comes after this, which a page before gave.", Pattern = WaitList.CursorForm)]
    public Task<Results<Ok<DueView>, NotModified, ProblemHttpResult>> GetDue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "operations/due")] HttpRequest request,
        CancellationToken cancellation) =>
        api.ReadAsync(request, (caller, token) => ReadAsync(request, caller, token), cancellation);

    private async Task<Reply<DueView>> ReadAsync(HttpRequest request, Partner caller, CancellationToken cancellation)
    {
        var query = new WaitQuery(request, caller, regions);
        var (kind, scope, after) = (query.Kind(), query.Scope(), query.After());
        var from = query.Day("from", ChinaTime.DateOf(clock.GetUtcNow()));
        var until = query.Day("until", from.AddDays(DefaultDays - 1));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (until < from || until > from.AddDays(MostDays))
        {
            return Problems.Invalid("until", $"Not before the first day, and at most {MostDays} days after it.");
        }

        var (begin, end) = (ChinaTime.StartOf(from), ChinaTime.StartOf(until.AddDays(1)));
        if (from == until)
        {
            var cursor = after ?? WaitList.CursorAt(begin);
            var (items, next) = await list.ReadAsync(scope, WorkflowState.Waiting, kind, cursor, end, Page, cancellation);
            return new DueView([], null, [.. items.Select(WorkflowView.Of)], next);
        }

        var (days, nextDay, atLeast) = await list.CountAsync(scope, kind, begin, end, cancellation);
        return new DueView([.. days.Select(day => new DueCountView(day.Day, day.Kind, day.Count, atLeast))], nextDay, [], null);
    }
}

/// <summary>What falls due.</summary>
/// <param name="Days">How much, by day and kind, earliest first; empty where one day alone was asked for.</param>
/// <param name="NextDay">The day from which on nothing was counted: ask again with <c>from</c> set to this; null where all was.</param>
/// <param name="Items">Where one day alone was asked for, what falls due on it, a hundred at most.</param>
/// <param name="Next">Of that day, ask again with <c>after</c> set to this; null where there is no more.</param>
/// <example>
/// {
///   "days": [{"day": "2026-12-01", "kind": "activation", "count": 3, "atLeast": false}],
///   "nextDay": null, "items": [], "next": null
/// }
/// </example>
public sealed record DueView(
    IReadOnlyList<DueCountView> Days, DateOnly? NextDay, IReadOnlyList<WorkflowView> Items, string? Next);

/// <summary>How much of a kind falls due on a day.</summary>
/// <param name="Day">The local day in China.</param>
/// <param name="Kind">What the workflows accompany.</param>
/// <param name="Count">How many.</param>
/// <param name="AtLeast">Whether there are more: the day alone has more than two reads of the list tell of.</param>
public sealed record DueCountView(DateOnly Day, WorkflowKind Kind, int Count, bool AtLeast);
