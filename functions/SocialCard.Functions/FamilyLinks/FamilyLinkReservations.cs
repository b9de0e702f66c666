using Azure.Data.Tables;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.Guardians;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>What accounts have reserved for linked relatives.</summary>
public sealed class FamilyLinkReservations(TableServiceClient tables, AggregateRepository<FamilyLink> links)
    : GuardianReservations(tables, Table)
{
    /// <summary>The table of the reservations.</summary>
    public const string Table = "FamilyLinkPeople";

    /// <summary>Why a reservation does not fit beside the others; null where it does.</summary>
    /// <param name="wanted">The reservation.</param>
    /// <param name="others">The others that the guardian has.</param>
    /// <param name="most">How many he may have; null where unknown.</param>
    public static Refusal? FaultOf(GuardianReservation wanted, IReadOnlyList<GuardianReservation> others, int? most)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(others);
        return others.Any(other => other.MemberKey == wanted.MemberKey) ? FamilyLinkRefusals.AlreadyLinked
            : wanted.Kind == nameof(Relation.Spouse) && others.Any(other => other.Kind == wanted.Kind) ? Refusal.SpouseExists
            : others.Count >= most ? FamilyLinkRefusals.LimitReached
            : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool?> IsOverAsync(string id, CancellationToken cancellation) =>
        (await links.LoadAsync(id, cancellation)) is { State.End: var end } ? end is not null : null;
}
