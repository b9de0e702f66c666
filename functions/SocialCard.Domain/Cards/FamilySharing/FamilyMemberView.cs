namespace SocialCard.Domain.Cards;

/// <summary>A member of a family, as the API shows it.</summary>
/// <param name="MemberId">Its id; null if it was refused before it got one.</param>
/// <param name="IdNumber">The number of the receiver's document, masked.</param>
/// <param name="Relation">What the receiver is to the giver.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CardNumber">The receiver's card; null if refused at once.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="Until">Until when the receiver may consent, or the review takes.</param>
/// <param name="EffectiveAt">Since when it counts.</param>
/// <param name="End">Why it is over.</param>
/// <param name="Code">Why it was refused, for programs.</param>
/// <param name="Detail">Why it was refused, for people.</param>
/// <param name="Terms">Of which money the costs are paid; null for one who never became a member.</param>
/// <example>
/// {
///   "memberId": "b8e7b7aadd44ea8a-1", "idNumber": "**************1046", "relation": "spouse", "state": "ended",
///   "cardNumber": "T00000098", "requestedAt": "2034-05-08T16:01:29Z", "until": null,
///   "effectiveAt": "2034-05-08T16:01:29Z", "end": "giverDeceased", "code": null, "detail": null,
///   "terms": {"balance": "priorYears", "keepYuan": 1000, "yearlyCapYuan": null}
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
    string? Detail,
    FamilyTerms? Terms = null)
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "family";

    /// <summary>Whether somebody or some time is still waited for.</summary>
    [JsonIgnore]
    public bool IsUndecided => State is FamilyMemberState.Requested or FamilyMemberState.AwaitingConsent or FamilyMemberState.UnderReview;

    /// <summary>The view of a member that the giver's card still knows; null for any other.</summary>
    public static FamilyMemberView? Find(string memberId, Card giver)
    {
        ArgumentNullException.ThrowIfNull(giver);
        return giver.Family.Find(memberId) is { } member ? Of(member, giver) : null;
    }

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
            member.Refusal?.Detail,
            member.Terms);
    }

    internal static FamilyMemberView Refused(FamilyCandidate candidate, Refusal refusal, DateTimeOffset now) => new(
        null,
        candidate.IdNumber,
        candidate.Relation,
        FamilyMemberState.Ended,
        null,
        now,
        null,
        null,
        FamilyEnd.Refused,
        refusal.Code,
        refusal.Detail);
}

/// <summary>The members of a family in the order in which they were asked for, or became members.</summary>
/// <param name="Members">Each with its own state.</param>
/// <example>
/// {
///   "members": [
///     {
///       "memberId": "f6151b7ec9598dc8-1", "idNumber": "**************1097", "relation": "child",
///       "state": "active", "cardNumber": "T00000108", "requestedAt": "2034-05-08T16:01:34Z", "until": null,
///       "effectiveAt": "2034-05-08T16:01:34Z", "end": null, "code": null, "detail": null,
///       "terms": {"balance": "whole", "keepYuan": null, "yearlyCapYuan": null}
///     },
///     {
///       "memberId": "f6151b7ec9598dc8-2", "idNumber": "**************1118", "relation": "child",
///       "state": "active", "cardNumber": "T00000110", "requestedAt": "2034-05-08T16:01:34Z", "until": null,
///       "effectiveAt": "2034-05-08T16:01:34Z", "end": null, "code": null, "detail": null,
///       "terms": {"balance": "whole", "keepYuan": null, "yearlyCapYuan": null}
///     }
///   ]
/// }
/// </example>
public sealed record FamilyView(IReadOnlyList<FamilyMemberView> Members)
{
    /// <summary>The members that are, and those that are asked for.</summary>
    public static FamilyView Of(Card giver)
    {
        ArgumentNullException.ThrowIfNull(giver);
        return new([.. giver.Family.Members.Where(member => member.End is null).Select(member => FamilyMemberView.Of(member, giver))]);
    }
}
