using Azure.Data.Tables;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The places that guardians have for electronic cards of others: open applications and issued cards count.</summary>
public sealed class ElectronicCardReservations(TableServiceClient tables, AggregateRepository<ElectronicCard> cards) : GuardianReservations(tables, Table)
{
    /// <summary>The table of the places.</summary>
    public const string Table = "ElectronicCardPeople";

    /// <summary>Why a place does not fit beside the others; null where it does.</summary>
    /// <param name="place">The place.</param>
    /// <param name="others">The others that the guardian has.</param>
    /// <param name="limits">How many he may have.</param>
    public static Refusal? FaultOf(GuardianPlace place, IReadOnlyList<GuardianPlace> others, ElectronicCardRelatives limits)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(limits);
        var most = place.Kind == nameof(Wardship.Child) ? limits.Children : limits.Others;
        return place.MemberKey is { } member && others.Any(other => other.MemberKey == member) ? ElectronicCardRefusals.AlreadyApplied
            : others.Count >= limits.Total || others.Count(other => other.Kind == place.Kind) >= most ? ElectronicCardRefusals.LimitReached
            : null;
    }

    /// <inheritdoc/>
    protected override async Task<bool?> IsOverAsync(string id, CancellationToken cancellation) =>
        (await cards.LoadAsync(id, cancellation))?.State.IsOver();
}
