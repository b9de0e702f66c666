using Microsoft.DurableTask;

namespace SocialCard.Functions.Passwords;

/// <summary>
/// Waits for the moment from which a new password counts. Each change has a workflow of its own, so that a newer change
/// never has to catch up with the end of an older one's.
/// </summary>
public static class PasswordChangeOrchestration
{
    /// <summary>The event that ends the waiting: the change was superseded, cancelled or dropped.</summary>
    public const string Ended = "PasswordChangeEnded";

    /// <summary>The instance that waits for a change.</summary>
    public static string InstanceOf(string cardNumber, PasswordKind kind, string changeId) =>
        $"password-{cardNumber}-{SocialCardJson.NameOf<PasswordKind>(kind)}-{changeId}";

    /// <summary>Waits, then lets the card apply the change.</summary>
    [Function(nameof(PasswordChangeOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wait = context.GetInput<PasswordWait>()!;
        return Waiting.ForAsync(context, new("passwordWindow", wait.EffectiveAt), Ended, wait, async () =>
        {
            await context.CallActivityAsync(nameof(PasswordActivities.ApplyPasswordChange), wait, Waiting.Persistently);
            return null;
        });
    }
}

/// <summary>What the workflow waits for; it holds nothing of the passwords.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Kind">Which password.</param>
/// <param name="ChangeId">The change.</param>
/// <param name="EffectiveAt">From when on the new password counts.</param>
public sealed record PasswordWait(string CardNumber, PasswordKind Kind, string ChangeId, DateTimeOffset EffectiveAt);
