using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

/// <summary>Where family sharing is asked for.</summary>
public enum FamilyChannel
{
    /// <summary>The bureau's web site or app.</summary>
    Website,

    /// <summary>The WeChat mini program.</summary>
    WeChat,

    /// <summary>A service window, where both cards are swiped.</summary>
    ServiceWindow,

    /// <summary>The insurance office of a hospital, where both are present.</summary>
    HospitalOffice,
}

/// <summary>Where a member of a family stands.</summary>
public enum FamilyMemberState
{
    /// <summary>Asked for; the receiver's card has not answered yet.</summary>
    Requested,

    /// <summary>The receiver is of age and must consent.</summary>
    AwaitingConsent,

    /// <summary>The region takes its time.</summary>
    UnderReview,

    /// <summary>The giver's money pays the receiver's costs.</summary>
    Active,

    /// <summary>It would, but one of the two cards is suspended or not in use yet.</summary>
    Suspended,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>Why a member of a family is none any more.</summary>
public enum FamilyEnd
{
    /// <summary>The receiver's card refused: it has a giver, or is not active.</summary>
    Refused,

    /// <summary>The receiver did not consent in time.</summary>
    Lapsed,

    /// <summary>The giver withdrew it.</summary>
    Removed,

    /// <summary>The giver's card ended.</summary>
    GiverCancelled,

    /// <summary>The giver died.</summary>
    GiverDeceased,

    /// <summary>The receiver's card ended.</summary>
    ReceiverCancelled,

    /// <summary>The receiver died.</summary>
    ReceiverDeceased,

    /// <summary>The giver's new card has taken it over under the same id.</summary>
    CarriedOver,
}

/// <summary>A relative whose costs the money of a card's account pays (家庭共济); kept by the giver's card.</summary>
public sealed record FamilyMember
{
    /// <summary>Its id, the same for every repetition of the request and on every card that takes it over.</summary>
    public required string MemberId { get; init; }

    /// <summary>What the receiver is to the giver.</summary>
    public required Relation Relation { get; init; }

    /// <summary>Where it was asked for.</summary>
    public required FamilyChannel Channel { get; init; }

    /// <summary>The receiver, as <see cref="Holder.Key"/> names him.</summary>
    public required string ReceiverKey { get; init; }

    /// <summary>The receiver's ID number with all but its last four characters hidden.</summary>
    public required string ReceiverIdNumber { get; init; }

