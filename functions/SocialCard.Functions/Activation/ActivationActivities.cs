namespace SocialCard.Functions.Activation;

/// <summary>What the activation workflow does to a card, each step an operation that takes effect once.</summary>
public sealed class ActivationActivities(CommandExecutor<Card> executor)
{
    /// <summary>Reminds the holder.</summary>
    /// <returns>Whether the card still waits for its activation.</returns>
    [Function(nameof(RemindToActivate))]
    public async Task<bool> RemindToActivate([ActivityTrigger] RemindToActivate command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var outcome = await executor.ExecuteAsync(
            command.CardNumber,
            Operation.Of(ActivationOrchestration.InstanceOf(command.CardNumber), $"remind-{command.DaysBefore}", command.At),
            (card, _) => card.Activation.Remind(command.DaysBefore),
            card => new ActivationState(card.ActivatedAt is null && card.Social.State is not SocialState.Cancelled),
            cancellation);
        return outcome.Done().Waits;
    }

    /// <summary>Notes that the medical card of before is restricted, and tells the holder.</summary>
    /// <returns>Whether the card still waits for its activation.</returns>
    [Function(nameof(RestrictOldCard))]
    public async Task<bool> RestrictOldCard([ActivityTrigger] RestrictOldCard command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var outcome = await executor.ExecuteAsync(
            command.CardNumber,
            Operation.Of(ActivationOrchestration.InstanceOf(command.CardNumber), "restrict-old-card", command.At),
            (card, _) => card.Activation.RestrictOldCard(),
            card => new ActivationState(card.ActivatedAt is null && card.Social.State is not SocialState.Cancelled),
            cancellation);
        return outcome.Done().Waits;
    }

    /// <summary>Applies the region's rule to a card that was not activated in time.</summary>
    [Function(nameof(ExpireActivation))]
    public async Task ExpireActivation([ActivityTrigger] ExpireActivation command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var outcome = await executor.ExecuteAsync(
            command.CardNumber,
            Operation.Of(ActivationOrchestration.InstanceOf(command.CardNumber), "expire", command.Deadline),
            (card, now) => card.Activation.Expire(now),
            card => new ActivationState(card.ActivatedAt is null && card.ActivationExpiredAt is null),
            cancellation);
        _ = outcome.Done();
    }

    private sealed record ActivationState(bool Waits);
}
