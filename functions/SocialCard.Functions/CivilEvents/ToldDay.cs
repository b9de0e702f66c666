using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>The day on which something is told to have happened in a person's life, whichever way it is told.</summary>
public static class ToldDay
{
    /// <summary>What is wrong with it, whoever it is about; null if nothing is.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="day">The local day.</param>
    /// <param name="now">The time.</param>
    public static string? FaultOf(CivilEventKind kind, DateOnly day, DateTimeOffset now) =>
        day > ChinaTime.DateOf(now) ? "The day is in the future."
        : EndsCards(kind) && day < ToldInstant.FirstCards
            ? $"Lies before {ToldInstant.FirstCards:yyyy-MM-dd}: there were no social security cards that it could end."
        : null;

    // Births, names and households are older than cards; what ends cards, or lets them come back, is not.
    private static bool EndsCards(CivilEventKind kind) =>
        kind is CivilEventKind.Death or CivilEventKind.DeathRevoked or CivilEventKind.NationalityRenounced;
}
