namespace SocialCard.Domain.Cards;

/// <summary>
/// The old card's part in its reissue (补换卡): the application, the fee, the order to the bank, and what became of the new card.
/// </summary>
/// <param name="Card">The old card.</param>
public readonly record struct Reissuing(Card Card)
{
    /// <summary>
    /// A new card is applied for. Where the region takes the formal loss report in the same visit, the application takes it;
    /// where no fee is due, the card is ordered at once; where the region says so, the old card ends with it.
    /// </summary>
    public Decision<Card> File(FileReissue command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new CardChange(Card);
        change.CancelUnpaidReissue(now);
        if (ReissueConditions.NotReissuable(change.Card, command, policy, now) is { } refusal)
        {
            return refusal;
        }

        var rules = policy.Reissue;
        if (ReissueConditions.IsLoss(Card, command.Reason))
        {
            if (ReissueConditions.TakesReport(Card, rules))
            {
                var reported = change.Card.LossReports.Report(ReissueConditions.FormalReportOf(command, policy), policy, calendar, now);
                if (reported.Refusal is { } notReported)
                {
                    return notReported;
                }

                change.Take(reported);
            }
            else if (ReissueConditions.LossNotProven(Card, command, rules, now) is { } unproven)
            {
                return unproven;
            }
        }

        change.FileReissue(command, rules, calendar, now);
        var voidAt = rules.OldCardVoidAt;
        if (voidAt is OldCardVoid.Application
            || (voidAt is OldCardVoid.FormalReport && ReissueConditions.FormalLossOf(change.Card) is not null))
        {
            change.CancelAsReplaced(now);
        }

        return change.Decision;
    }

    /// <summary>The fee is paid, and the card ordered.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="amountYuan">How much, in yuan.</param>
    /// <param name="receipt">The number of the receipt; null for a payment at the bank.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Pay(string reissueId, int amountYuan, string? receipt, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Running(reissueId) is not { } running || running.IsUnpaidAt(now))
        {
            return ReissueRefusals.NotRunning;
        }

        if (running.State is not ReissueState.AwaitingPayment)
        {
            return ReissueRefusals.FeeNotDue;
        }

        if (amountYuan != running.FeeYuan)
        {
            return ReissueRefusals.FeeMismatch(running.FeeYuan);
        }

        var change = new CardChange(Card);
        change.With(running with { PaidAt = now }, new ReissueFeePaid(reissueId, amountYuan, receipt));
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it took the fee. If none is due, nobody is there to be told no, and the card notes it.</summary>
    /// <returns>The decision, and why the fee was not taken; null where it was.</returns>
    public Decision<Card, Refusal> ReportPayment(string reissueId, int amountYuan, WorkingCalendar calendar, DateTimeOffset now)
    {
        var decision = Pay(reissueId, amountYuan, null, calendar, now);
        return decision.Refusal is { } refusal
            ? Decision.RefusedAndNoted(Card, refusal, new ReissueFeeRefused(reissueId, amountYuan, refusal.Code))
            : decision;
    }

    /// <summary>Through which channels a reissue that is under way can be applied for; null where none of the name is.</summary>
    public AskedFor? AskedFor(string reissueId, ReissuePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ServiceChannel[] desks = [ServiceChannel.ServiceWindow, ServiceChannel.Bank];
        return Running(reissueId) is null ? null : new(null, policy.InPersonOnly ? desks : [.. desks, ServiceChannel.Online]);
    }

    /// <summary>The application is withdrawn: until the card is ordered, or when operations must decide about another order.</summary>
    public Decision<Card> Cancel(string reissueId, DateTimeOffset now)
    {
        if (Running(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (running is not ({ State: ReissueState.AwaitingPayment } or { AwaitsOperations: true }))
        {
            return ReissueRefusals.InProduction;
        }

        var change = new CardChange(Card);
        change.EndReissue(ReissueCancellation.Requested, now);
        return change.Decision;
    }

    /// <summary>Operations order the card again after the orders that the service makes by itself have failed.</summary>
    public Decision<Card> OrderAgain(string reissueId, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Running(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (!running.AwaitsOperations)
        {
            return ReissueRefusals.NothingToDecide;
        }

        var change = new CardChange(Card);
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it has made the card. A card that cannot be the new one is refused, and the card notes it.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="newCard">The new card's number.</param>
    /// <param name="isInUse">Whether a card with that number is registered that this reissue did not bring about.</param>
    /// <param name="bankId">The bank.</param>
    /// <returns>The decision, and why the new card is none; null where it is.</returns>
    public Decision<Card, Refusal> ReportProduction(string reissueId, CardNumber newCard, bool isInUse, string bankId)
    {
        if (Running(reissueId) is not { } running || running.BankId != bankId)
        {
            // A completed reissue is over, but its bank may tell of it once more.
            return Card.Reissue is { State: ReissueState.Completed } over && over.ReissueId == reissueId && over.NewCardNumber == newCard
                ? Decision.Unchanged(Card)
                : Refused(Card, ReissueRefusals.NotRunning);
        }

        if (running.NewCardNumber == newCard)
        {
            return Decision.Unchanged(Card);
        }

        if (running.State is ReissueState.AwaitingPayment)
        {
            return ReissueRefusals.NotOrdered;
        }

        if (running.NewCardNumber is not null || running.State is not ReissueState.InProduction)
        {
            return Refused(Card, ReissueRefusals.AlreadyProduced);
        }

        if (isInUse || newCard == Card.Number)
        {
            return Refused(Card, ReissueRefusals.NumberInUse);
        }

        var change = new CardChange(Card);
        change.With(running with { NewCardNumber = newCard, AwaitsOperations = false }, new NewCardProduced(reissueId, newCard));
        return change.Decision;

        Decision<Card, Refusal> Refused(Card card, Refusal refusal) =>
            Decision.RefusedAndNoted(card, refusal, new NewCardRefused(reissueId, newCard, refusal.Code));
    }

    /// <summary>The bank says that it could not make the card: it is ordered again, or operations decide.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="orderId">The order that failed; where the bank names none, the one that was under way then.</param>
    /// <param name="bankId">The bank.</param>
    /// <param name="failedAt">When, as the bank says.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> ReportProductionFailure(
        string reissueId, string? orderId, string bankId, DateTimeOffset failedAt, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Card.Reissue is not { } reissue || reissue.ReissueId != reissueId || reissue.BankId != bankId)
        {
            return ReissueRefusals.NotRunning;
        }

        // The order has failed before, or its card was made; or the reissue is over.
        if (!reissue.IsInProductionOf(orderId, failedAt))
        {
            return Decision.Changed(Card, new BankEventNoted(failedAt));
        }

        var change = new CardChange(Card);
        change.FailProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>What has fallen due, or has happened to the new card, takes its effect on this one.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="newCard">What the new card says; null while there is none.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="asOf">The time by which deadlines are judged.</param>
    public Decision<Card> Advance(string reissueId, NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new CardChange(Card);
        if (Running(reissueId) is not null)
        {
            change.CancelUnpaidReissue(asOf);
            change.Produce(newCard, calendar, asOf);
            change.HandOut(newCard, calendar, asOf);
            change.TakeOver(newCard, calendar, asOf);
        }

        return change.Decision;
    }

    /// <summary>The reissue of an id while it is under way; null if it is over, or was never the card's.</summary>
    public Reissue? Running(string reissueId) =>
        Card.Reissue is { IsLive: true } running && running.ReissueId == reissueId ? running : null;
}
