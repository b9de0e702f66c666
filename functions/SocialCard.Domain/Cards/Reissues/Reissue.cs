namespace SocialCard.Domain.Cards;

/// <summary>Why a new card is asked for.</summary>
public enum ReissueReason
{
    /// <summary>The card is lost (补领).</summary>
    Lost,

    /// <summary>The card was stolen.</summary>
    Stolen,

    /// <summary>The card is damaged (换领).</summary>
    Damaged,

    /// <summary>Somebody else knows its password.</summary>
    PasswordLeaked,

    /// <summary>Its years are over, or nearly.</summary>
    Expired,

    /// <summary>What is printed on it has changed.</summary>
    DataChanged,

    /// <summary>The holder wants another partner bank.</summary>
    BankChanged,
}

/// <summary>Where a reissue stands.</summary>
public enum ReissueState
{
    /// <summary>The fee is due.</summary>
    AwaitingPayment,

    /// <summary>The bank has the order.</summary>
    InProduction,

    /// <summary>The new card waits for its holder, or is in the post.</summary>
    Ready,

    /// <summary>The holder did not fetch it; it lies at the bank, where he still can.</summary>
    Returned,

    /// <summary>The holder has the new card; the old one waits for the region's moment to end.</summary>
    Received,

    /// <summary>The new card has taken the place of the old one.</summary>
    Completed,

    /// <summary>It came to nothing.</summary>
    Cancelled,
}

/// <summary>Why a reissue came to nothing.</summary>
public enum ReissueCancellation
{
    /// <summary>Cancelled on request.</summary>
    Requested,

    /// <summary>The fee was not paid in time.</summary>
    Unpaid,

    /// <summary>Nobody fetched the new card.</summary>
    Unclaimed,

    /// <summary>The holder died, or renounced the nationality.</summary>
    HolderEnded,

    /// <summary>The holder has moved to another province and has a card there.</summary>
    HolderMoved,
}

/// <summary>
/// The application for a new card, kept by the old card, which owns it: fee, production, and the old card's own end are
/// decided there. The new card owns its receipt, activation and use, and the old one follows what it says.
/// </summary>
public sealed record Reissue
{
    /// <summary>After so many orders, operations decide whether there is another.</summary>
    public const int MaxOrders = 3;

    // People read a mail at nine.
    private static readonly TimeOnly EscalationTime = new(9, 0);

    /// <summary>Its <see cref="Cards.ReissueId"/>.</summary>
    public required string ReissueId { get; init; }

    /// <summary>Why.</summary>
    public required ReissueReason Reason { get; init; }

    /// <summary>How the new card reaches its holder.</summary>
    public required CardDelivery Delivery { get; init; }

    /// <summary>The partner bank that makes the new card.</summary>
    public required string BankId { get; init; }

    /// <summary>When it was filed.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>The region's rule as it was then.</summary>
    public required ReissueTerms Terms { get; init; }

    /// <summary>Where it stands.</summary>
    public ReissueState State { get; init; }

    /// <summary>The fee in yuan; 0 where none is due, or where the region's is not known and its points collect it themselves.</summary>
    public int FeeYuan { get; init; }

    /// <summary>Whether the fee was waived; not why, which is nobody's business.</summary>
    public bool FeeWaived { get; init; }

    /// <summary>From when on the fee comes too late; null where none is due.</summary>
    public DateTimeOffset? PayBy { get; init; }

    /// <summary>When the fee was paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>How often the card was ordered.</summary>
    public int Orders { get; init; }

    /// <summary>When it was ordered last; null until it was, and where that was not noted.</summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>How many of the orders went to a bank that another has taken over since; they do not count against the other.</summary>
    public int OrdersElsewhere { get; init; }

    /// <summary>Whether operations must decide about another order.</summary>
    public bool AwaitsOperations { get; init; }

    /// <summary>Since when, or when last, operations had to decide about another order.</summary>
    public DateTimeOffset? HaltedAt { get; init; }

    /// <summary>The last local day on which the card may be ready; null where the region promises nothing.</summary>
    public DateOnly? PromisedOn { get; init; }

    /// <summary>Whether working days of a year whose holidays are not published yet went into <see cref="PromisedOn"/>.</summary>
    public bool Provisional { get; init; }

    /// <summary>How many working days of delay operations have been told of.</summary>
    public int Escalations { get; init; }

