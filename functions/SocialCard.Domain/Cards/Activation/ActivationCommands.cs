namespace SocialCard.Domain.Cards;

/// <summary>The use of a card that enables its social-security application (首次使用启用), or the request to enable it.</summary>
/// <param name="Channel">Through which channel.</param>
/// <param name="Occasion">On which occasion, in a hospital or pharmacy.</param>
/// <param name="OccurredAt">When; a report over a queue may come later than the use.</param>
/// <param name="HolderBirthDate">The day of birth; null where it is not known, or no document is presented.</param>
/// <param name="Agent">Who acts for the holder; null when he comes himself.</param>
public sealed record ActivateSocial(
    ServiceChannel Channel, UsageOccasion? Occasion, DateTimeOffset OccurredAt, DateOnly? HolderBirthDate, Agent? Agent);
