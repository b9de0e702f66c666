namespace SocialCard.Domain.Operations;

/// <summary>A message that could not be processed was sent back to its queue.</summary>
/// <param name="MessageId">The message, as the storage names it.</param>
public sealed record PoisonMessageReturned(string MessageId) : DomainEvent("poisonMessageReturned");

/// <summary>All messages that could not be processed were sent back to their queue.</summary>
/// <param name="Messages">How many there were, as far as the storage knew.</param>
public sealed record PoisonMessagesReturned(int Messages) : DomainEvent("poisonMessagesReturned");

/// <summary>A message that could not be processed was thrown away.</summary>
/// <param name="MessageId">The message, as the storage names it.</param>
/// <param name="Reason">Why.</param>
public sealed record PoisonMessageDiscarded(string MessageId, Reason Reason) : DomainEvent("poisonMessageDiscarded");
