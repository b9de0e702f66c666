namespace SocialCard.Domain.Cards;

/// <summary>The issued card was registered.</summary>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Generation">Its generation.</param>
public sealed record CardRegistered(string RegionCode, string BankId, int Generation) : DomainEvent("registered");

/// <summary>The holder has the card.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
/// <param name="Implied">Whether the receipt was concluded from a first use.</param>
/// <param name="ActivationDeadline">Until when the card must be activated; null where the region sets no limit.</param>
public sealed record CardReceived(DateOnly ReceivedOn, bool Implied, DateTimeOffset? ActivationDeadline) : DomainEvent("received");

/// <summary>The receipt that a first use had implied was registered after all; the running deadline stays.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
public sealed record ReceiptConfirmed(DateOnly ReceivedOn) : DomainEvent("receiptConfirmed");
