namespace SocialCard.Domain.Cards;

/// <summary>A new card is applied for.</summary>
/// <param name="ReissueId">The id that the reissue will have.</param>
/// <param name="ReportId">The id of the formal loss report that the application takes where the region has both in one visit.</param>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">How the new card is to reach its holder.</param>
/// <param name="Channel">Where.</param>
/// <param name="By">The partner that takes the application.</param>
/// <param name="HolderBirthDate">The holder's day of birth; null if it is not known.</param>
/// <param name="BankId">The bank that is to make the new card; null for the bank of the old one.</param>
/// <param name="Waiver">Why no fee is due, as the bureau attests.</param>
/// <param name="Agent">Who acts for the holder; null when he comes himself.</param>
public sealed record FileReissue(
    string ReissueId,
    string ReportId,
    ReissueReason Reason,
    CardDelivery Delivery,
    ServiceChannel Channel,
    string By,
    DateOnly? HolderBirthDate,
    string? BankId = null,
    FeeWaiver? Waiver = null,
    Agent? Agent = null);
