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
