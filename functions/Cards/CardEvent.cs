using System.Text.Json.Serialization;

namespace SocialCard.Cards;

/// <summary>
/// Something that happened to a card. The timeline keeps it for ever with the time, who caused it and its details; the
/// details are the public properties of the event and hold no personal data.
/// </summary>
/// <param name="Type">The event's name on the timeline, stable for programs.</param>
public abstract record CardEvent([property: JsonIgnore] string Type);

/// <summary>The issued card was registered.</summary>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Generation">Its generation.</param>
public sealed record CardRegistered(string RegionCode, string BankId, int Generation) : CardEvent("registered");

/// <summary>The holder has the card.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
/// <param name="Implied">Whether the receipt was concluded from a first use.</param>
/// <param name="ActivationDeadline">Until when the card must be activated; null where the region sets no limit.</param>
public sealed record CardReceived(DateOnly ReceivedOn, bool Implied, DateTimeOffset? ActivationDeadline) : CardEvent("received");

/// <summary>The receipt that a first use had implied was registered after all; the running deadline stays.</summary>
/// <param name="ReceivedOn">The local day of receipt.</param>
public sealed record ReceiptConfirmed(DateOnly ReceivedOn) : CardEvent("receiptConfirmed");
