namespace SocialCard.Domain.Cards;

/// <summary>What bridges the wait for a new card.</summary>
public enum TemporaryCardKind
{
    /// <summary>A card with the social-security application only (临时卡).</summary>
    Card,

    /// <summary>A paper for medical treatment that takes its place (领卡证明).</summary>
    PickUpCertificate,
}

/// <summary>Why a temporary card is over.</summary>
public enum TemporaryCardEnd
{
    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>The holder has the new card.</summary>
    NewCardReceived,

    /// <summary>The reissue came to nothing.</summary>
    ReissueCancelled,

    /// <summary>It is lost itself.</summary>
    Lost,

    /// <summary>The holder gave it back.</summary>
    Returned,

    /// <summary>The holder died, or renounced the nationality.</summary>
    HolderEnded,
}

/// <summary>
/// A temporary card or pick-up certificate: good for the social-security side only, and only while a reissue runs.
/// </summary>
/// <param name="TemporaryCardId">Its number: a <see cref="Cards.TemporaryCardId"/>.</param>
/// <param name="Kind">Card or certificate.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ValidUntil">When its last day is over; null if it is valid until the new card is there.</param>
/// <param name="LongestUntil">When the last day is over to which it can be extended; null where no end is known.</param>
/// <param name="Validity">How long an extension adds; null where the region gives all of it at once.</param>
/// <param name="ExtensionChannels">Where it is extended.</param>
/// <param name="DepositYuan">The deposit in yuan, paid back on return; null where none is known.</param>
/// <param name="LocalOnly">Whether it is not valid outside the region; null where unknown.</param>
/// <param name="End">Why it is over; null while it is not.</param>
/// <param name="EndedAt">Since when; null while it is not, and where that was not noted.</param>
public sealed record TemporaryCard(
    string TemporaryCardId,
    TemporaryCardKind Kind,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? LongestUntil,
    Period? Validity,
    IReadOnlyList<ServiceChannel> ExtensionChannels,
    int? DepositYuan,
    bool? LocalOnly,
    TemporaryCardEnd? End = null,
    DateTimeOffset? EndedAt = null)
{
    // Where a region has temporary cards but no channel for their extension is known.
    private static readonly IReadOnlyList<ServiceChannel> AtTheWindow = [ServiceChannel.ServiceWindow];

    /// <summary>A temporary card under a policy.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="policy">The region's rule.</param>
    /// <param name="longestUntil">The end that an earlier one for the same reissue leaves; null if there was none.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public static TemporaryCard Of(
        string id, TemporaryCardPolicy policy, DateTimeOffset? longestUntil, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var isCard = policy.Offered is true;
        longestUntil ??= policy.Maximum is { } maximum ? LastDay.EndOf(maximum, now, calendar) : null;
        DateTimeOffset? until = policy.Validity is { } validity ? LastDay.EndOf(validity, now, calendar) : null;
        return new(
            id,
            isCard ? TemporaryCardKind.Card : TemporaryCardKind.PickUpCertificate,
            now,
            Earlier(until, longestUntil),
            longestUntil,
            policy.Validity,
            policy.ExtensionChannels ?? AtTheWindow,
            isCard ? policy.DepositYuan : null,
            policy.LocalOnly);
    }

    /// <summary>Whether it could be used at a time.</summary>
    public bool WasValidAt(DateTimeOffset at) =>
        IssuedAt <= at + ToldInstant.Tolerance && !(ValidUntil <= at) && (End is null || at < EndedAt);

    /// <summary>The card with an extension, counted from the end of what it has; the same if it cannot be extended.</summary>
    public TemporaryCard Extended(WorkingCalendar calendar) =>
        ValidUntil is { } until && Validity is { } validity
            ? this with { ValidUntil = Earlier(LastDay.EndOf(validity, until.AddTicks(-1), calendar), LongestUntil) }
            : this;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

/// <summary>A temporary card, as the API shows it.</summary>
/// <param name="TemporaryCardId">Its number.</param>
/// <param name="Kind">Card or certificate.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ValidUntil">When its last day is over; null if it is valid until the new card is there.</param>
/// <param name="LongestUntil">When the last day is over to which it can be extended.</param>
/// <param name="DepositYuan">The deposit in yuan.</param>
/// <param name="LocalOnly">Whether it is not valid outside the region.</param>
/// <param name="End">Why it is over; null while it is valid.</param>
/// <example>
/// {
///   "temporaryCardId": "T00000711-7be0c378523cef83", "kind": "card", "issuedAt": "2026-11-24T14:50:59Z",
///   "validUntil": "2027-02-24T16:00:00Z", "longestUntil": "2027-02-24T16:00:00Z", "depositYuan": 25, "localOnly": null,
///   "end": null
/// }
/// </example>
public sealed record TemporaryCardView(
    string TemporaryCardId,
    TemporaryCardKind Kind,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? LongestUntil,
    int? DepositYuan,
    bool? LocalOnly,
    TemporaryCardEnd? End)
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "temporary-card";

    /// <summary>The view of a temporary card.</summary>
    public static TemporaryCardView Of(TemporaryCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(
            card.TemporaryCardId, card.Kind, card.IssuedAt, card.ValidUntil, card.LongestUntil, card.DepositYuan, card.LocalOnly, card.End);
    }

    internal ResourceDocument ToDocument() => ResourceDocument.Of(Document, TemporaryCardId, this);
}

/// <summary>A temporary card was issued.</summary>
/// <param name="TemporaryCardId">Its number.</param>
/// <param name="Kind">Card or certificate.</param>
/// <param name="ValidUntil">When its last day is over.</param>
/// <param name="DepositYuan">The deposit in yuan.</param>
public sealed record TemporaryCardIssued(string TemporaryCardId, TemporaryCardKind Kind, DateTimeOffset? ValidUntil, int? DepositYuan)
    : DomainEvent("temporaryCardIssued");

/// <summary>A temporary card is valid for longer.</summary>
/// <param name="TemporaryCardId">Its number.</param>
/// <param name="ValidUntil">When its last day is over now.</param>
public sealed record TemporaryCardExtended(string TemporaryCardId, DateTimeOffset ValidUntil) : DomainEvent("temporaryCardExtended");

/// <summary>A temporary card is over.</summary>
/// <param name="TemporaryCardId">Its number.</param>
/// <param name="End">Why.</param>
public sealed record TemporaryCardEnded(string TemporaryCardId, TemporaryCardEnd End) : DomainEvent("temporaryCardEnded");
