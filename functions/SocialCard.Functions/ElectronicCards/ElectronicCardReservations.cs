using Azure.Data.Tables;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Guardians;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// What guardians have reserved of the electronic cards of others that they may have: open applications and issued cards count.
/// </summary>
public sealed class ElectronicCardReservations(TableServiceClient tables, AggregateRepository<ElectronicCard> cards)
    : GuardianReservations(tables, Table)
{
    /// <summary>The table of the reservations.</summary>
    public const string Table = "ElectronicCardPeople";

    /// <summary>Why a reservation does not fit beside the others; null where it does.</summary>
    /// <param name="wanted">The reservation.</param>
    /// <param name="others">The others that the guardian has.</param>
    /// <param name="limits">How many he may have.</param>
    public static Refusal? FaultOf(GuardianReservation wanted, IReadOnlyList<GuardianReservation> others, ElectronicCardRelatives limits)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(limits);
        var most = wanted.Kind == nameof(Wardship.Child) ? limits.Children : limits.Others;
        return wanted.MemberKey is { } member && others.Any(other => other.MemberKey == member) ? ElectronicCardRefusals.AlreadyApplied
            : others.Count >= limits.Total || others.Count(other => other.Kind == wanted.Kind) >= most ? ElectronicCardRefusals.LimitReached
            : null;
    }

    /// <summary>Makes an application's reservation, or gives it another member; doing it twice does no harm.</summary>
    /// <param name="guardianKey">The guardian, by his holder id.</param>
    /// <param name="wanted">What is to be reserved.</param>
    /// <param name="limits">How many he may have.</param>
    /// <param name="cancellation">Stops before it is made.</param>
    public Task<Refusal?> ReserveAsync(
        string guardianKey, GuardianReservation wanted, ElectronicCardRelatives limits, CancellationToken cancellation) =>
        ReserveAsync(guardianKey, wanted, others => FaultOf(wanted, others, limits), cancellation);

    /// <inheritdoc/>
    protected override async Task<bool?> IsOverAsync(string id, CancellationToken cancellation) =>
        (await cards.LoadAsync(id, cancellation))?.State.IsOver();
}
