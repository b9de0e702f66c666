namespace SocialCard.Domain.Escalations;

/// <summary>A case was opened.</summary>
/// <param name="Kind">What is the matter.</param>
public sealed record EscalationOpened(EscalationKind Kind) : DomainEvent("escalationOpened");

/// <summary>It was raised again.</summary>
/// <param name="Times">How often by then.</param>
public sealed record EscalationRaised(int Times) : DomainEvent("escalationRaised");

/// <summary>It was raised again after it was closed.</summary>
/// <param name="Times">How often by then.</param>
public sealed record EscalationReopened(int Times) : DomainEvent("escalationReopened");

/// <summary>Somebody has taken it.</summary>
public sealed record EscalationTaken() : DomainEvent("escalationTaken");

/// <summary>Somebody has closed it.</summary>
/// <param name="Reason">Why.</param>
public sealed record EscalationClosed(Reason Reason) : DomainEvent("escalationClosed");
