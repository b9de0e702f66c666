using SocialCard.Domain.Cards;
using SocialCard.Domain.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>An event of a person's life, as it is carried out. It holds no personal data.</summary>
/// <param name="OperationId">The same for every delivery of the event; whoever follows it derives the ids of his steps from it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OccurredOn">The local day.</param>
/// <param name="By">The partner that told.</param>
/// <param name="CardNumber">The card by which the person was named.</param>
/// <param name="HolderKey">The person, by the <see cref="Holder.Key"/> under which the event found him.</param>
/// <param name="NewHolderKey">The person's key after the correction of an ID number; null for anything else.</param>
/// <param name="ToRegion">The new region of a move; null for anything else.</param>
public sealed record CivilEvent(
    string OperationId,
    CivilEventKind Kind,
    DateOnly OccurredOn,
    string By,
    CardNumber CardNumber,
    string HolderKey,
    string? NewHolderKey,
    string? ToRegion);

/// <summary>
/// Follows an event of a person's life with what is kept of the person beside the cards. Called after the cards have changed, again
/// for every delivery of the event until all followers have returned; so a step that was made must do no harm when it is made again.
/// </summary>
public interface ICivilEventHandler
{
    /// <summary>Does what follows from the event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Stops the work; the event is delivered again.</param>
    Task HandleAsync(CivilEvent happened, CancellationToken cancellation);
}
