namespace SocialCard.Domain.Cards;

/// <summary>
/// Decides on what a card was issued for: its wait for the holder who is to fetch it, then its years, which are counted from its
/// registration, or from the day on which he had it already by then.
/// </summary>
/// <param name="Card">The card.</param>
public readonly record struct CardValidity(Card Card)
{
    /// <summary>The local day from which the years count; null where nobody has said.</summary>
    public DateOnly? ValidFrom => (Card.RegisteredAt, Card.ReceivedOn) switch
    {
        ({ } registered, { } received) when received < ChinaTime.DateOf(registered) => received,
        ({ } registered, _) => ChinaTime.DateOf(registered),
        (null, var received) => received,
    };

    /// <summary>The last local day of the years; null where that is not known.</summary>
    public DateOnly? ValidUntil => ValidFrom is { } from ? Card.Term?.LastDayFrom(from) : null;

    /// <summary>From which local day on the card may be renewed; null where that is not known.</summary>
    public DateOnly? RenewableFrom => ValidUntil is { } until ? Card.Term!.RenewableFrom(until) : null;

    /// <summary>When the years are over; null where that is not known.</summary>
    public DateTimeOffset? EndsAt => ValidUntil is { } until ? ChinaTime.StartOf(until.AddDays(1)) : null;

    /// <summary>What time alone will do to the card next; null where nothing more will come of it.</summary>
    public ValidityMoment? Next => Card switch
    {
        { Social.State: SocialState.Cancelled } => null,
        { ReceivedOn: null, Collection: { } collection } => NextOf(collection),
        { ReceivedOn: null } => null,
        { Term.EndedAt: null } => NextReminder is { } reminder
            ? new(ValidityStep.Reminder, reminder.At)
            : EndsAt is { } end ? new(ValidityStep.End, end) : null,
        _ => null,
    };

    private Reminder? NextReminder
    {
        get
        {
            var reminded = Card.Term?.RemindedAt;
            return Reminders.FirstOrDefault(reminder => !(reminder.At <= reminded));
        }
    }

    private IEnumerable<Reminder> Reminders => ValidUntil is { } until ? Card.Term!.RemindersOf(until) : [];

    /// <summary>A card of before is told what it was issued for. Its wait for the holder begins now.</summary>
    public Decision<Card> Adopt(IssueTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Card.Term is not null || Card.Social.State is SocialState.Cancelled ? Decision.Unchanged(Card)
            : Decision.Changed(
                Card with { Term = terms.Term, Collection = Card.IssuedByReissue is null ? terms.Collection : null }, new TermNoted());
    }

    /// <summary>
    /// The holder is reminded that the card may be renewed, and must be soon; of several reminders that fell due together, by the last. Who
    /// has applied for a new card is not.
    /// </summary>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Card> Remind(DateTimeOffset asOf)
    {
        if (Next is not { Step: ValidityStep.Reminder } next || next.At > asOf)
        {
            return Decision.Unchanged(Card);
        }

        var due = Reminders.Last(reminder => reminder.At <= asOf);
        var reminded = Card with { Term = Card.Term! with { RemindedAt = due.At } };
        return Card.ReplacedBy is not null || Card.Reissue is { IsLive: true }
            ? Decision.Changed(reminded)
            : Decision.Changed(reminded, new ValidityReminded(due.DaysBefore, ValidUntil!.Value));
    }

    // While a card is being replaced, another decides what becomes of it.
    private ValidityMoment? NextOf(CardCollection collection) =>
        Card.Reissue is { IsLive: true } ? new(ValidityStep.Collection, null)
        : collection.ReturnedAt is null ? new(ValidityStep.Collection, collection.ReturnBy)
        : new(ValidityStep.Cancellation, collection.CancelBy);
}

/// <summary>A moment at which time alone does something to what a card was issued for.</summary>
/// <param name="Step">What.</param>
/// <param name="At">When; null where only something else moves it.</param>
public sealed record ValidityMoment(ValidityStep Step, DateTimeOffset? At);

/// <summary>What time alone does to what a card was issued for.</summary>
public enum ValidityStep
{
    /// <summary>Nobody came for it, and it goes back to the bank.</summary>
    Collection,

    /// <summary>Nobody came for it there either, and it is cancelled.</summary>
    Cancellation,

    /// <summary>The holder is reminded of the end of its years.</summary>
    Reminder,

    /// <summary>Its years are over.</summary>
    End,
}
