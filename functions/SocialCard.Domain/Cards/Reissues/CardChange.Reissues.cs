namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>What another decision on the same card has brought, before this one goes on.</summary>
    public void Take(Decision<Card> decision)
    {
        Apply(decision.Card!, decision.Events);
        documents.AddRange(decision.Documents);
    }

    /// <summary>A fee that was not paid in time ends the reissue.</summary>
    public void CancelUnpaidReissue(DateTimeOffset asOf)
    {
        if (Card.Reissue is { PayBy: { } payBy } waiting && waiting.IsUnpaidAt(asOf))
        {
            // Each in its turn: a temporary card that was over by then has ended of itself.
            ExpireTemporaryCard(payBy);
            EndReissue(ReissueCancellation.Unpaid, payBy);
            AdvanceLoss(asOf);
        }
    }

    public void FileReissue(FileReissue command, ReissuePolicy rules, WorkingCalendar calendar, DateTimeOffset now)
    {
        var fee = command.Waiver is null ? rules.FeeYuan ?? 0 : 0;
        var filed = new Reissue
        {
            ReissueId = command.ReissueId,
            Reason = command.Reason,
            Delivery = command.Delivery,
            BankId = command.BankId ?? Card.BankId,
            FiledAt = now,
            Terms = ReissueTerms.Of(rules, command.Delivery),
            FeeYuan = fee,
            FeeWaived = command.Waiver is not null,
            PayBy = fee > 0 ? LastDay.EndOf(rules.UnpaidCancelledAfter, now, calendar) : null,
            PhotoNeeded = rules.NeedsPhoto(command.HolderBirthDate, ChinaTime.DateOf(now)),
        };
        With(filed, new ReissueFiled(
            filed.ReissueId, filed.Reason, filed.Delivery, command.Channel, filed.BankId, fee, filed.PayBy, command.Agent is not null));
        var monthAgo = ChinaTime.StartOf(ChinaTime.DateOf(now).AddMonths(-1));
        Apply(Card with { ReissuesFiled = [.. Card.ReissuesFiled.Where(at => at >= monthAgo), now] });
        if (Card.ReissuesFiled.Count > rules.WarnAbovePerMonth)
        {
            Apply(Card, new ReissueFrequencyExceeded(filed.ReissueId, Card.ReissuesFiled.Count, rules.WarnAbovePerMonth.Value));
        }

        if (fee == 0)
        {
            OrderProduction(calendar, now);
        }
    }

    public void OrderProduction(WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var reissue = Card.Reissue!;
        var ordered = reissue with
        {
            State = ReissueState.InProduction,
            Orders = reissue.Orders + 1,
            OrderedAt = now,
            NewCardNumber = null,
            AwaitsOperations = false,
        };

        // The holder was promised a day with the first order, and an order that failed does not move it.
        if (reissue.Orders == 0 && reissue.Terms.Promise is { } promise)
        {
            var (promisedOn, provisional) = LastDay.Of(promise, ChinaTime.DateOf(now), calendar);
            ordered = ordered with { PromisedOn = promisedOn, Provisional = provisional };
        }

        With(ordered, new ProductionOrdered(
            ordered.ReissueId, ordered.OrderId, ordered.Orders, ordered.PromisedOn, ordered.Provisional));
    }

    public void FailProduction(WorkingCalendar calendar, DateTimeOffset now)
    {
        var reissue = Card.Reissue!;
        var isOver = reissue.Orders - reissue.OrdersElsewhere >= Reissue.MaxOrders;
        var failed = reissue with { NewCardNumber = null, AwaitsOperations = isOver, HaltedAt = isOver ? now : reissue.HaltedAt };
        With(failed, new ProductionFailed(reissue.ReissueId, reissue.OrderId));
        if (isOver)
        {
            Apply(Card, new ProductionHalted(reissue.ReissueId, reissue.Orders));
        }
        else
        {
            OrderProduction(calendar, now);
        }
    }

    /// <summary>The new card becomes ready, or is late.</summary>
    public void Produce(NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        if (Card.Reissue is not { State: ReissueState.InProduction } reissue)
        {
            return;
        }

        if (reissue.NewCardNumber is { } number)
        {
            if (newCard is { IsOurs: true })
            {
                var returnBy = EndOf(reissue.Terms.UnclaimedReturnedAfter, asOf, calendar);
                With(
                    reissue with { State = ReissueState.Ready, ReadyAt = asOf, ReturnBy = returnBy },
                    new NewCardReady(reissue.ReissueId, number, returnBy));
            }
            else if (newCard is not null)
            {
                Apply(Card, new NewCardRefused(reissue.ReissueId, number, ReissueRefusals.NumberInUse.Code));
                FailProduction(calendar, asOf);
            }
        }
        else if (reissue.WorkingDaysLate(asOf, calendar) is var late && late > reissue.Escalations)
        {
            With(reissue with { Escalations = late }, new ProductionOverdue(reissue.ReissueId, reissue.PromisedOn!.Value, late));
        }
    }

    /// <summary>
    /// The new card goes to its holder, or back to the bank, or ends there. While it is being replaced itself, the holder is to fetch the
    /// card that comes in its place; if none comes, the wait for the new card begins anew.
    /// </summary>
    public void HandOut(NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        if (newCard is null
            || Card.Reissue is not { State: ReissueState.Ready or ReissueState.Returned, NewCardNumber: { } number } reissue)
        {
            return;
        }

        if (newCard is { ReceivedOn: not null } or { IsReplaced: true })
        {
            // The card in its place is in the holder's hands, if it is not itself.
            var receivedOn = newCard.ReceivedOn ?? ChinaTime.DateOf(asOf);
            Apply(Card with { ReplacedBy = number });
            With(reissue with { State = ReissueState.Received }, new NewCardReceived(reissue.ReissueId, number, receivedOn));
            EndTemporaryCard(TemporaryCardEnd.NewCardReceived, asOf);
        }
        else if (newCard.IsOver)
        {
            EndReissue(ReissueCancellation.Unclaimed, asOf);
            AdvanceLoss(asOf);
        }
        else if (newCard.IsUndecided)
        {
            WaitUntil(reissue, null, null);
        }
        else if (reissue.State is ReissueState.Ready && reissue.ReturnBy <= asOf)
        {
            var cancelBy = EndOf(reissue.Terms.UnclaimedCancelledAfter, asOf, calendar);
            With(
                reissue with { State = ReissueState.Returned, CancelBy = cancelBy },
                new NewCardReturned(reissue.ReissueId, number, cancelBy));
        }
        else if (reissue.State is ReissueState.Ready)
        {
            WaitUntil(reissue, reissue.ReturnBy ?? EndOf(reissue.Terms.UnclaimedReturnedAfter, asOf, calendar), null);
        }
        else
        {
            WaitUntil(reissue, reissue.ReturnBy, reissue.CancelBy ?? EndOf(reissue.Terms.UnclaimedCancelledAfter, asOf, calendar));
        }
    }

    /// <summary>The old card ends at the region's moment; at the latest when the new one itself has ended.</summary>
    public void TakeOver(NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        if (newCard is null || Card.Reissue is not { State: ReissueState.Received, NewCardNumber: { } number } reissue)
        {
            return;
        }

        // Where the first use ends the old card, it does not outlive the holder's wish for a third.
        var takesOver = newCard.IsOver || reissue.Terms.OldCardVoidAt switch
        {
            OldCardVoid.Application => true,
            OldCardVoid.FirstUse => newCard.IsUsed || (newCard.IsEnabled && (newCard.IsBeingReplaced || newCard.IsReplaced)),
            _ => newCard.IsEnabled,
        };
        if (takesOver)
        {
            CancelAsReplaced(asOf);
            // Nothing moves to a card that has ended itself.
            var movedBy = newCard.IsOver ? null : PeriodEnd.Of(reissue.Terms.BalanceMovedWithin, asOf, calendar).At;
            With(
                reissue with { State = ReissueState.Completed, BalanceMovedBy = movedBy },
                new ReissueCompleted(reissue.ReissueId, number, movedBy));
        }
    }

    public void CancelAsReplaced(DateTimeOffset at)
    {
        if (Card.Social.State is not SocialState.Cancelled)
        {
            Cancel(StateReason.Replaced, at, new CardCancelled(StateReason.Replaced));
        }
    }

    public void EndReissue(ReissueCancellation cause, DateTimeOffset at)
    {
        var ended = Card.Reissue! with { State = ReissueState.Cancelled, AwaitsOperations = false };
        With(ended, new ReissueCancelled(ended.ReissueId, cause));
        EndTemporaryCard(TemporaryCardEnd.ReissueCancelled, at);
    }

    public void With(Reissue next, params IEnumerable<DomainEvent> happened)
    {
        Apply(Card with { Reissue = next }, happened);
        documents.Add(ReissueView.Of(next).ToDocument());
    }

    private void WaitUntil(Reissue reissue, DateTimeOffset? returnBy, DateTimeOffset? cancelBy)
    {
        if ((reissue.ReturnBy, reissue.CancelBy) != (returnBy, cancelBy))
        {
            With(reissue with { ReturnBy = returnBy, CancelBy = cancelBy });
        }
    }

    private static DateTimeOffset? EndOf(Period? wait, DateTimeOffset from, WorkingCalendar calendar) =>
        wait is { } period ? LastDay.EndOf(period, from, calendar) : null;

    /// <summary>Notes the use of a card that comes after another: some regions end the old one with it.</summary>
    public void NoteFirstUse(ActivateSocial use)
    {
        if (Card is { FirstUsedAt: null } and ({ Replaces: not null } or { Civil.HasSiblings: true })
            && use.Channel is ServiceChannel.Hospital or ServiceChannel.Pharmacy)
        {
            Apply(Card with { FirstUsedAt = use.OccurredAt }, new ReplacementFirstUsed(use.OccurredAt));
        }
    }
}
