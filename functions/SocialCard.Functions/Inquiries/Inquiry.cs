using SocialCard.Domain.Contributions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.People;
using SocialCard.Functions.Verifications;

namespace SocialCard.Functions.Inquiries;

/// <summary>Everything that was asked about a holder, as it stands; a topic that was not asked is null.</summary>
/// <param name="Holder">The holder, masked.</param>
/// <param name="Cards">Each of his cards within the caller's scope.</param>
/// <param name="Contributions">What was paid, by year, newest first.</param>
/// <param name="ContributionTotals">What was paid in all years for pension and medical care.</param>
/// <param name="ElectronicCards">The electronic cards of the children whose guardian the holder is, newest first.</param>
/// <param name="Verifications">Which agency has checked his cards within a year, newest first, a hundred at most.</param>
/// <example>
/// {
///   "holder": {
///     "idNumber": "**************5856", "document": {"type": "residentId", "number": "**************5856", "nationality": null},
///     "name": "王**", "mobile": "138****8000",
///     "holderId": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///   },
///   "cards": [
///     {
///       "cardNumber": "T00001583", "status": "suspended",
///       "card": {
///         "regionCode": "140100", "bankId": "bank-icbc",
///         "social": {"state": "suspended", "reason": "temporaryLoss", "since": "2026-11-24T14:55:43Z"},
///         "financial": {"state": "inactive", "reason": null, "since": "2026-11-24T14:55:42Z"},
///         "receivedOn": "2026-11-24", "activationDeadline": "2027-09-20T16:00:00Z",
///         "activatedAt": null, "replaces": null, "replacedBy": null
///       },
///       "passwords": {
///         "social": {"initial": true, "locked": false, "changedAt": null, "pending": null},
///         "query": {
///           "initial": false, "locked": false, "changedAt": "2026-11-24T14:55:43Z",
///           "pending": null
///         },
///         "financial": null
///       },
///       "lossReports": [
///         {
///           "reportId": "f738d63a59224b65", "kind": "temporary", "reason": "lost",
///           "scope": "social", "state": "effective", "channel": "phone",
///           "reportedAt": "2026-11-24T14:55:43Z", "effectiveAt": "2026-11-24T14:55:43Z",
///           "expiresAt": null, "releasableUntil": "expiry", "releasableAt": "anyPoint",
///           "sides": [
///             {
///               "application": "social", "state": "effective", "passedOn": false,
///               "effectiveAt": "2026-11-24T14:55:43Z", "expiresAt": null,
///               "onEnd": "release", "provisional": false, "endedAt": null
///             }
///           ],
///           "wallet": null
///         }
///       ],
///       "reissue": null, "temporaryCard": null, "familyMembers": [], "familyGivers": 0
///     }
///   ],
///   "contributions": [],
///   "contributionTotals": [
///     {"insurance": "pension", "months": 0, "employerYuan": 0, "personalYuan": 0, "totalYuan": 0},
///     {"insurance": "medical", "months": 0, "employerYuan": 0, "personalYuan": 0, "totalYuan": 0}
///   ],
///   "electronicCards": [
///     {
///       "electronicCardId": "a6dd04f61b3deb08", "relation": "child", "state": "issued",
///       "child": {
///         "name": "王**", "idNumber": "**************0853",
///         "document": {"type": "residentId", "number": "**************0853", "nationality": null}
///       },
///       "nextStep": null, "accessEndsAt": "2038-10-15T16:00:00Z"
///     }
///   ],
///   "verifications": [
///     {
///       "cardNumber": "T00001583", "agency": "agency-taiyuan-employment", "service": "training",
///       "usable": true, "at": "2026-11-24T14:50:43Z"
///     }
///   ]
/// }
/// </example>
public sealed record InquiryView(
    HolderView Holder,
    IReadOnlyList<CardInquiryView> Cards,
    IReadOnlyList<ContributionYear>? Contributions,
    IReadOnlyList<InsuranceTotal>? ContributionTotals,
    IReadOnlyList<ElectronicCardInquiryView>? ElectronicCards,
    IReadOnlyList<VerificationView>? Verifications);

