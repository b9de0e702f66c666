using Microsoft.DurableTask;

namespace SocialCard.Functions.Activation;

/// <summary>
/// Waits, from the receipt of a card until it is activated or its deadline has passed: reminds the holder on the way, restricts the
/// medical card of before where the region does, and applies the region's rule at the end. Every decision is the card's, made in the
/// activities.
/// </summary>
public static class ActivationOrchestration
{
    /// <summary>The event that ends the waiting: the card is activated, or has ended.</summary>
    public const string Settled = "ActivationSettled";

    /// <summary>The instance that waits for a card.</summary>
    public static string InstanceOf(string cardNumber) => "activation-" + cardNumber;

    /// <summary>Waits for the next reminder or the deadline, and goes on with the next as a new execution.</summary>
    [Function(nameof(ActivationOrchestration))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var clock = context.GetInput<ActivationClock>()!;
        var reminder = clock.Reminders is [var next, ..] ? next : null;
        return clock.OldCardRestrictedAt is { } restrictedAt && !(reminder?.At <= restrictedAt)
            ? Waiting.ForAsync(context, new("oldCardRestricted", restrictedAt), Settled, clock, () => RestrictOldCardAsync(context, clock))
            : reminder is not null
            ? Waiting.ForAsync(context, new("reminder", reminder.At), Settled, clock, () => RemindAsync(context, clock, reminder))
            : Waiting.ForAsync(context, new("activationDeadline", clock.Deadline), Settled, clock, () => ExpireAsync(context, clock));
    }

    private static async Task<ActivationClock?> RemindAsync(TaskOrchestrationContext context, ActivationClock clock, Reminder reminder)
    {
        var command = new RemindToActivate(clock.CardNumber, reminder.DaysBefore, context.InstanceId, reminder.At);
        var stillWaits = await context.CallActivityAsync<bool>(
            nameof(ActivationActivities.RemindToActivate), command, Waiting.Persistently);
        return stillWaits ? clock with { Reminders = [.. clock.Reminders.Skip(1)] } : null;
    }

    private static async Task<ActivationClock?> RestrictOldCardAsync(TaskOrchestrationContext context, ActivationClock clock)
    {
        var command = new RestrictOldCard(clock.CardNumber, clock.OldCardRestrictedAt!.Value);
        var stillWaits = await context.CallActivityAsync<bool>(
            nameof(ActivationActivities.RestrictOldCard), command, Waiting.Persistently);
        return stillWaits ? clock with { OldCardRestrictedAt = null } : null;
    }

    private static async Task<ActivationClock?> ExpireAsync(TaskOrchestrationContext context, ActivationClock clock)
    {
        var command = new ExpireActivation(clock.CardNumber, clock.Deadline, context.InstanceId);
        await context.CallActivityAsync(nameof(ActivationActivities.ExpireActivation), command, Waiting.Persistently);
        return null;
    }
}

/// <summary>What the workflow waits for.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Deadline">When the card's activation expires.</param>
/// <param name="Reminders">The reminders that are still to come, earliest first.</param>
/// <param name="OldCardRestrictedAt">When the medical card of before is restricted; null where it is not, or is already.</param>
public sealed record ActivationClock(
    string CardNumber,
    DateTimeOffset Deadline,
    IReadOnlyList<Reminder> Reminders,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OldCardRestrictedAt = null);

/// <summary>Input of the activity that restricts the medical card of before.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="At">Since when it is restricted.</param>
public sealed record RestrictOldCard(string CardNumber, DateTimeOffset At);

/// <summary>Input of the activity that reminds.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="DaysBefore">How many days before the deadline.</param>
/// <param name="InstanceId">The workflow, for the operation's id.</param>
/// <param name="At">When the reminder is due.</param>
public sealed record RemindToActivate(string CardNumber, int DaysBefore, string InstanceId, DateTimeOffset At = default);

/// <summary>Input of the activity that applies the region's rule.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Deadline">The deadline that has passed.</param>
/// <param name="InstanceId">The workflow, for the operation's id.</param>
public sealed record ExpireActivation(string CardNumber, DateTimeOffset Deadline, string InstanceId);