    /// <summary>The receiver's card; a reissue moves it.</summary>
    public required CardNumber ReceiverCard { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>How long the receiver has to consent, as it was at the request; null where no consent is needed.</summary>
    public Period? ConsentWithin { get; init; }

    /// <summary>How long the review takes, as it was at the request; null for none.</summary>
    public Period? Review { get; init; }

    /// <summary>Where it stands, apart from the suspension of a card.</summary>
    public FamilyMemberState State { get; init; }

    /// <summary>Until when the receiver may consent, or the review takes.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Since when it counts; null before.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Whether one of the two cards cannot be used.</summary>
    public bool Paused { get; init; }

    /// <summary>Why it is over; null while it is not.</summary>
    public FamilyEnd? End { get; init; }

    /// <summary>Why the receiver's card refused, if it did.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>A relative who pays for a card's holder; kept by the receiver's card, so that it decides how many there are.</summary>
/// <param name="MemberId">The member as which the giver's card knows this one.</param>
/// <param name="GiverCard">The giver's card.</param>
public sealed record FamilyGiver(string MemberId, CardNumber GiverCard);

/// <summary>What a card knows of family sharing, as giver and as receiver.</summary>
public sealed record CardFamily
{
    /// <summary>To whom it gives. One that is over stays until the receiver's card knows.</summary>
    public IReadOnlyList<FamilyMember> Members { get; init; } = [];

    /// <summary>From whom it receives.</summary>
    public IReadOnlyList<FamilyGiver> Givers { get; init; } = [];

    /// <summary>When members were changed within the calendar year of the last change.</summary>
    public IReadOnlyList<DateTimeOffset> Changes { get; init; } = [];

    /// <summary>The member of an id, or null.</summary>
    public FamilyMember? Find(string memberId) => Members.FirstOrDefault(member => member.MemberId == memberId);

    /// <summary>Whether the card receives from the giver that named it under an id.</summary>
    public bool HasGiver(string memberId) => Givers.Any(giver => giver.MemberId == memberId);
}

/// <summary>What is asked for a whole family.</summary>
/// <param name="RequestId">Names the request; the members' ids begin with it.</param>
/// <param name="Channel">Where.</param>
/// <param name="AccountBalanceYuan">
/// The balance of the giver's account in yuan, as the channel attests it: the service does not know the money. Needed where the
/// region lets a balance stay with the giver.
/// </param>
public sealed record FamilyRequest(string RequestId, FamilyChannel Channel, decimal? AccountBalanceYuan);

/// <summary>A relative who is to become a member, and what is known of him.</summary>
/// <param name="Key">As <see cref="Holder.Key"/> names him.</param>
/// <param name="IdNumber">The ID number with all but its last four characters hidden.</param>
/// <param name="Relation">What he is to the giver.</param>
/// <param name="IsAdult">Whether he is of age: 18 years (Civil Code art. 17).</param>
/// <param name="CardIsPresented">Whether his own card was shown.</param>
/// <param name="Card">His card; null if none was found.</param>
public sealed record FamilyCandidate(string Key, string IdNumber, Relation Relation, bool IsAdult, bool CardIsPresented, ReceiverCard? Card);

/// <summary>A receiver's card, as it was read.</summary>
/// <param name="Number">Its number.</param>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="Status">Its state.</param>
/// <param name="Reason">Why it is in it.</param>
/// <param name="HasSeat">Whether it knows the giver.</param>
public sealed record ReceiverCard(CardNumber Number, string RegionCode, CardStatus Status, StateReason? Reason, bool HasSeat)
{
    /// <summary>What a card says for a member.</summary>
    public static ReceiverCard Of(Card card, string memberId)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(card.Number, card.RegionCode, card.Status, card.Social.Reason, card.Family.HasGiver(memberId));
    }
}

/// <summary>A member of a family, as the API shows it.</summary>
/// <param name="MemberId">Its id; null if it was refused before it got one.</param>
/// <param name="IdNumber">The receiver's ID number, masked.</param>
/// <param name="Relation">What the receiver is to the giver.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CardNumber">The receiver's card; null if refused at once.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="Until">Until when the receiver may consent, or the review takes.</param>
/// <param name="EffectiveAt">Since when it counts.</param>
/// <param name="End">Why it is over.</param>
/// <param name="Code">Why it was refused, for programs.</param>
/// <param name="Detail">Why it was refused, for people.</param>
/// <example>
/// {
///   "memberId": "b8e7b7aadd44ea8a-1", "idNumber": "**************1046", "relation": "spouse", "state": "ended",
///   "cardNumber": "T00000098", "requestedAt": "2034-05-08T16:01:29Z", "until": null,
///   "effectiveAt": "2034-05-08T16:01:29Z", "end": "giverDeceased", "code": null, "detail": null
/// }
/// </example>
public sealed record FamilyMemberView(
    string? MemberId,
    string IdNumber,
    Relation Relation,
    FamilyMemberState State,
    CardNumber? CardNumber,
    DateTimeOffset RequestedAt,
    DateTimeOffset? Until,
    DateTimeOffset? EffectiveAt,
    FamilyEnd? End,
    string? Code,
    string? Detail)
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "family";

    /// <summary>The view of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="giver">The giver's card as it is now.</param>
    public static FamilyMemberView Of(FamilyMember member, Card giver)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(giver);
        var rests = member.State is FamilyMemberState.Active && (member.Paused || giver.Status is not CardStatus.Active);
        return new(
            member.MemberId,
            member.ReceiverIdNumber,
            member.Relation,
            rests ? FamilyMemberState.Suspended : member.State,
            member.ReceiverCard,
            member.RequestedAt,
            member.Until,
            member.EffectiveAt,
            member.End,
            member.Refusal?.Code,
            member.Refusal?.Detail);
    }

    internal static FamilyMemberView Refused(FamilyCandidate candidate, Refusal refusal, DateTimeOffset now) => new(
        null, candidate.IdNumber, candidate.Relation, FamilyMemberState.Ended, null, now, null, null, FamilyEnd.Refused, refusal.Code, refusal.Detail);
}

/// <summary>The members of a family in the order in which they were asked for, or became members.</summary>
/// <param name="Members">Each with its own state.</param>
/// <example>
/// {
///   "members": [
///     {
///       "memberId": "f6151b7ec9598dc8-1", "idNumber": "**************1097", "relation": "child",
///       "state": "active", "cardNumber": "T00000108", "requestedAt": "2034-05-08T16:01:34Z", "until": null,
///       "effectiveAt": "2034-05-08T16:01:34Z", "end": null, "code": null, "detail": null
///     },
///     {
///       "memberId": "f6151b7ec9598dc8-2", "idNumber": "**************1118", "relation": "child",
///       "state": "active", "cardNumber": "T00000110", "requestedAt": "2034-05-08T16:01:34Z", "until": null,
///       "effectiveAt": "2034-05-08T16:01:34Z", "end": null, "code": null, "detail": null
///     }
///   ]
/// }
/// </example>
public sealed record FamilyView(IReadOnlyList<FamilyMemberView> Members);