/// <summary>What a guardian is told of a child's electronic card.</summary>
/// <param name="ElectronicCardId">Its id.</param>
/// <param name="Relation">What the child is to him.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Child">The child, masked; null until it is named.</param>
/// <param name="NextStep">Where an interrupted application goes on; null where he has nothing to do.</param>
/// <param name="AccessEndsAt">When his access ends; null until the child is named.</param>
public sealed record ElectronicCardInquiryView(
    string ElectronicCardId,
    Wardship Relation,
    ElectronicCardState State,
    PersonView? Child,
    ElectronicCardStep? NextStep,
    DateTimeOffset? AccessEndsAt)
{
    internal static ElectronicCardInquiryView Of(ElectronicCard card)
    {
        var whole = ElectronicCardView.Of(card);
        return new(whole.ElectronicCardId, whole.Relation, whole.State, whole.Member, whole.NextStep, whole.AccessEndsAt);
    }
}

/// <summary>What was asked about a card.</summary>
/// <param name="CardNumber">The card's number.</param>
/// <param name="Status">Its state as a whole.</param>
/// <param name="Card">Its applications and clocks.</param>
/// <param name="Passwords">Its passwords.</param>
/// <param name="LossReports">Its loss reports that hold.</param>
/// <param name="Reissue">The latest application for a card in its place.</param>
/// <param name="TemporaryCard">The latest temporary card for the wait.</param>
/// <param name="FamilyMembers">The relatives for whom the holder's account pays, or shall pay.</param>
/// <param name="FamilyGivers">How many relatives' accounts pay for the holder.</param>
public sealed record CardInquiryView(
    CardNumber CardNumber,
    CardStatus Status,
    CardClocksView? Card,
    PasswordsView? Passwords,
    IReadOnlyList<LossReportView>? LossReports,
    ReissueView? Reissue,
    TemporaryCardView? TemporaryCard,
    IReadOnlyList<FamilyMemberView>? FamilyMembers,
    int? FamilyGivers)
{
    /// <summary>What is told of a card.</summary>
    public static CardInquiryView Of(Card card, IReadOnlyList<InquiryTopic> topics)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(topics);
        var whole = CardView.Of(card);
        var isReissueAsked = topics.Contains(InquiryTopic.Reissue);
        var isFamilyAsked = topics.Contains(InquiryTopic.Family);
        return new(
            whole.CardNumber,
            whole.Status,
            topics.Contains(InquiryTopic.Card) ? CardClocksView.Of(whole) : null,
            topics.Contains(InquiryTopic.Password) ? whole.Passwords : null,
            topics.Contains(InquiryTopic.Loss) ? [.. card.Loss.Reports.Select(LossReportView.Of)] : null,
            isReissueAsked ? whole.Reissue : null,
            isReissueAsked ? whole.TemporaryCard : null,
            isFamilyAsked ? [.. card.Family.Members.Select(member => FamilyMemberView.Of(member, card))] : null,
            isFamilyAsked ? card.Family.Givers.Count : null);
    }
}

/// <summary>A card's applications and clocks.</summary>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Social">The social-security application.</param>
/// <param name="Financial">The financial application.</param>
/// <param name="ReceivedOn">The local day of receipt.</param>
/// <param name="ActivationDeadline">From when on it can no longer be activated.</param>
/// <param name="ActivatedAt">When the activation was complete.</param>
/// <param name="Replaces">The card that it replaces.</param>
/// <param name="ReplacedBy">The card that replaces it.</param>
public sealed record CardClocksView(
    string RegionCode,
    string BankId,
    Application<SocialState> Social,
    Application<FinancialState> Financial,
    DateOnly? ReceivedOn,
    DateTimeOffset? ActivationDeadline,
    DateTimeOffset? ActivatedAt,
    CardNumber? Replaces,
    CardNumber? ReplacedBy)
{
    internal static CardClocksView Of(CardView card) => new(
        card.RegionCode,
        card.BankId,
        card.Social,
        card.Financial,
        card.ReceivedOn,
        card.ActivationDeadline,
        card.ActivatedAt,
        card.Replaces,
        card.ReplacedBy);
}
