using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>What a holder makes of what the civil registry tells.</summary>
/// <param name="Holder">The holder.</param>
public readonly record struct CivilLife(Holder Holder)
{
    /// <summary>His birth was told: his parents or guardian may have his first card registered.</summary>
    /// <param name="household">Where he is registered.</param>
    /// <param name="guardians">Who may, by their holder ids.</param>
    public Decision<Holder> Begin(Household household, IReadOnlyList<string> guardians)
    {
        ArgumentNullException.ThrowIfNull(household);
        var born = new HolderFact(household.Since, household.ReportedBy);
        return Holder.Born == born ? Decision.Unchanged(Holder)
            : Holder.Born is not null || Holder.Cards.Count > 0 ? HolderRefusals.AlreadyBorn
            : Decision.Changed(
                Holder with
                {
                    Born = born,
                    Household = Holder.Household?.Since > household.Since ? Holder.Household : household,
                    Guardians = guardians,
                },
                new HolderBorn(household.Since, household.RegionCode!, household.ReportedBy),
                new CardClaimOpened(guardians.Count));
    }

    /// <summary>
    /// He has died, or has renounced the nationality: his cards end with it, and none can follow. A death that was revoked and is told
    /// again is noted only; who told or revoked it may tell of the right day, and one of a later day is another.
    /// </summary>
    /// <param name="end">What was told.</param>
    /// <param name="bornOn">His day of birth, where his document tells it.</param>
    public Decision<Holder> End(HolderEnd end, DateOnly? bornOn)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.OccurredOn < bornOn ? HolderRefusals.DeathBeforeBirth
            : Holder.End is not null ? Decision.Unchanged(Holder)
            : end.Reason is StateReason.Deceased && Holder.IsRevoked(end)
                ? Outdated(CivilEventKind.Death, new(end.OccurredOn, end.ReportedBy))
            : Changed(
                Holder with { End = end, Revoked = null, RevokedEnd = null },
                new HolderEnded(end.Reason, end.OccurredOn, end.ReportedBy));
    }

    /// <summary>He had not died: what his death ended comes back, less what time has ended meanwhile.</summary>
    public Decision<Holder> RevokeDeath(HolderFact told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return Holder.End is { Reason: StateReason.Deceased } end
            ? Changed(Holder with { End = null, Revoked = told, RevokedEnd = end }, new HolderRevived(told.OccurredOn, told.ReportedBy))
            : Holder.Revoked is not null ? Decision.Unchanged(Holder)
            : HolderRefusals.NotDeceased;
    }

    /// <summary>He has another name.</summary>
    /// <param name="renamed">The person under the new name.</param>
    /// <param name="told">What was told; an older change that comes after a younger one is noted only.</param>
    public Decision<Holder> Rename(Person renamed, HolderFact told)
    {
        ArgumentNullException.ThrowIfNull(renamed);
        ArgumentNullException.ThrowIfNull(told);
        return Holder.Named == told && !Holder.Person.IsNamedUnlike(renamed) ? Decision.Unchanged(Holder)
            : IsOlder(told, Holder.Named) ? Outdated(CivilEventKind.NameChange, told)
            : Changed(
                Holder with { Person = renamed, Named = told }, new HolderRenamed(told.OccurredOn, told.ReportedBy));
    }

    /// <summary>His number was wrong, or has changed: he is found under the right one from now on.</summary>
    /// <param name="corrected">The person under the right number.</param>
    /// <param name="told">What was told; an older correction that comes after a younger one is noted only.</param>
    public Decision<Holder> Correct(Person corrected, HolderFact told)
    {
        ArgumentNullException.ThrowIfNull(corrected);
        ArgumentNullException.ThrowIfNull(told);
        return corrected.Key == Holder.Person.Key ? Decision.Unchanged(Holder)
            : IsOlder(told, Holder.Corrected) ? Outdated(CivilEventKind.IdCorrection, told)
            : Changed(
                Holder with { Person = corrected, Corrected = told, SharesNumber = true },
                new HolderIdCorrected(told.OccurredOn, told.ReportedBy));
    }

    /// <summary>
    /// His household has moved, or is registered nowhere any more. His cards stay where they were issued. Who has told of a move
    /// wrongly tells of another, whatever its day; of what others tell, an older move that comes after a younger one is noted only.
    /// </summary>
    /// <param name="household">Where it is from now on.</param>
    public Decision<Holder> Move(Household household)
    {
        ArgumentNullException.ThrowIfNull(household);
        var (known, told) = (Holder.Household, new HolderFact(household.Since, household.ReportedBy));
        return known == household ? Decision.Unchanged(Holder)
            : known is not null && IsOlder(told, new(known.Since, known.ReportedBy))
                ? Outdated(household.RegionCode is null ? CivilEventKind.HouseholdCancelled : CivilEventKind.Move, told)
            : Decision.Changed(
                Holder with { Household = household },
                household.RegionCode is { } region
                    ? new HouseholdMoved(known?.RegionCode, region, told.OccurredOn, told.ReportedBy)
                    : new HouseholdCancelled(told.OccurredOn, told.ReportedBy));
    }

    // Who tells of the same once more corrects himself, whatever the day.
    private static bool IsOlder(HolderFact told, HolderFact? known) =>
        told.OccurredOn < known?.OccurredOn && told.ReportedBy != known.ReportedBy;

    private Decision<Holder> Outdated(CivilEventKind kind, HolderFact told) =>
        Decision.Changed(Holder, new CivilEventOutdated(kind, told.OccurredOn, told.ReportedBy));

    private Decision<Holder> Changed(Holder next, DomainEvent happened) =>
        Decision.Changed(next with { Version = Holder.Version + 1 }, happened);
}
