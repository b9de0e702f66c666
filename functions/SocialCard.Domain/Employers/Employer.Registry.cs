namespace SocialCard.Domain.Employers;

public sealed partial record Employer
{
    // An end that was registered, and a founding that the regulator has told of after it.
    private bool HasBegunAgain => Termination is { } ended && Registry?.FoundedOn > ended.TerminatedOn;

    // What is still to be registered, and by when: the law gives thirty days from the day of the fact, not from its notice.
    private (EmployerDuty Duty, DateOnly DueOn)? Owed => (State, Registry) switch
    {
        (EmployerState.NotRegistered, { FoundedOn: { } founded, EndedOn: null }) => (EmployerDuty.Registration, DueAfter(founded)),
        (EmployerState.Terminated, { FoundedOn: { } founded, EndedOn: null }) when HasBegunAgain =>
            (EmployerDuty.Registration, DueAfter(founded)),
        (EmployerState.Registered, { EndedOn: { } ended }) => (EmployerDuty.Termination, DueAfter(ended)),
        _ => null,
    };

    /// <summary>The market regulator tells of an employer that has filed nothing.</summary>
    /// <param name="code">The employer.</param>
    /// <param name="notice">What it tells.</param>
    /// <param name="now">The time of receipt.</param>
    public static Decision<Employer> Notice(EmployerCode code, RegistryNotice notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new Employer { Code = code.Value, State = EmployerState.NotRegistered }.TakeNotice(notice, now);
    }

    /// <summary>
    /// The market regulator tells that the employer was founded or has ended (art. 57), before or after the employer does so itself, in
    /// either order. What it told before it may tell again, and not otherwise.
    /// </summary>
    public Decision<Employer> TakeNotice(RegistryNotice notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind is RegistryNoticeKind.Founded ? TakeFounding(notice, now) : TakeEnd(notice, now);
    }

    /// <summary>What was to be registered is not, and its days are over: told once.</summary>
    /// <param name="deadlineId">The deadline.</param>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Employer> EscalateDeadline(string deadlineId, DateTimeOffset asOf) =>
        NextEscalation(deadlineId) is { } due && due <= asOf
            ? Decision.Changed(
                this with { Deadline = Deadline! with { IsOverdue = true } },
                new EmployerDeadlineMissed(
                    deadlineId, Deadline.Duty, Deadline.DueOn, ChinaTime.DateOf(asOf).DayNumber - Deadline.DueOn.DayNumber))
            : Decision.Unchanged(this);

    /// <summary>When it is told that a deadline was missed; null where the deadline was met, or that has been told.</summary>
    public DateTimeOffset? NextEscalation(string deadlineId) =>
        Deadline is { IsOverdue: false } running && running.Id == deadlineId ? FirstEscalation(running.DueOn) : null;

    private Decision<Employer> TakeFounding(RegistryNotice notice, DateTimeOffset now)
    {
        var day = notice.OccurredOn;
        if (Registry?.FoundedOn == day)
        {
            return Decision.Unchanged(this);
        }

        var isAnother = day > Termination?.TerminatedOn;
        return !isAnother && Registry?.FoundedOn is not null ? EmployerRefusals.NoticeDiffers
            : !isAnother && Registry?.EndedOn < day ? EmployerRefusals.BeforeFounding
            : Become(
                this with { Registry = (isAnother ? null : Registry) is { } known ? known with { FoundedOn = day } : notice.ToRegistry() },
                now,
                new EmployerFoundingNoticed(day));
    }

    private Decision<Employer> TakeEnd(RegistryNotice notice, DateTimeOffset now)
    {
        var day = notice.OccurredOn;
        return Registry?.EndedOn == day ? Decision.Unchanged(this)
            : Registry?.EndedOn is not null ? EmployerRefusals.NoticeDiffers
            : day < (Registry?.FoundedOn ?? Facts?.FoundedOn) ? EmployerRefusals.BeforeFounding
            : Become(
                this with { Registry = Registry is { } known ? known with { EndedOn = day } : notice.ToRegistry() },
                now,
                new EmployerEndNoticed(day));
    }

    // After every change: what is owed by then begins to run, and what is owed no longer ends.
    private Decision<Employer> Become(Employer next, DateTimeOffset now, DomainEvent happened)
    {
        var opened = next.Owed is var (duty, dueOn) ? new EmployerDeadline(duty, dueOn, now) : null;
        if (opened?.Id == Deadline?.Id)
        {
            return Decision.Changed(next, happened);
        }

        return Decision.Changed(
            next with { Deadline = opened },
            [
                happened,
                .. Deadline is { } over ? [new EmployerDeadlineClosed(over.Id, over.Duty)] : Array.Empty<DomainEvent>(),
                .. opened is null ? Array.Empty<DomainEvent>() : [new EmployerDeadlineOpened(opened.Id, opened.Duty, opened.DueOn)],
            ]);
    }

    private static DateOnly DueAfter(DateOnly day) => day.AddDays(DaysToRegister);
}
