namespace SocialCard.Domain.Cards;

/// <summary>A new card was applied for.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">How the new card reaches its holder.</param>
/// <param name="Channel">Where it was filed.</param>
/// <param name="BankId">The bank that makes it.</param>
/// <param name="FeeYuan">The fee, in yuan.</param>
/// <param name="PayBy">From when on the fee comes too late.</param>
/// <param name="ByAgent">Whether somebody acted for the holder.</param>
public sealed record ReissueFiled(
    string ReissueId,
    ReissueReason Reason,
    CardDelivery Delivery,
    ServiceChannel Channel,
    string BankId,
    int FeeYuan,
    DateTimeOffset? PayBy,
    bool ByAgent)
    : DomainEvent("reissueFiled");

/// <summary>The holder applies for new cards more often than the region takes for chance.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="Applications">How many within a month, this one included.</param>
/// <param name="Limit">How many the region takes for chance.</param>
public sealed record ReissueFrequencyExceeded(string ReissueId, int Applications, int Limit) : DomainEvent("reissueFrequencyExceeded");

/// <summary>The fee was paid.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="AmountYuan">How much, in yuan.</param>
/// <param name="Receipt">The number of the receipt; null for a payment at the bank.</param>
public sealed record ReissueFeePaid(string ReissueId, int AmountYuan, string? Receipt) : DomainEvent("reissueFeePaid");

/// <summary>The bank took a fee that was not due; it must be given back.</summary>
/// <param name="ReissueId">The reissue that the bank named.</param>
/// <param name="AmountYuan">How much, in yuan.</param>
/// <param name="Code">Why it was not taken.</param>
public sealed record ReissueFeeRefused(string ReissueId, int AmountYuan, string Code) : DomainEvent("reissueFeeRefused");

/// <summary>The new card was ordered from the bank.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Attempt">The how manieth order.</param>
/// <param name="PromisedOn">The last local day on which it may be ready; null where the region promises nothing.</param>
/// <param name="Provisional">Whether working days beyond the published holidays went into that.</param>
public sealed record ProductionOrdered(string ReissueId, string OrderId, int Attempt, DateOnly? PromisedOn, bool Provisional)
    : DomainEvent("productionOrdered");

/// <summary>The bank could not make the card.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="OrderId">The order.</param>
public sealed record ProductionFailed(string ReissueId, string OrderId) : DomainEvent("productionFailed");

/// <summary>The card was ordered as often as it is by itself; operations decide.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="Orders">How many orders failed.</param>
public sealed record ProductionHalted(string ReissueId, int Orders) : DomainEvent("productionHalted");

/// <summary>The card is not ready on the promised day.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="PromisedOn">The promised local day.</param>
/// <param name="WorkingDaysLate">How many working days have passed since.</param>
public sealed record ProductionOverdue(string ReissueId, DateOnly PromisedOn, int WorkingDaysLate) : DomainEvent("productionOverdue");

/// <summary>The bank has made the new card.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="NewCardNumber">The new card.</param>
public sealed record NewCardProduced(string ReissueId, CardNumber NewCardNumber) : DomainEvent("newCardProduced");

/// <summary>A card that the bank says it made cannot be the new one.</summary>
/// <param name="ReissueId">The reissue that the bank named.</param>
/// <param name="NewCardNumber">The number that it named.</param>
/// <param name="Code">Why not.</param>
public sealed record NewCardRefused(string ReissueId, CardNumber NewCardNumber, string Code) : DomainEvent("newCardRefused");

/// <summary>The new card is registered and waits for its holder.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="NewCardNumber">The new card.</param>
/// <param name="ReturnBy">When it goes back to the bank; null where no end is known.</param>
public sealed record NewCardReady(string ReissueId, CardNumber NewCardNumber, DateTimeOffset? ReturnBy) : DomainEvent("newCardReady");

/// <summary>Nobody fetched the new card; it went back to the bank.</summary>
/// <param name="ReissueId">The reissue; null for a first card.</param>
/// <param name="NewCardNumber">The new card.</param>
/// <param name="CancelBy">When it is cancelled; null where no end is known.</param>
public sealed record NewCardReturned(string? ReissueId, CardNumber NewCardNumber, DateTimeOffset? CancelBy)
    : DomainEvent("newCardReturned");

/// <summary>The holder has the new card.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="NewCardNumber">The new card.</param>
/// <param name="ReceivedOn">The local day of receipt.</param>
public sealed record NewCardReceived(string ReissueId, CardNumber NewCardNumber, DateOnly ReceivedOn) : DomainEvent("newCardReceived");

/// <summary>The new card has taken the old one's place.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="NewCardNumber">The new card.</param>
/// <param name="BalanceMovedBy">By when the medical balance is on it; null where the region does not say.</param>
public sealed record ReissueCompleted(string ReissueId, CardNumber NewCardNumber, DateTimeOffset? BalanceMovedBy)
    : DomainEvent("reissueCompleted");

/// <summary>The reissue came to nothing.</summary>
/// <param name="ReissueId">The reissue.</param>
/// <param name="Cause">Why.</param>
public sealed record ReissueCancelled(string ReissueId, ReissueCancellation Cause) : DomainEvent("reissueCancelled");

/// <summary>A card ended for good.</summary>
/// <param name="Reason">Why.</param>
public sealed record CardCancelled(StateReason Reason) : DomainEvent("cancelled");

/// <summary>The card was issued in place of another.</summary>
/// <param name="Replaces">The other card.</param>
/// <param name="ReissueId">By which reissue.</param>
public sealed record ReplacementIssued(CardNumber Replaces, string ReissueId) : DomainEvent("replacementIssued");

/// <summary>A card that replaces another was used at a hospital or pharmacy for the first time.</summary>
/// <param name="OccurredAt">When.</param>
public sealed record ReplacementFirstUsed(DateTimeOffset OccurredAt) : DomainEvent("firstUsed");
