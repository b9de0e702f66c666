using Microsoft.DurableTask;

namespace SocialCard.Functions.Passwords;

/// <summary>Waits some days after a card was received, then has its holder asked to change an initial password.</summary>
public static class InitialPasswordOrchestration
{
    // Nothing raises it: the card itself knows whether there is anything left to be asked.
    private const string Ended = "InitialPasswordEnded";

    /// <summary>The instance that waits for a card.</summary>
    public static string InstanceOf(string cardNumber) => "initial-password-" + cardNumber;

    /// <summary>Waits, then lets the card decide.</summary>
    [Function(nameof(InitialPasswordOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wait = context.GetInput<InitialPasswordWait>()!;
        return Waiting.ForAsync(context, new("initialPasswordReminder", wait.NoticeAt), Ended, wait, async () =>
        {
            await context.CallActivityAsync(nameof(PasswordActivities.NoticeInitialPasswords), wait, Waiting.Persistently);
            return null;
        });
    }
}

/// <summary>What the workflow waits for.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="NoticeAt">When the holder is asked.</param>
public sealed record InitialPasswordWait(string CardNumber, DateTimeOffset NoticeAt);
