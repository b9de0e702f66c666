namespace SocialCard.Domain.Employers;

/// <summary>
/// An employer's social insurance registration (Social Insurance Law art. 57): filed within 30 days of founding, reviewed
/// within 15 days of receipt, changes and the end registered within 30 days. What comes late is accepted and says how late.
/// The market regulator's notices of its founding and end say what is still to be registered.
/// </summary>
public sealed partial record Employer : IAggregate<Employer>
{
    /// <summary>The table of employers.</summary>
    public static string Table => "Employers";

    /// <summary>Days in which founding, a change and the end are to be registered (art. 57).</summary>
    public const int DaysToRegister = 30;

    /// <summary>Days in which a registration is reviewed, from its receipt (art. 57).</summary>
    public const int DaysToReview = 15;

    // What is overdue is told when people are at work.
    private static readonly TimeSpan EscalationTime = TimeSpan.FromHours(9);

    /// <summary>The unified social credit code.</summary>
    public required string Code { get; init; }

    /// <summary>What was filed, with the changes since; null while nothing was.</summary>
    public EmployerFacts? Facts { get; init; }

    /// <summary>Where the registration stands.</summary>
    public required EmployerState State { get; init; }

    /// <summary>The latest filing; null while there is none.</summary>
    public EmployerFiling? Filing { get; init; }

    /// <summary>The bureau's decision on the latest filing; null while there is none.</summary>
    public EmployerVerdict? Verdict { get; init; }

    /// <summary>How the employer ended; null while it has not.</summary>
    public EmployerTermination? Termination { get; init; }

    /// <summary>What the market regulator has told of it; null while that is nothing.</summary>
    public EmployerRegistry? Registry { get; init; }

    /// <summary>Until when it has to register what the market regulator has told; null while it owes nothing.</summary>
    public EmployerDeadline? Deadline { get; init; }

    /// <summary>Where it is, by GB/T 2260: as it filed, or else as the market regulator has told.</summary>
    [JsonIgnore]
    public string RegionCode => Facts?.RegionCode ?? Registry!.RegionCode;

    static string IAggregate<Employer>.Kind => "employer";

    static Refusal IAggregate<Employer>.NotFound => EmployerRefusals.NotFound;

    static string? IAggregate<Employer>.KeyOf(string text) => EmployerCode.TryParse(text, out var code) ? code.Value : null;

    string IAggregate<Employer>.Key => Code;

    string IAggregate<Employer>.MaskedKey => EmployerCode.Parse(Code).Masked;

    IEnumerable<KeyValuePair<string, string>> IAggregate<Employer>.Columns =>
        [new("Standing", State.ToString()), new(nameof(RegionCode), RegionCode)];

    /// <summary>A first registration.</summary>
    /// <param name="code">The employer.</param>
    /// <param name="facts">What is filed.</param>
    /// <param name="reviewId">Names the review.</param>
    /// <param name="now">The time of receipt.</param>
    public static Decision<Employer> File(EmployerCode code, EmployerFacts facts, string reviewId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(facts);
        var filing = EmployerFiling.At(reviewId, facts.FoundedOn, now);
        return Decision.Changed(
            new Employer { Code = code.Value, Facts = facts, State = EmployerState.UnderReview, Filing = filing },
            new EmployerFiled(reviewId, filing.DaysLate, filing.ReviewDueOn));
    }

    /// <summary>
    /// A refused registration is corrected, an employer that had ended begins again, or one of which only the market regulator has told
    /// files: a new review. The thirty days count from the founding that the regulator has told, if it has.
    /// </summary>
    public Decision<Employer> FileAgain(EmployerFacts facts, string reviewId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (State is EmployerState.UnderReview or EmployerState.Registered)
        {
            return EmployerRefusals.AlreadyRegistered;
        }

        var registry = State is EmployerState.Terminated && !HasBegunAgain ? null : Registry;
        var filing = EmployerFiling.At(reviewId, registry?.FoundedOn ?? facts.FoundedOn, now);
        // A correction is as late as the first filing was: that one came in time or did not.
        filing = State is EmployerState.Refused ? filing with { DaysLate = Filing!.DaysLate } : filing;
        return Become(
            this with
            {
                Facts = facts,
                State = EmployerState.UnderReview,
                Filing = filing,
                Verdict = null,
                Termination = null,
                Registry = registry,
            },
            now,
            new EmployerFiled(reviewId, filing.DaysLate, filing.ReviewDueOn));
    }

