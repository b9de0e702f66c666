namespace SocialCard.Domain.Cards;

/// <summary>
/// What stands in the way of using a card, as it follows from its state: the one place that every answer about a card has it from, what an
/// agency is told too.
/// </summary>
internal static class CardBlockers
{
    /// <summary>All of it, in the order in which it is lifted.</summary>
    public static IEnumerable<Blocker> Of(Card card) =>
        card.Civil.Ended is { } ended
            ? [new(ended is StateReason.Deceased ? BlockerCode.HolderDeceased : BlockerCode.NationalityRenounced)]
        : card.Social.State is SocialState.Cancelled ? [OfEnded(card), .. OfFee(card)]
        : [.. OfLoss(card), .. OfReceipt(card), .. OfSocial(card), .. OfFinancial(card), .. OfPasswords(card), .. OfFee(card)];

    /// <summary>Whether a card in place of another can be applied for.</summary>
    public static bool IsReissuable(Card card) =>
        card.Reissue is not { IsLive: true } && card.ReplacedBy is null && card.Social.Reason is not StateReason.Spare;

    /// <summary>Whether a loss report can still be released.</summary>
    public static bool IsReleasable(LossReport report, Card card) =>
        report.Release.Until is not ReleasableUntil.Never
        && (report.Kind is LossReportKind.Temporary
            || (report.Release.Until is not ReleasableUntil.FormalReport && card.Reissue is not { IsLive: true }));

    private static Blocker OfEnded(Card card) => card.Social.Reason is StateReason.Replaced
        ? new(BlockerCode.Replaced, CardNumber: card.ReplacedBy)
        : new(BlockerCode.Cancelled, Next: NewCard(card));

    private static IEnumerable<Blocker> OfReceipt(Card card) =>
        card.ReceivedOn is null ? [new(BlockerCode.NotReceived, Next: NextStep.HandOver)] : [];

    private static IEnumerable<Blocker> OfLoss(Card card) =>
        from application in LossReportRules.BothApplications
        where (application is CardApplication.Social ? card.Social.Reason : card.Financial.Reason)
            is StateReason.TemporaryLoss or StateReason.FormalLoss
        let isReleasable = card.Loss.On(application) is { } report && IsReleasable(report, card)
        select new Blocker(BlockerCode.Lost, application, Next: isReleasable ? NextStep.ReleaseLoss : NewCard(card));

    // Only a card in its holder's hands is activated.
    private static IEnumerable<Blocker> OfSocial(Card card) => card.SocialBeneath switch
    {
        { Reason: StateReason.ValidityEnded } => [new(BlockerCode.ValidityEnded, CardApplication.Social, Next: NewCard(card))],
        { Reason: StateReason.ActivationExpired } =>
        [
            .. card.ActivationTerms!.RestoreSteps.Contains(RestoreStep.ActivateFinancial) ? OfBank(card) : [],
            new(BlockerCode.Expired, CardApplication.Social, Next: NextStep.Restore),
        ],
        { State: SocialState.Sealed } when card.ReceivedOn is not null =>
        [
            .. card.ActivationTerms is { FinancialFirst: true } ? OfBank(card) : [],
            new(BlockerCode.NotActivated, CardApplication.Social, Next: NextStep.Activate),
        ],
        _ => [],
    };

    private static IEnumerable<Blocker> OfFinancial(Card card) =>
        card.FinancialBeneath.Reason is StateReason.ActivationExpired ? [new(BlockerCode.Expired, CardApplication.Financial)]
        : card is { ActivatedAt: null, SocialBeneath.State: SocialState.Active } ? OfBank(card)
        : [];

    private static IEnumerable<Blocker> OfBank(Card card) =>
        card.FinancialBeneath.State is FinancialState.Active
            ? [] : [new(BlockerCode.FinancialActivationRequired, CardApplication.Financial)];

    // The query password stops no use of the card, but the questions that its holder may ask.
    private static IEnumerable<Blocker> OfPasswords(Card card) =>
        from kind in HeldPasswords.Kinds
        where card.HeldPasswords.Of(kind).LockedAt is not null
        select new Blocker(
            BlockerCode.Locked,
            kind is PasswordKind.Social ? CardApplication.Social : null,
            kind,
            card.Loss.Social is null ? NextStep.UnlockPassword : null);

    private static IEnumerable<Blocker> OfFee(Card card) =>
        card.Reissue is { State: ReissueState.AwaitingPayment } ? [new(BlockerCode.Unpaid, Next: NextStep.PayFee)] : [];

    private static NextStep? NewCard(Card card) => IsReissuable(card) ? NextStep.ApplyForNewCard : null;
}
