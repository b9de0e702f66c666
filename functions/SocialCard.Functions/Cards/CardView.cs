using SocialCard.Functions.People;

namespace SocialCard.Functions.Cards;

/// <summary>A card as the API shows it. The holder is masked.</summary>
/// <param name="CardNumber">The card's number.</param>
/// <param name="RegionCode">Where it was issued.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Holder">Its holder, masked.</param>
/// <param name="Status">Its state as a whole.</param>
/// <param name="Social">The social-security application.</param>
/// <param name="Financial">The financial application.</param>
/// <param name="ReceivedOn">The local day of receipt.</param>
/// <param name="ActivationDeadline">From when on it can no longer be activated.</param>
/// <param name="ActivatedAt">When the activation was complete.</param>
/// <param name="Passwords">Its passwords: states and times.</param>
/// <param name="LossReport">The loss report that holds: that on the social-security application, else the other.</param>
/// <param name="Reissue">The latest application for a card in its place.</param>
/// <param name="TemporaryCard">The latest temporary card for the wait.</param>
/// <param name="Replaces">The card that it replaces.</param>
/// <param name="ReplacedBy">The card that replaces it.</param>
/// <param name="Validity">For how long it is valid; null for a card of before that was noted.</param>
/// <param name="Collection">How long a first card waits for its holder; null where the region sets no end.</param>
/// <example>
/// {
///   "cardNumber": "T00000004", "regionCode": "530100", "bankId": "bank-icbc", "generation": 3,
///   "holder": {
///     "idNumber": "**************7372", "document": {"type": "residentId", "number": "**************7372", "nationality": null},
///     "name": "欧**", "mobile": "139****3548",
///     "holderId": "3bb9f30add92038516b83c2c614e9662eb43fe3bde5267b9e9166b56d11341a8"
///   },
///   "status": "issued",
///   "social": {"state": "sealed", "reason": null, "since": "2026-11-24T14:48:56Z"},
///   "financial": {"state": "inactive", "reason": null, "since": "2026-11-24T14:48:56Z"}, "receivedOn": null,
///   "activationDeadline": null, "activatedAt": null,
///   "passwords": {
///     "social": {"initial": true, "locked": false, "changedAt": null, "pending": null},
///     "query": {"initial": true, "locked": false, "changedAt": null, "pending": null}, "financial": null
///   },
///   "lossReport": null, "reissue": null, "temporaryCard": null, "replaces": null, "replacedBy": null,
///   "validity": {"validUntil": "2036-11-24", "renewableFrom": "2036-09-25", "atEnd": "untilReplaced", "endedAt": null},
///   "collection": null,
///   "blockers": [
///     {"code": "notReceived", "application": null, "password": null, "next": "handOver", "cardNumber": null}
///   ]
/// }
/// </example>
public sealed record CardView(
    CardNumber CardNumber,
    string RegionCode,
    string BankId,
    int Generation,
    HolderView Holder,
    CardStatus Status,
    Application<SocialState> Social,
    Application<FinancialState> Financial,
    DateOnly? ReceivedOn,
    DateTimeOffset? ActivationDeadline,
    DateTimeOffset? ActivatedAt,
    PasswordsView Passwords,
    LossReportView? LossReport,
    ReissueView? Reissue,
    TemporaryCardView? TemporaryCard,
    CardNumber? Replaces,
    CardNumber? ReplacedBy,
    ValidityView? Validity,
    CardCollection? Collection) : CardAnswer
{
    /// <summary>The view of a card.</summary>
    public static CardView Of(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(
            card.Number,
            card.RegionCode,
            card.BankId,
            card.Generation,
            HolderView.Of(card.Holder),
            card.Status,
            card.Social,
            card.Financial,
            card.ReceivedOn,
            card.ActivationTerms?.Deadline,
            card.ActivatedAt,
            PasswordsView.Of(card.Passwords),
            (card.Loss.On(CardApplication.Social) ?? card.Loss.On(CardApplication.Financial)) is { } report
                ? LossReportView.Of(report) : null,
            card.Reissue is { } reissue ? ReissueView.Of(reissue) : null,
            card.TemporaryCard is { } temporary ? TemporaryCardView.Of(temporary) : null,
            card.Replaces,
            card.ReplacedBy,
            ValidityView.Of(card),
            card.Collection)
        {
            Blockers = card.Blockers,
        };
    }
}

/// <summary>For how long a card is valid.</summary>
/// <param name="ValidUntil">Its last local day.</param>
/// <param name="RenewableFrom">From which local day on a new one can be applied for because of that.</param>
/// <param name="AtEnd">What becomes of it then.</param>
/// <param name="EndedAt">When it was over; null while it is not.</param>
public sealed record ValidityView(DateOnly ValidUntil, DateOnly RenewableFrom, ValidityEnding AtEnd, DateTimeOffset? EndedAt)
{
    internal static ValidityView? Of(Card card) => card.Validity is { ValidUntil: { } until, RenewableFrom: { } renewable }
        ? new(until, renewable, card.Term!.AtEnd, card.Term.EndedAt) : null;
}
