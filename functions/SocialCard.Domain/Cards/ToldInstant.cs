namespace SocialCard.Domain.Cards;

/// <summary>An instant at which somebody says that something happened to a card, and by which name he says it.</summary>
/// <param name="Field">The field, as JSON names it.</param>
/// <param name="At">The instant.</param>
public readonly record struct ToldInstant(string Field, DateTimeOffset At)
{
    /// <summary>How far the clocks of others may be off.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The first social security cards were issued in 1999; what is said to have happened to one before is a slip.</summary>
    public static readonly DateOnly FirstCards = new(1999, 1, 1);

    /// <summary>
    /// How long a card is in its holder's hands before it is registered here, at most: banks hand out cards in bulk, and whoever registers
    /// them comes after.
    /// </summary>
    public const int DaysBeforeRegistration = 30;

    /// <summary>What is wrong with it, whichever card it is about; null if nothing is.</summary>
    /// <param name="now">The time.</param>
    public string? FaultAt(DateTimeOffset now) =>
        At > now + Tolerance ? "Lies in the future."
        : At < ChinaTime.StartOf(FirstCards) ? $"Lies before {FirstCards:yyyy-MM-dd}: there were no social security cards."
        : null;

    /// <summary>Why a card refuses it: it was not issued by then.</summary>
    /// <param name="card">The card.</param>
    public Refusal? RefusedBy(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.IssuedOn is { } issuedOn && At < ChinaTime.StartOf(issuedOn)
            ? Refusal.InvalidField(Field, "Lies before the card was issued.") : null;
    }
}
