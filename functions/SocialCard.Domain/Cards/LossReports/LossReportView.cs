namespace SocialCard.Domain.Cards;

/// <summary>A loss report, as the API shows it.</summary>
/// <param name="ReportId">Its id.</param>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Scope">Which applications it is on.</param>
/// <param name="State">Where it stands; that of the application for which it holds longest.</param>
/// <param name="Channel">Where it was made.</param>
/// <param name="ReportedAt">When.</param>
/// <param name="EffectiveAt">From when on the first application is suspended.</param>
/// <param name="ExpiresAt">When the validity ends for the first application for which it does; null where it has no end.</param>
/// <param name="ReleasableUntil">Until when it can be released.</param>
/// <param name="ReleasableAt">At which point.</param>
/// <param name="Sides">The report by application.</param>
/// <param name="Wallet">What becomes of a citizen card's e-wallet; null where nothing is known of one.</param>
/// <example>
/// {
///   "reportId": "4fdf1d319a5c0ae8", "kind": "temporary", "reason": "lost", "scope": "both", "state": "effective",
///   "channel": "phone", "reportedAt": "2026-11-24T14:49:23Z", "effectiveAt": "2026-11-24T14:49:23Z",
///   "expiresAt": "2026-11-29T14:49:23Z", "releasableUntil": "expiry", "releasableAt": "acceptingPoint",
///   "sides": [
///     {
///       "application": "social", "state": "effective", "passedOn": false, "effectiveAt": "2026-11-24T14:49:23Z",
///       "expiresAt": "2026-12-04T14:49:23Z", "onEnd": "release", "provisional": false, "endedAt": null
///     },
///     {
///       "application": "financial", "state": "effective", "passedOn": false,
///       "effectiveAt": "2026-11-24T14:49:23Z", "expiresAt": "2026-11-29T14:49:23Z", "onEnd": "release",
///       "provisional": false, "endedAt": null
///     }
///   ],
///   "wallet": {"frozen": true, "effectiveAt": "2026-11-26T14:49:23Z", "usableAfterRelease": null, "paidOutAfter": null}
/// }
/// </example>
public sealed record LossReportView(
    string ReportId,
    LossReportKind Kind,
    LossReason Reason,
    LossScope Scope,
    LossReportState State,
    ServiceChannel Channel,
    DateTimeOffset ReportedAt,
    DateTimeOffset EffectiveAt,
    DateTimeOffset? ExpiresAt,
    ReleasableUntil ReleasableUntil,
    ServicePlace ReleasableAt,
    IReadOnlyList<LossSide> Sides,
    LossWallet? Wallet = null) : CardAnswer
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "loss";

    /// <summary>The view of a report.</summary>
    public static LossReportView Of(LossReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var last = report.Sides.FirstOrDefault(side => side.State is LossReportState.Effective)
            ?? report.Sides.FirstOrDefault(side => side.Holds)
            ?? report.Sides.MaxBy(side => side.EndedAt)!;
        return new(
            report.ReportId,
            report.Kind,
            report.Reason,
            LossReportRules.ScopeOf([.. report.Sides.Select(side => side.Application)]),
            last.State,
            report.Channel,
            report.ReportedAt,
            report.Sides.Min(side => side.EffectiveAt),
            report.Sides.Min(side => side.ExpiresAt),
            report.Release.Until,
            report.Release.Where,
            report.Sides,
            report.Wallet);
    }

    internal ResourceDocument ToDocument() => ResourceDocument.Of(Document, ReportId, this);
}
