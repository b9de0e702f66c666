namespace SocialCard.Domain.Cards;

/// <summary>The social-security application was enabled.</summary>
/// <param name="Channel">Through which channel; null where the region enables it with the receipt.</param>
/// <param name="Occasion">On which occasion, in a hospital or pharmacy.</param>
/// <param name="OccurredAt">When the holder did it.</param>
/// <param name="Agent">What the one who acted for the holder is to him; null when he came himself.</param>
public sealed record SocialActivated(
    ServiceChannel? Channel, UsageOccasion? Occasion, DateTimeOffset OccurredAt, AgentRelation? Agent) : DomainEvent("socialActivated");

/// <summary>The financial application was activated at the bank.</summary>
/// <param name="OccurredAt">When, as the bank says.</param>
/// <param name="EnablesSocial">Whether the region's rule enabled the social-security application with it.</param>
public sealed record FinancialActivated(DateTimeOffset OccurredAt, bool EnablesSocial) : DomainEvent("financialActivated");

/// <summary>An application that works is heard to have been enabled earlier than was known.</summary>
/// <param name="Application">Which.</param>
/// <param name="OccurredAt">When it was first enabled.</param>
public sealed record EnabledEarlier(CardApplication Application, DateTimeOffset OccurredAt) : DomainEvent("enabledEarlier");

/// <summary>The activation that the region asks for is complete; the clock has stopped.</summary>
/// <param name="OccurredAt">When.</param>
public sealed record ActivationCompleted(DateTimeOffset OccurredAt) : DomainEvent("activated");

/// <summary>The holder was reminded to activate the card.</summary>
/// <param name="DaysBefore">How many days before the deadline.</param>
/// <param name="Deadline">The deadline.</param>
public sealed record ActivationReminded(int DaysBefore, DateTimeOffset Deadline) : DomainEvent("activationReminded");

/// <summary>The card was not activated, and the medical card of before (旧医保卡) is restricted from now on.</summary>
/// <param name="RestrictedAt">Since when.</param>
public sealed record OldCardRestricted(DateTimeOffset RestrictedAt) : DomainEvent("oldCardRestricted");

/// <summary>The card was not activated in time, and the region's rule was applied.</summary>
/// <param name="Deadline">The deadline that passed.</param>
/// <param name="Outcome">What the rule did.</param>
/// <param name="Reason">The reason that the application concerned now shows.</param>
public sealed record ActivationExpired(DateTimeOffset Deadline, MissedActivation Outcome, StateReason? Reason) : DomainEvent(Outcome switch
{
    MissedActivation.SuspendSocial => "suspended",
    MissedActivation.SuspendFinancial => "financialSuspended",
    MissedActivation.Forfeit => "cancelled",
    _ => "activationExpired",
});

/// <summary>A card whose activation had expired works again.</summary>
/// <param name="InTime">
/// True if a report that came late shows that the card had been activated before the deadline; false if it was restored.
/// </param>
public sealed record ExpiryReleased(bool InTime) : DomainEvent("released");

/// <summary>A hospital or pharmacy reported the use of a card that may not be used; nobody was there to be told no.</summary>
/// <param name="Occasion">On which occasion.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Code">Why it may not.</param>
public sealed record UsageRefused(UsageOccasion Occasion, DateTimeOffset OccurredAt, string Code) : DomainEvent("usageRefused");

/// <summary>
/// The bank told something that changes nothing as it stands. It is not forgotten: what is heard of later is judged by it too.
/// </summary>
/// <param name="OccurredAt">When it happened, as the bank says.</param>
public sealed record BankEventNoted(DateTimeOffset OccurredAt) : DomainEvent("bankEventNoted");
