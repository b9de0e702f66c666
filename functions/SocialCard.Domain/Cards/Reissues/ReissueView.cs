namespace SocialCard.Domain.Cards;

/// <summary>A reissue, as the API shows it.</summary>
/// <param name="ReissueId">Its id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Delivery">How the new card reaches its holder.</param>
/// <param name="BankId">The bank that makes it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="FeeYuan">The fee, in yuan; 0 where none is due.</param>
/// <param name="FeeWaived">Whether the fee was waived.</param>
/// <param name="PayBy">From when on the fee comes too late.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="Orders">How often the card was ordered.</param>
/// <param name="AwaitsOperations">Whether operations must decide about another order.</param>
/// <param name="PromisedOn">The last local day on which the card may be ready.</param>
/// <param name="Provisional">Whether working days of a year whose holidays are not published yet went into that.</param>
/// <param name="NewCardNumber">The new card, once it is produced.</param>
/// <param name="ReadyAt">When the new card was ready.</param>
/// <param name="ReturnBy">When an unclaimed card goes back to the bank.</param>
/// <param name="CancelBy">When a returned card is cancelled.</param>
/// <param name="OldCardVoidAt">When the old card ends.</param>
/// <param name="PostageExcluded">
/// Whether the days in the post come on top of the promised day; null where that is not known, or where nothing is posted.
/// </param>
/// <param name="BalanceMovedBy">
/// By when the medical balance is on the new card, once that has taken the old one's place; null where the region does not say.
/// </param>
/// <param name="PhotoNeeded">Whether the new card needs a photo of its holder; null where the region does not say.</param>
/// <example>
/// {
///   "reissueId": "T00000711-a2e20fe8e4a85323", "reason": "damaged", "delivery": "pickUp", "bankId": "bank-icbc",
///   "state": "awaitingPayment", "filedAt": "2026-11-24T14:51:11Z", "feeYuan": 15, "feeWaived": false,
///   "payBy": "2026-12-24T16:00:00Z", "paidAt": null, "orders": 0, "awaitsOperations": false, "promisedOn": null,
///   "provisional": false, "newCardNumber": null, "readyAt": null, "returnBy": null, "cancelBy": null,
///   "oldCardVoidAt": "newCardEnabled", "postageExcluded": null, "balanceMovedBy": null, "photoNeeded": null
/// }
/// </example>
public sealed record ReissueView(
    string ReissueId,
    ReissueReason Reason,
    CardDelivery Delivery,
    string BankId,
    ReissueState State,
    DateTimeOffset FiledAt,
    int FeeYuan,
    bool FeeWaived,
    DateTimeOffset? PayBy,
    DateTimeOffset? PaidAt,
    int Orders,
    bool AwaitsOperations,
    DateOnly? PromisedOn,
    bool Provisional,
    CardNumber? NewCardNumber,
    DateTimeOffset? ReadyAt,
    DateTimeOffset? ReturnBy,
    DateTimeOffset? CancelBy,
    OldCardVoid OldCardVoidAt,
    bool? PostageExcluded = null,
    DateTimeOffset? BalanceMovedBy = null,
    bool? PhotoNeeded = null) : CardAnswer
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "reissue";

    /// <summary>The view of a reissue.</summary>
    public static ReissueView Of(Reissue reissue)
    {
        ArgumentNullException.ThrowIfNull(reissue);
        return new(
            reissue.ReissueId,
            reissue.Reason,
            reissue.Delivery,
            reissue.BankId,
            reissue.State,
            reissue.FiledAt,
            reissue.FeeYuan,
            reissue.FeeWaived,
            reissue.PayBy,
            reissue.PaidAt,
            reissue.Orders,
            reissue.AwaitsOperations,
            reissue.PromisedOn,
            reissue.Provisional,
            reissue.NewCardNumber,
            reissue.ReadyAt,
            reissue.ReturnBy,
            reissue.CancelBy,
            reissue.Terms.OldCardVoidAt,
            reissue.Terms.PostageExcluded,
            reissue.BalanceMovedBy,
            reissue.PhotoNeeded);
    }

    internal ResourceDocument ToDocument() => ResourceDocument.Of(Document, ReissueId, this);
}
