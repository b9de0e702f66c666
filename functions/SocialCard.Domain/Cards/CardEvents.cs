namespace SocialCard.Domain.Cards;

/// <summary>The issued card was registered.</summary>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Generation">Its generation.</param>
public sealed record CardRegistered(string RegionCode, string BankId, int Generation) : DomainEvent("registered");

/// <summary>The bank sent an event under the id of another one that it had told before, with other data; it was not taken.</summary>
/// <param name="EventId">The service's name for the event that was told before.</param>
/// <param name="EventType">The type of what came.</param>
public sealed record BankEventContradicted(string EventId, string EventType) : DomainEvent("bankEventContradicted");

/// <summary>The holder has the card.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
/// <param name="Implied">Whether the receipt was concluded from a first use.</param>
/// <param name="ActivationDeadline">Until when the card must be activated; null where the region sets no limit.</param>
public sealed record CardReceived(DateOnly ReceivedOn, bool Implied, DateTimeOffset? ActivationDeadline) : DomainEvent("received");

/// <summary>The receipt that a first use had implied was registered after all; the running deadline stays.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
public sealed record ReceiptConfirmed(DateOnly ReceivedOn) : DomainEvent("receiptConfirmed");
