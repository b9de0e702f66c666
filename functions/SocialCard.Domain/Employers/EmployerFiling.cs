namespace SocialCard.Domain.Employers;

/// <summary>A filing and the clock of its review.</summary>
/// <param name="ReviewId">Names the review.</param>
/// <param name="FiledAt">When it was received.</param>
/// <param name="DaysLate">How many days after the thirty it came; 0 in time.</param>
/// <param name="ReviewDueOn">The last local day of the review.</param>
/// <param name="NextEscalation">When operations are told next that the review is overdue.</param>
/// <param name="IsOverdue">Whether they have been told.</param>
public sealed record EmployerFiling(
    string ReviewId, DateTimeOffset FiledAt, int DaysLate, DateOnly ReviewDueOn, DateTimeOffset NextEscalation, bool IsOverdue = false)
{
    /// <summary>A filing that is received now.</summary>
    public static EmployerFiling At(string reviewId, DateOnly foundedOn, DateTimeOffset now)
    {
        var due = ChinaTime.DateOf(now).AddDays(Employer.DaysToReview);
        return new(reviewId, now, DaysLateOf(foundedOn, now), due, Employer.FirstEscalation(due));
    }

    /// <summary>How many days after the thirty something is registered; 0 in time.</summary>
    public static int DaysLateOf(DateOnly happenedOn, DateTimeOffset now) =>
        Math.Max(0, ChinaTime.DateOf(now).DayNumber - happenedOn.DayNumber - Employer.DaysToRegister);
}