    /// <summary>The new card; null until it is produced.</summary>
    public CardNumber? NewCardNumber { get; init; }

    /// <summary>When the new card was ready.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When an unclaimed card goes back to the bank.</summary>
    public DateTimeOffset? ReturnBy { get; init; }

    /// <summary>When a returned card is cancelled.</summary>
    public DateTimeOffset? CancelBy { get; init; }

    /// <summary>By when the medical balance is on the new card, once that has taken the old one's place; null where nobody says.</summary>
    public DateTimeOffset? BalanceMovedBy { get; init; }

    /// <summary>Whether the new card needs a photo of its holder; null where the region does not say from what age on.</summary>
    public bool? PhotoNeeded { get; init; }

    /// <summary>Whether it is still under way.</summary>
    [JsonIgnore]
    public bool IsLive => State is not (ReissueState.Completed or ReissueState.Cancelled);

    /// <summary>The current order: the same for every delivery of it, another for a repeated production.</summary>
    [JsonIgnore]
    public string OrderId => OrderIdOf(Orders);

    /// <summary>Whether the bank was making the card for an order at a time.</summary>
    /// <param name="orderId">The order; null for whichever was under way then.</param>
    /// <param name="at">The time, by the bank's clock.</param>
    internal bool IsInProductionOf(string? orderId, DateTimeOffset at) =>
        this is { State: ReissueState.InProduction, NewCardNumber: null, AwaitsOperations: false }
        && (orderId is null ? !(at < OrderedAt - ToldInstant.Tolerance) : orderId == OrderId);

    /// <summary>Whether the fee was not paid in time.</summary>
    public bool IsUnpaidAt(DateTimeOffset now) => State is ReissueState.AwaitingPayment && PayBy <= now;

    /// <summary>When something falls due by itself; null where only an event moves it.</summary>
    public DateTimeOffset? NextMoment(WorkingCalendar calendar) => State switch
    {
        ReissueState.AwaitingPayment => PayBy,
        ReissueState.InProduction => EscalationAt(Escalations + 1, calendar),
        ReissueState.Ready => ReturnBy,
        ReissueState.Returned => CancelBy,
        _ => null,
    };

    /// <summary>How many working days of delay there are to tell of at a time.</summary>
    public int WorkingDaysLate(DateTimeOffset asOf, WorkingCalendar calendar)
    {
        var late = Escalations;
        while (EscalationAt(late + 1, calendar) <= asOf)
        {
            late++;
        }

        return late;
    }

    internal string OrderIdOf(int order) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ReissueId}-{order}");

    private DateTimeOffset? EscalationAt(int workingDay, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return PromisedOn is { } promised ? ChinaTime.At(calendar.AddWorkingDays(promised, workingDay).Date, EscalationTime) : null;
    }
}

/// <summary>The rule of a region as it was when a reissue was filed; a later change of the policy does not move it.</summary>
/// <param name="Promise">How soon the card is to be ready; null where the region promises nothing.</param>
/// <param name="OldCardVoidAt">When the old card is cancelled.</param>
/// <param name="UnclaimedReturnedAfter">How long the new card waits for its holder; null where no end is known.</param>
/// <param name="UnclaimedCancelledAfter">How long after that it is cancelled; null where no end is known.</param>
/// <param name="PostageExcluded">
/// Whether the days in the post come on top of the promise; null where unknown, or where nothing is posted.
/// </param>
/// <param name="BalanceMovedWithin">How soon the medical balance is on the new card; null where unknown.</param>
public sealed record ReissueTerms(
    Period? Promise,
    OldCardVoid OldCardVoidAt,
    Period? UnclaimedReturnedAfter,
    Period? UnclaimedCancelledAfter,
    bool? PostageExcluded = null,
    Period? BalanceMovedWithin = null)
{
    /// <summary>The terms of a reissue under a policy.</summary>
    public static ReissueTerms Of(ReissuePolicy policy, CardDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var promise = delivery switch
        {
            CardDelivery.Instant => new Period(0, PeriodUnit.Days),
            CardDelivery.Post => policy.Promise.Post ?? policy.Promise.PickUp,
            _ => policy.Promise.PickUp,
        };
        return new(
            promise,
            policy.OldCardVoidAt,
            policy.UnclaimedReturnedAfter,
            policy.UnclaimedCancelledAfter,
            delivery is CardDelivery.Post ? policy.Promise.PostageExcluded : null,
            policy.BalanceMovedWithin);
    }
}
