using System.Globalization;

namespace SocialCard.Functions.Statistics;

/// <summary>The statistics by day.</summary>
[Tags("Operations")]
public sealed class StatisticsTriggers(PlainApi api, DailyStatistics statistics, RegionPolicies regions, TimeProvider clock)
{
    private const string Route = ApiRoute.V1 + "operations/statistics";
    private const string DayForm = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z";
    private const int DefaultDays = 30;
    private const int MostDays = 400;

    private static readonly DateOnly FirstOfAll = new(2000, 1, 1);

    // What a process left in its outbox when it died is told by then.
    private const int DaysAgain = 3;

    /// <summary>Counts the last days anew, at 17:30 UTC, 01:30 China Standard Time.</summary>
    [Function(nameof(DailyStatistics))]
    public Task RunAsync([TimerTrigger("0 30 17 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        return CountAsync(null, cancellation);
    }

    /// <summary>
    /// Reads the figures of a province, or of the country, by day: of those days on which something changed, through yesterday. A bureau
    /// reads those of its province.
    /// </summary>
    [Function(nameof(GetStatistics))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau)]
    [Query("from", "From this local day on; thirty days before the last unless it says otherwise.", Pattern = DayForm)]
    [Query("until", "Through this local day; today unless it says otherwise.", Pattern = DayForm)]
    [Query("regionCode", "The province by GB/T 2260; for operations the country unless it says otherwise.", Pattern = @"^[0-9]{6}\z")]
    public Task<Results<Ok<StatisticsView>, NotModified, ProblemHttpResult>> GetStatistics(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        api.ReadAsync(request, (caller, token) => ReadAsync(request, caller, token), cancellation);

    /// <summary>Counts all days from one on anew, from what is kept of them.</summary>
    [Function(nameof(RebuildStatistics))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Body(typeof(RebuildStatisticsRequest))]
    public Task<Results<NoContent, ProblemHttpResult>> RebuildStatistics(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/rebuild")] HttpRequest request,
        CancellationToken cancellation) =>
        api.Command<RebuildStatisticsRequest>(request).NoContentAsync(
            async (body, token) =>
            {
                await CountAsync(body.From ?? FirstOfAll, token);
                return null;
            },
            cancellation);

    // From where nobody has counted yet, however long the service was down.
    private async Task<int> CountAsync(DateOnly? from, CancellationToken cancellation)
    {
        var (today, last) = (ChinaTime.DateOf(clock.GetUtcNow()), await statistics.LastDayAsync(cancellation) ?? FirstOfAll);
        var again = today.AddDays(-DaysAgain);
        return await statistics.CountAsync(from ?? (last < again ? last : again), today, cancellation);
    }

    private async Task<Reply<StatisticsView>> ReadAsync(HttpRequest request, Partner caller, CancellationToken cancellation)
    {
        var region = (string?)request.Query["regionCode"] ?? caller.RegionCode;
        var errors = new FieldErrors();
        var until = Day("until", ChinaTime.DateOf(clock.GetUtcNow()));
        var from = Day("from", until.AddDays(-DefaultDays));
        errors
            .Require("regionCode", region == RegionLevel.WholeCountry || regions.TryGet(region, out _), "A known GB/T 2260 region.")
            .Require("until", until >= from && until <= from.AddDays(MostDays), $"Not before the first, at most {MostDays} days after.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var province = region[..2];
        return caller.RegionCode[..2] is not DailyStatistics.Country && caller.RegionCode[..2] != province
            ? Problems.Forbidden("The region is not the caller's.")
            : new StatisticsView($"{province}0000", await statistics.ReadAsync(province, from, until, cancellation));

        DateOnly Day(string name, DateOnly otherwise)
        {
            var text = (string?)request.Query[name];
            errors.Require(
                name,
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || text is null,
                "A day such as 2026-03-02.");
            return text is null ? otherwise : day;
        }
    }
}

/// <summary>Body of the command that counts anew.</summary>
/// <param name="From">From this local day on; all days unless it is said.</param>
/// <example>
/// {"from": "2026-11-01"}
/// </example>
public sealed record RebuildStatisticsRequest(DateOnly? From = null);

/// <summary>The statistics of a province or the country.</summary>
/// <param name="RegionCode">Which, by GB/T 2260.</param>
/// <param name="Days">The days on which something changed, earliest first.</param>
/// <example>
/// {
///   "regionCode": "320000",
///   "days": [
///     {
///       "day": "2026-11-24", "cards": [{"status": "awaitingActivation", "cards": 12}, {"status": "active", "cards": 288}],
///       "activations": [{"channel": "hospital", "cards": 3}], "activated": 3, "meanDaysToActivation": 12.5,
///       "expiries": 0, "newCards": 1, "meanLeadDays": 4.2
///     }
///   ]
/// }
/// </example>
public sealed record StatisticsView(string RegionCode, IReadOnlyList<DayFigures> Days);
