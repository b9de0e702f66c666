namespace SocialCard.Domain.Cards;

/// <summary>
/// What loss reports have done to a card: the reports that hold, and what each application is beneath them. An application
/// goes on living beneath its suspension (its activation clock runs, say), and shows itself again when the report ends.
/// </summary>
public sealed record CardLoss
{
    /// <summary>The reports that hold for at least one application, oldest first; at most one holds for each application.</summary>
    public IReadOnlyList<LossReport> Reports { get; init; } = [];

    /// <summary>What the social-security application is beneath a report in effect; null while there is none.</summary>
    public Cards.Application<Cards.SocialState>? Social { get; init; }

    /// <summary>What the financial application is beneath a report in effect; null while there is none.</summary>
    public Cards.Application<Cards.FinancialState>? Financial { get; init; }

    /// <summary>
    /// Reports on one application each that add nothing while a stronger one holds, but were made after it: where that is found to have
    /// been released before them, they hold.
    /// </summary>
    public IReadOnlyList<LossReport> Outranked { get; init; } = [];

    /// <summary>When the social-security application was last released: what was reported before is over.</summary>
    public DateTimeOffset? SocialReleasedAt { get; init; }

    /// <summary>When the financial application was last released: what was reported before is over, also if it is heard of later.</summary>
    public DateTimeOffset? FinancialReleasedAt { get; init; }

    /// <summary>The report that holds for an application, in effect or waiting for its moment; null if there is none.</summary>
    public LossReport? On(CardApplication application) =>
        Reports.FirstOrDefault(report => report.Sides.Any(side => side.Application == application && side.Holds));

    /// <summary>The report of an id, if it still holds.</summary>
    public LossReport? Find(string reportId) => Reports.FirstOrDefault(report => report.ReportId == reportId);

    /// <summary>When an application was last released; null where it never was.</summary>
    internal DateTimeOffset? ReleasedAt(CardApplication application) =>
        application is CardApplication.Social ? SocialReleasedAt : FinancialReleasedAt;

    /// <summary>The same after an application was released at a time, of which the latest counts.</summary>
    internal CardLoss Released(CardApplication application, DateTimeOffset at) =>
        ReleasedAt(application) >= at ? this
        : application is CardApplication.Social ? this with { SocialReleasedAt = at }
        : this with { FinancialReleasedAt = at };

    /// <summary>Whether a report is in effect on an application.</summary>
    internal bool IsSuspended(CardApplication application) =>
        application is CardApplication.Social ? Social is not null : Financial is not null;

    /// <summary>Whether a report would add anything to what holds for an application.</summary>
    internal bool IsOpen(CardApplication application, LossReportKind kind, bool renewable) =>
        On(application) is not { } holding || (holding.Kind == kind ? renewable : kind is LossReportKind.Formal);
}

/// <summary>A loss report (挂失): on one application or on both, each with a validity of its own.</summary>
/// <param name="ReportId">Its id.</param>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Channel">Where it was made.</param>
/// <param name="By">The partner that took it: the accepting point.</param>
/// <param name="ReportedAt">When it was made.</param>
/// <param name="Linkage">What the report on one application does to the other, by the rule in force at the report.</param>
/// <param name="Release">How it is released, by the rule in force at the report.</param>
/// <param name="Sides">The applications that it is on.</param>
/// <param name="Wallet">What becomes of the e-wallet; null where the region has none that anything is known of.</param>
public sealed record LossReport(
    string ReportId,
    LossReportKind Kind,
    LossReason Reason,
    ServiceChannel Channel,
    string By,
    DateTimeOffset ReportedAt,
    LossLinkage Linkage,
    LossReleasePolicy Release,
    IReadOnlyList<LossSide> Sides,
    LossWallet? Wallet = null)
{
    /// <summary>Whether it still holds for an application.</summary>
    internal bool Holds => Sides.Any(side => side.Holds);

    /// <summary>The report's part on an application.</summary>
    internal LossSide SideOn(CardApplication application) => Sides.First(side => side.Application == application);

    /// <summary>
    /// Whether it outranks another on an application: a formal report a temporary one, and of two alike the one that ends later.
    /// </summary>
    internal bool Outranks(LossReport other, CardApplication application) =>
        Kind != other.Kind ? Kind is LossReportKind.Formal
        : (SideOn(application).EndsAt ?? DateTimeOffset.MaxValue) > (other.SideOn(application).EndsAt ?? DateTimeOffset.MaxValue);

    /// <summary>Whether there is nothing that another report on an application could add: it is neither stronger nor made later.</summary>
    internal bool Covers(LossReport other, CardApplication application) =>
        ReportedAt >= other.ReportedAt && !other.Outranks(this, application);

    /// <summary>The applications that are released when the bank releases its own.</summary>
    internal IReadOnlyList<CardApplication> ReleasedByBank => Release.Until is ReleasableUntil.Never ? [CardApplication.Financial]
        : Linkage is LossLinkage.Linked || Release.BothSides ? LossReportRules.BothApplications
        : [.. Sides.Where(side => side.PassedOn).Select(side => side.Application).Union([CardApplication.Financial])];

    /// <summary>The same with one application's part changed.</summary>
    internal LossReport With(LossSide changed) =>
        this with { Sides = [.. Sides.Select(side => side.Application == changed.Application ? changed : side)] };

    /// <summary>What time will do to the report from now on, earliest first.</summary>
    public IEnumerable<LossMoment> Moments =>
        Sides.Where(side => side.Holds).SelectMany(side => side.Moments).OrderBy(moment => moment.At).ThenBy(moment => moment.Step);
}

