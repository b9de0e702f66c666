namespace SocialCard.Domain.Rules;

/// <summary>Sharing the money of an employee's medical account with relatives. The card itself is never lent.</summary>
/// <param name="Relations">With whom.</param>
/// <param name="MaxReceivers">With how many; null where unknown.</param>
/// <param name="GiversPerReceiver">From how many one may receive; null where unknown.</param>
/// <param name="KeepYuan">Balance that stays with the giver, in yuan; null where unknown.</param>
/// <param name="YearlyCapYuan">Most that is shared in a year, in yuan; null where unknown.</param>
/// <param name="Balance">Which money.</param>
/// <param name="Area">Where both must be insured.</param>
/// <param name="ChangesPerYear">Changes of the relatives in a calendar year; null where unknown.</param>
/// <param name="Review">How long an application takes; 0 where it is effective at once, null where unknown, which nobody waits for.</param>
/// <param name="ConsentWithin">How long a receiver who is of age has to consent.</param>
/// <param name="Channels">Where it is made.</param>
/// <param name="MedicalCodeGuardianBelowAge">
/// Below this age, in years, a guardian links a child's medical code without the child's face.
/// </param>
/// <param name="MedicalCodeMaxLinked">Relatives' medical codes on one account; null where unknown.</param>
public sealed record FamilySharingPolicy(
    IReadOnlyList<Relation> Relations,
    int? MaxReceivers,
    int? GiversPerReceiver,
    int? KeepYuan,
    int? YearlyCapYuan,
    SharedBalance Balance,
    SharingArea Area,
    int? ChangesPerYear,
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays)] Period? Review,
    [Units(PeriodUnit.Days, PeriodUnit.WorkingDays, PeriodUnit.NoLimit)] Period ConsentWithin,
    IReadOnlyList<ServiceChannel> Channels,
    int MedicalCodeGuardianBelowAge,
    int? MedicalCodeMaxLinked) : PolicySection;
