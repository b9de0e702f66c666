namespace SocialCard.Domain.Holders;

/// <summary>Why a holder refuses, or cannot be found.</summary>
public static class HolderRefusals
{
    /// <summary>There is no such holder within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "holder-not-found", "There is no such holder within your scope.");

    /// <summary>Several people have the number; who asks must say which.</summary>
    public static Refusal Ambiguous { get; } = new(
        RefusedBy.State, "holder-ambiguous", "Several holders have this number; say which by the name or by a card number.");

    /// <summary>Of several cards one ends at a time.</summary>
    public static Refusal GivesUpAnother { get; } =
        new(RefusedBy.State, "card-being-ended", "Another card of the holder is being ended; ask again in a minute.");

    /// <summary>The corrected number is another person's.</summary>
    public static Refusal IdNumberInUse { get; } =
        new(RefusedBy.State, "id-number-in-use", "A holder of another name has the corrected number.");

    /// <summary>Nobody dies before he is born.</summary>
    public static Refusal DeathBeforeBirth { get; } =
        new(RefusedBy.State, "death-before-birth", "The holder was born after that day.");

    /// <summary>No death of the holder is recorded.</summary>
    public static Refusal NotDeceased { get; } =
        new(RefusedBy.State, "not-deceased", "No death of the holder is recorded.");

    /// <summary>The holder has renounced the nationality.</summary>
    public static Refusal NationalityRenounced { get; } = new(
        RefusedBy.State, "holder-nationality-renounced", "The holder has renounced the nationality.");

    /// <summary>The person's birth is told of a number that has a holder of that name.</summary>
    public static Refusal AlreadyBorn { get; } =
        new(RefusedBy.State, "already-born", "The birth of this person has been told, or he has a card.");

    /// <summary>The caller has told of no such event.</summary>
    public static Refusal EventNotFound { get; } = new(RefusedBy.Absence, "civil-event-not-found", "You have told of no such event.");
}
