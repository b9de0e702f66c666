namespace SocialCard.Domain.Cards;

/// <summary>Decides on the card as the credential by which its holder uses other public services (身份凭证).</summary>
/// <param name="Card">The card.</param>
public readonly record struct CardVerifications(Card Card)
{
    /// <summary>
    /// Somebody shows the card, and says whose it is. What is wrong with the card is told to who is not its holder too: a lost card is
    /// in other hands as a rule.
    /// </summary>
    /// <param name="service">For which service.</param>
    /// <param name="isHolder">Whether it is the holder who was named.</param>
    public Decision<Card, VerificationAnswer> ByHolder(PublicService service, bool isHolder) =>
        Noted(service, Decision.Unchanged(Card), isHolder ? [] : [UnusableReason.HolderMismatch]);

    /// <summary>
    /// Somebody shows the card and proves by its social-security password that it is his. A wrong one counts towards the lock as
    /// anywhere else. An initial password proves nothing: others know it, or read it off the card; and no password is tried on a card
    /// that is not usable.
    /// </summary>
    /// <param name="service">For which service.</param>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    public Decision<Card, VerificationAnswer> ByPassword(
        PublicService service, Func<HeldPassword, bool> matches, PasswordsPolicy policies, DateTimeOffset now)
    {
        if (ReasonsOf(Card).Any())
        {
            return Noted(service, Decision.Unchanged(Card), []);
        }

        if (!Card.Passwords.Of(PasswordKind.Social).IsOwn)
        {
            return Noted(service, Decision.Unchanged(Card), [UnusableReason.PasswordNotSet]);
        }

        // No agency unlocks a password: a card that is locked at one is unlocked at any desk that does.
        var (check, answer) = Card.Passwords.Check(PasswordKind.Social, matches, by: null, policies, now);
        return answer?.Result switch
        {
            PasswordCheckResult.Match => Noted(service, check, []),
            PasswordCheckResult.Mismatch => Noted(service, check, [UnusableReason.PasswordWrong]),
            PasswordCheckResult.Locked => Noted(service, check, [UnusableReason.Locked]),
            _ => Noted(service, Decision.Unchanged(Card), [UnusableReason.PasswordNotSet]),
        };
    }

    // The card as the check of the password has left it: the last wrong one locks it.
    private static Decision<Card, VerificationAnswer> Noted(
        PublicService service, Decision<Card> presented, IEnumerable<UnusableReason> more)
    {
        IReadOnlyList<UnusableReason> reasons = [.. ReasonsOf(presented.Card!).Concat(more).Distinct()];
        var noted = Decision.Changed(
            presented.Card!, [.. presented.Events, new CardVerified(service, reasons.Count == 0, reasons)]) with
        {
            Documents = presented.Documents,
        };
        return noted.With(new VerificationAnswer(reasons.Count == 0, reasons));
    }

    // Of the end only that it is one: why would tell of the holder. What stops the other application alone stops no credential.
    private static IEnumerable<UnusableReason> ReasonsOf(Card card) => card.Blockers.Select(blocker => blocker switch
    {
        { Code: BlockerCode.HolderDeceased or BlockerCode.NationalityRenounced or BlockerCode.Replaced or BlockerCode.Cancelled } =>
            UnusableReason.Cancelled,
        { Code: BlockerCode.NotReceived or BlockerCode.NotActivated } => UnusableReason.NotActivated,
        { Code: BlockerCode.FinancialActivationRequired } when card.SocialBeneath.State is SocialState.Active =>
            UnusableReason.NotActivated,
        { Application: not CardApplication.Social } => (UnusableReason?)null,
        { Code: BlockerCode.Lost } => UnusableReason.Lost,
        { Code: BlockerCode.Expired } => UnusableReason.Expired,
        { Code: BlockerCode.ValidityEnded } => UnusableReason.ValidityEnded,
        { Code: BlockerCode.Locked } => UnusableReason.Locked,
        _ => null,
    }).OfType<UnusableReason>();
}
