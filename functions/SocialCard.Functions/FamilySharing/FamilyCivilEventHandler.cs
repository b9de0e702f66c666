using SocialCard.Domain.Holders;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.Holders;

namespace SocialCard.Functions.FamilySharing;

/// <summary>
/// Whoever gives knows a receiver by his corrected ID number. Deaths and new cards reach a family through the cards themselves.
/// </summary>
public sealed class FamilyCivilEventHandler(CommandExecutor<Card> executor, HolderCards cards) : ICivilEventHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Kind is not CivilEventKind.IdCorrection)
        {
            return;
        }

        await foreach (var receiver in cards.ReadAsync(happened.Holder, cancellation))
        {
            foreach (var giver in receiver.Family.Givers)
            {
                await executor.ExecuteAsync(
                    giver.GiverCard.Value,
                    Operation.Of($"civil-event-{happened.OperationId}", "family-" + giver.MemberId),
                    (card, _) => card.FamilySharing.Giving.Correct(giver.MemberId, receiver.Holder),
                    card => new Followed(card.Status),
                    cancellation);
            }
        }
    }

    private sealed record Followed(CardStatus Status);
}
