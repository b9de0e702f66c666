namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    // Overdue reviews are told when people are at work.
    private static readonly TimeSpan EscalationTime = TimeSpan.FromHours(9);

    /// <summary>The application goes to the bureau.</summary>
    public Decision<ElectronicCard> Submit(WorkingCalendar calendar, DateTimeOffset now)
    {
        if ((LetterFault() ?? (Signature is null ? ElectronicCardRefusals.LetterNotSigned : null)) is { } fault)
        {
            return fault;
        }

        var dueOn = Terms.Review is { } review ? LastDay.Of(review, ChinaTime.DateOf(now), calendar).Date : (DateOnly?)null;
        return Decision.Changed(
            this with { State = ElectronicCardState.Submitted, Review = new(now, dueOn, dueOn is { } day ? EscalationAfter(day) : null) },
            new ElectronicCardSubmitted(dueOn));
    }

    /// <summary>The bureau decides; an approval issues the card.</summary>
    /// <param name="isApproved">Whether the card is issued.</param>
    /// <param name="reason">Why not; null for an approval.</param>
    /// <param name="by">The bureau.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> Decide(bool isApproved, string? reason, string by, DateTimeOffset now)
    {
        if (State is not ElectronicCardState.Submitted)
        {
            return ElectronicCardRefusals.NotUnderReview;
        }

        var decided = this with { Review = Review! with { NextEscalation = null, Verdict = new(isApproved, reason, by, now) } };
        return isApproved
            ? Decision.Changed(
                decided with { State = ElectronicCardState.Issued, IssuedAt = now },
                new ElectronicCardDecided(true),
                new ElectronicCardIssued())
            : Decision.Changed(
                decided with { State = ElectronicCardState.Refused, LapsesAt = DraftEnd(now) }, new ElectronicCardDecided(false));
    }

    private Decision<ElectronicCard> TellOverdueReview(DateTimeOffset asOf)
    {
        var (due, today) = (Review!.DueOn!.Value, ChinaTime.DateOf(asOf));
        return Decision.Changed(
            this with { Review = Review with { NextEscalation = EscalationAfter(today), IsOverdue = true } },
            new ElectronicCardReviewOverdue(due, today.DayNumber - due.DayNumber));
    }

    private static DateTimeOffset EscalationAfter(DateOnly day) => ChinaTime.StartOf(day.AddDays(1)) + EscalationTime;
}
