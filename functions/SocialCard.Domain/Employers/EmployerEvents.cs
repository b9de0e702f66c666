namespace SocialCard.Domain.Employers;

/// <summary>A registration was filed.</summary>
/// <param name="ReviewId">Its review.</param>
/// <param name="DaysLate">How many days after the thirty; 0 in time.</param>
/// <param name="ReviewDueOn">The last local day of the review.</param>
public sealed record EmployerFiled(string ReviewId, int DaysLate, DateOnly ReviewDueOn) : DomainEvent("employerFiled");

/// <summary>The bureau decided.</summary>
/// <param name="ReviewId">The review.</param>
/// <param name="Approved">Whether the registration is accepted.</param>
public sealed record EmployerReviewed(string ReviewId, bool Approved) : DomainEvent("employerReviewed");

/// <summary>A review is not decided in time.</summary>
/// <param name="ReviewId">The review.</param>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record EmployerReviewOverdue(string ReviewId, DateOnly DueOn, int DaysOverdue) : DomainEvent("employerReviewOverdue");

/// <summary>Registered facts changed.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Fields">Which facts.</param>
/// <param name="ChangedOn">The local day of the change.</param>
/// <param name="DaysLate">How many days after the thirty; 0 in time.</param>
public sealed record EmployerChanged(string ChangeId, IReadOnlyList<string> Fields, DateOnly ChangedOn, int DaysLate)
    : DomainEvent("employerChanged");

/// <summary>The employer ended.</summary>
/// <param name="TerminatedOn">The local day of the end.</param>
/// <param name="Reason">Why.</param>
/// <param name="DaysLate">How many days after the thirty it was registered; 0 in time.</param>
public sealed record EmployerTerminated(DateOnly TerminatedOn, EmployerEnd Reason, int DaysLate) : DomainEvent("employerTerminated");

/// <summary>The market regulator told of the founding.</summary>
/// <param name="FoundedOn">The local day that it told.</param>
public sealed record EmployerFoundingNoticed(DateOnly FoundedOn) : DomainEvent("employerFoundingNoticed");

/// <summary>The market regulator told of the end.</summary>
/// <param name="EndedOn">The local day that it told.</param>
public sealed record EmployerEndNoticed(DateOnly EndedOn) : DomainEvent("employerEndNoticed");

/// <summary>The employer has to register what the market regulator told.</summary>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Duty">What it has to register.</param>
/// <param name="DueOn">The last local day.</param>
public sealed record EmployerDeadlineOpened(string DeadlineId, EmployerDuty Duty, DateOnly DueOn) : DomainEvent("employerDeadlineOpened");

/// <summary>What was to be registered is, late or in time, or is not to be any more.</summary>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Duty">What was to be registered.</param>
public sealed record EmployerDeadlineClosed(string DeadlineId, EmployerDuty Duty) : DomainEvent("employerDeadlineClosed");

/// <summary>What was to be registered is not, and its days are over.</summary>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Duty">What was to be registered.</param>
/// <param name="DueOn">The last local day.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record EmployerDeadlineMissed(string DeadlineId, EmployerDuty Duty, DateOnly DueOn, int DaysOverdue)
    : DomainEvent("employerDeadlineMissed");