    /// <summary>The bureau decides on the registration.</summary>
    /// <param name="isApproved">Whether it is accepted.</param>
    /// <param name="reason">Why not; null for an approval.</param>
    /// <param name="by">The bureau.</param>
    /// <param name="now">The time.</param>
    public Decision<Employer> Review(bool isApproved, string? reason, string by, DateTimeOffset now) =>
        State is not EmployerState.UnderReview
            ? EmployerRefusals.NotUnderReview
            : Become(
                this with
                {
                    State = isApproved ? EmployerState.Registered : EmployerState.Refused,
                    Verdict = new(isApproved, reason, by, now),
                },
                now,
                new EmployerReviewed(Filing!.ReviewId, isApproved));

    /// <summary>A registered fact has changed; it counts at once, since the law asks for its registration, not for a review.</summary>
    /// <param name="changeId">Names the change.</param>
    /// <param name="facts">The facts after it.</param>
    /// <param name="changedOn">The local day of the change.</param>
    /// <param name="now">The time of receipt.</param>
    public Decision<Employer> Change(string changeId, EmployerFacts facts, DateOnly changedOn, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (State is not EmployerState.Registered)
        {
            return EmployerRefusals.NotRegistered;
        }

        if (changedOn < Facts!.FoundedOn)
        {
            return EmployerRefusals.BeforeFounding;
        }

        var fields = facts.DifferencesFrom(Facts);
        if (fields.Count == 0)
        {
            return EmployerRefusals.NothingChanged;
        }

        var change = new EmployerChange(changeId, fields, changedOn, EmployerFiling.DaysLateOf(changedOn, now), now);
        return Decision.Changed(this with { Facts = facts }, new EmployerChanged(changeId, fields, changedOn, change.DaysLate)) with
        {
            Documents = [ResourceDocument.Of(EmployerChange.Document, changeId, change)],
        };
    }

    /// <summary>The employer has ended. The thirty days count from the end that the market regulator has told, if it has.</summary>
    /// <param name="terminatedOn">The local day of the end.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The time of receipt.</param>
    public Decision<Employer> Terminate(DateOnly terminatedOn, EmployerEnd reason, DateTimeOffset now)
    {
        if (State is not EmployerState.Registered)
        {
            return EmployerRefusals.NotRegistered;
        }

        if (terminatedOn < Facts!.FoundedOn)
        {
            return EmployerRefusals.BeforeFounding;
        }

        var daysLate = EmployerFiling.DaysLateOf(Registry?.EndedOn ?? terminatedOn, now);
        var ended = new EmployerTermination(terminatedOn, reason, daysLate);
        return Become(
            this with { State = EmployerState.Terminated, Termination = ended },
            now,
            new EmployerTerminated(terminatedOn, reason, ended.DaysLate));
    }

    /// <summary>An overdue review is escalated, once a day for as long as it stays undecided.</summary>
    public Decision<Employer> EscalateReview(string reviewId, DateTimeOffset asOf)
    {
        if (!IsWaitingFor(reviewId) || asOf < Filing!.NextEscalation)
        {
            return Decision.Unchanged(this);
        }

        var today = ChinaTime.DateOf(asOf);
        return Decision.Changed(
            this with { Filing = Filing with { NextEscalation = ChinaTime.StartOf(today.AddDays(1)) + EscalationTime, IsOverdue = true } },
            new EmployerReviewOverdue(reviewId, Filing.ReviewDueOn, today.DayNumber - Filing.ReviewDueOn.DayNumber));
    }

    /// <summary>Whether a review is still to be decided.</summary>
    public bool IsWaitingFor(string reviewId) => State is EmployerState.UnderReview && Filing!.ReviewId == reviewId;

    bool IAggregate<Employer>.IsSeenBy(Partner caller) => caller.Covers(RegionCode);

    Decision<Employer> IAggregate<Employer>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);

    internal static DateTimeOffset FirstEscalation(DateOnly dueOn) => ChinaTime.StartOf(dueOn.AddDays(1)) + EscalationTime;
}

/// <summary>A bureau's decision.</summary>
/// <param name="IsApproved">Whether the registration is accepted.</param>
/// <param name="Reason">Why not.</param>
/// <param name="By">The bureau.</param>
/// <param name="At">When.</param>
public sealed record EmployerVerdict(bool IsApproved, string? Reason, string By, DateTimeOffset At);

/// <summary>Where a registration stands.</summary>
public enum EmployerState
{
    /// <summary>Filed; the bureau has yet to decide.</summary>
    UnderReview,

    /// <summary>Accepted.</summary>
    Registered,

    /// <summary>Not accepted; it can be corrected and filed again.</summary>
    Refused,

    /// <summary>The employer has ended.</summary>
    Terminated,

    /// <summary>The market regulator has told of the employer, and it has not filed.</summary>
    NotRegistered,
}
