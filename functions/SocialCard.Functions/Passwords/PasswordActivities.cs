namespace SocialCard.Functions.Passwords;

/// <summary>What the password workflows do to a card, each step an operation that takes effect once.</summary>
public sealed class PasswordActivities(CommandExecutor<Card> executor, RegionPolicies regions)
{
    /// <summary>Applies a change whose moment has come, unless it no longer waits.</summary>
    [Function(nameof(ApplyPasswordChange))]
    public async Task ApplyPasswordChange([ActivityTrigger] PasswordWait wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wait);
        var instance = PasswordChangeOrchestration.InstanceOf(wait.CardNumber, wait.Kind, wait.ChangeId);
        var outcome = await executor.ExecuteAsync(
            wait.CardNumber,
            Operation.Of(instance, "apply", wait.EffectiveAt),
            (card, now) => card.Passwords.ApplyChange(wait.Kind, wait.ChangeId, now),
            card => new Applied(card.Passwords.Of(wait.Kind).ChangedAt),
            cancellation);
        _ = outcome.Done();
    }

    /// <summary>Has the holder asked to change the passwords that still have their initial value.</summary>
    [Function(nameof(NoticeInitialPasswords))]
    public async Task NoticeInitialPasswords([ActivityTrigger] InitialPasswordWait wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wait);
        var outcome = await executor.ExecuteAsync(
            wait.CardNumber,
            Operation.Of(InitialPasswordOrchestration.InstanceOf(wait.CardNumber), "notice", wait.NoticeAt),
            (card, _) => card.Passwords.NoticeInitial(regions.For(card.RegionCode).Passwords),
            card => new Applied(card.ActivatedAt),
            cancellation);
        _ = outcome.Done();
    }

    private sealed record Applied(DateTimeOffset? At);
}
