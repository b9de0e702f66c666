using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;

namespace SocialCard.Functions.FamilySharing;

/// <summary>
/// Whoever gives knows a receiver by his corrected ID number. Deaths and new cards reach a family through the cards themselves.
/// </summary>
public sealed class FamilyCivilEventHandler(CommandExecutor<Card> executor, CardRepository cards) : ICivilEventHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.NewHolderKey is not { } corrected)
        {
            return;
        }

        await foreach (var receiver in cards.ReadOfHolderAsync(corrected, cancellation))
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