/// <summary>A loss report as far as it is on one application.</summary>
/// <param name="Application">Which.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PassedOn">Whether the application was not reported itself but comes under the region's linkage.</param>
/// <param name="EffectiveAt">From when on the application is suspended.</param>
/// <param name="ExpiresAt">When the validity ends; null where it has no end.</param>
/// <param name="OnEnd">What happens then.</param>
/// <param name="Provisional">Whether working days of a year whose holidays are not published yet went into a moment.</param>
/// <param name="EndedAt">When the report ended for the application; null while it holds.</param>
public sealed record LossSide(
    CardApplication Application,
    LossReportState State,
    bool PassedOn,
    DateTimeOffset EffectiveAt,
    DateTimeOffset? ExpiresAt,
    LossReportEnd OnEnd,
    bool Provisional,
    DateTimeOffset? EndedAt = null)
{
    private static readonly TimeSpan LongestWarning = TimeSpan.FromDays(1);

    /// <summary>Whether the report still holds for the application.</summary>
    internal bool Holds => State is LossReportState.Pending or LossReportState.Effective;

    /// <summary>When time alone ends the report for the application; null where it does not.</summary>
    internal DateTimeOffset? EndsAt => OnEnd is LossReportEnd.Stay ? null : ExpiresAt;

    /// <summary>What time alone does next; null where it does nothing more.</summary>
    internal DateTimeOffset? NextAt => State switch
    {
        LossReportState.Pending => EffectiveAt,
        LossReportState.Effective => EndsAt,
        _ => null,
    };

    internal IEnumerable<LossMoment> Moments
    {
        get
        {
            if (State is LossReportState.Pending)
            {
                yield return new(EffectiveAt, LossStep.Effect, Application);
            }

            if (EndsAt is { } end)
            {
                // A day before, or half the time where the whole of it is short.
                var half = (end - EffectiveAt) / 2;
                yield return new(end - (half < LongestWarning ? half : LongestWarning), LossStep.Warning, Application);
                yield return new(end, LossStep.End, Application);
            }
        }
    }
}

/// <summary>A moment at which time alone does something to a loss report.</summary>
/// <param name="At">When.</param>
/// <param name="Step">What.</param>
/// <param name="Application">To which application.</param>
public sealed record LossMoment(DateTimeOffset At, LossStep Step, CardApplication Application);

/// <summary>What time alone does to a loss report.</summary>
public enum LossStep
{
    /// <summary>The application is suspended.</summary>
    Effect,

    /// <summary>The holder is warned that the report will end.</summary>
    Warning,

    /// <summary>The report's validity is over.</summary>
    End,
}

/// <summary>The two applications of a card.</summary>
public enum CardApplication
{
    /// <summary>The social-security application.</summary>
    Social,

    /// <summary>The financial application.</summary>
    Financial,
}

/// <summary>The two forms of a loss report.</summary>
public enum LossReportKind
{
    /// <summary>By phone, online or orally (临时挂失, 预挂失): limited in time.</summary>
    Temporary,

    /// <summary>In person (正式挂失, 书面挂失): the usual condition of reissue.</summary>
    Formal,
}

/// <summary>Why a card is reported.</summary>
public enum LossReason
{
    /// <summary>It is lost.</summary>
    Lost,

    /// <summary>It was stolen.</summary>
    Stolen,

    /// <summary>Somebody else knows its password (密码挂失).</summary>
    PasswordLeaked,
}

/// <summary>Which applications a holder reports.</summary>
public enum LossScope
{
    /// <summary>The social-security application.</summary>
    Social,

    /// <summary>The financial application.</summary>
    Financial,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>Where a loss report stands.</summary>
public enum LossReportState
{
    /// <summary>It waits for its moment; the card still works.</summary>
    Pending,

    /// <summary>The application is suspended.</summary>
    Effective,

    /// <summary>Its validity is over, and the lost card works again (自动解挂).</summary>
    Lapsed,

    /// <summary>It was released on request (解挂).</summary>
    Released,

    /// <summary>A formal report took its place.</summary>
    Formalized,

    /// <summary>A new report of the same kind took its place.</summary>
    Renewed,

    /// <summary>The card has ended, by this report's rule or otherwise.</summary>
    CardCancelled,
}
