namespace SocialCard.Domain.Rules;

/// <summary>How soon a new card is promised.</summary>
/// <param name="PickUp">To be ready for the holder.</param>
/// <param name="Post">To be handed to the post, or delivered where <paramref name="PostageExcluded"/> is false.</param>
/// <param name="PostageExcluded">The days in the post are not counted.</param>
public sealed record ReissuePromise(
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays)] Period? PickUp,
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays)] Period? Post,
    bool? PostageExcluded) : PolicySection;

/// <summary>New cards: for lost, damaged and expired ones, and the first.</summary>
/// <param name="LossPrecondition">What must come before, for a lost card; for any other, nothing must.</param>
/// <param name="Deliveries">How a new card reaches its holder.</param>
/// <param name="Promise">How soon, where it is not instant.</param>
/// <param name="FeeYuan">Fee in yuan; null where unknown.</param>
/// <param name="Waivers">Who pays none.</param>
/// <param name="UnpaidCancelledAfter">How long an application waits for its fee.</param>
/// <param name="OldCardVoidAt">When the old card is cancelled.</param>
/// <param name="WarnAbovePerMonth">More applications than this in a month put a warning on record; null where no number is known.</param>
/// <param name="UnclaimedReturnedAfter">How long a finished card waits for its holder, a first one too.</param>
/// <param name="UnclaimedCancelledAfter">How long after that it is cancelled.</param>
/// <param name="InPersonOnly">Online one only files a request.</param>
/// <param name="Agent">Whether an agent may apply.</param>
/// <param name="Where">At which point.</param>
/// <param name="BalanceMovedWithin">How soon after the old card's place is taken the medical balance is on the new one.</param>
/// <param name="FirstIssueWithin">How soon a first card is made; for a newborn, after the birth.</param>
/// <param name="ValidityYears">Years that a card is valid.</param>
/// <param name="RenewableBefore">How long before its end it may be renewed.</param>
/// <param name="ValidityEnd">What becomes of a card whose years are over.</param>
/// <param name="ValidityReminderDaysBefore">
/// How many days before their end the holder is reminded, beside the day on which the renewal opens.
/// </param>
/// <param name="PhotoFromAge">From this age, in years, a card needs a photo.</param>
public sealed record ReissuePolicy(
    ReissuePrecondition LossPrecondition,
    IReadOnlyList<CardDelivery> Deliveries,
    ReissuePromise Promise,
    int? FeeYuan,
    IReadOnlyList<FeeWaiver> Waivers,
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays)] Period UnpaidCancelledAfter,
    OldCardVoid OldCardVoidAt,
    int? WarnAbovePerMonth,
    [Units(PeriodUnit.Months)] Period? UnclaimedReturnedAfter,
    [Units(PeriodUnit.Months)] Period? UnclaimedCancelledAfter,
    bool InPersonOnly,
    AgentRule Agent,
    ServicePlace Where,
    [Units(PeriodUnit.Hours, PeriodUnit.WorkingDays)] Period? BalanceMovedWithin,
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays)] Period? FirstIssueWithin,
    int ValidityYears,
    [Units(PeriodUnit.Days, PeriodUnit.Months)] Period RenewableBefore,
    ValidityEnding ValidityEnd,
    IReadOnlyList<int> ValidityReminderDaysBefore,
    int? PhotoFromAge) : PolicySection
{
    /// <summary>Whether the card of somebody needs a photo; null where the region does not say, or his age is not known.</summary>
    /// <param name="birthDate">His day of birth.</param>
    /// <param name="today">The local day.</param>
    public bool? NeedsPhoto(DateOnly? birthDate, DateOnly today) =>
        PhotoFromAge is { } age && birthDate is { } born ? born.AddYears(age) <= today : null;
}
