namespace SocialCard.Domain.Cards;

/// <summary>Which occasion goes with which channel.</summary>
public static class Occasions
{
    /// <summary>The rule, for the caller.</summary>
    public const string Rule =
        "registration, diagnosis, outpatient, pregnancyRegistration, prescription or hospitalization at a hospital, "
        + "purchase at a pharmacy, none elsewhere.";

    /// <summary>Whether an occasion fits a channel.</summary>
    public static bool Fit(ServiceChannel channel, UsageOccasion? occasion) => channel switch
    {
        ServiceChannel.Hospital => occasion is not (null or UsageOccasion.Purchase),
        ServiceChannel.Pharmacy => occasion is UsageOccasion.Purchase,
        _ => occasion is null,
    };
}
