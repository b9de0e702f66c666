namespace SocialCard.Domain.Cards;

/// <summary>Why the report of an event of a person's life is refused.</summary>
public static class CivilEventRefusals
{
    /// <summary>No card that the caller may see is the person's.</summary>
    public static Refusal HolderNotFound { get; } =
        new(RefusedBy.Absence, "holder-not-found", "No card within your scope has this holder.");

    /// <summary>The corrected ID number is another person's.</summary>
    public static Refusal IdNumberInUse { get; } =
        new(RefusedBy.State, "id-number-in-use", "Cards of a holder of another name have the corrected ID number.");

    /// <summary>The caller has told of no such event.</summary>
    public static Refusal NotFound { get; } = new(RefusedBy.Absence, "civil-event-not-found", "You have told of no such event.");
}
