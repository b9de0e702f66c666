using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    private const int CurrentGeneration = 3;

    /// <summary>The latest application for a new card in place of this one.</summary>
    public Reissue? Reissue { get; init; }

    /// <summary>When new cards were applied for within the last month, oldest first; a new card takes them over.</summary>
    public IReadOnlyList<DateTimeOffset> ReissuesFiled { get; init; } = [];

    /// <summary>The reissue by which this card was issued; null for a first card.</summary>
    public string? IssuedByReissue { get; init; }

    /// <summary>When a card that replaces another was first used at a hospital or pharmacy.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>
    /// A new card is applied for. Where the region takes the formal loss report in the same visit, the application takes it;
    /// where no fee is due, the card is ordered at once; where the region says so, the old card ends with it.
    /// </summary>
    public Decision<Card> FileReissue(FileReissue command, RegionPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new Change(this);
        change.SettleReissue(now);
        if (change.Card.NotReissuable(command, policy, now) is { } refusal)
        {
            return refusal;
        }

        // What is suspended because it is lost is lost, whatever else is said of it.
        var rules = policy.Reissue;
        var isLoss = command.Reason is ReissueReason.Lost or ReissueReason.Stolen or ReissueReason.PasswordLeaked || FormalLoss is not null
            || Loss.Reports.Count > 0;
        if (isLoss && Social.State is not SocialState.Cancelled)
        {
            if (rules.LossPrecondition is ReissuePrecondition.SameVisit && FormalLoss is null)
            {
                var reported = change.Card.ReportLoss(FormalReportOf(command, policy), policy, calendar, now);
                if (reported.Refusal is { } notReported)
                {
                    return notReported;
                }

                change.Take(reported);
            }
            else if (LossNotProven(command, rules, now) is { } unproven)
            {
                return unproven;
            }
        }

        change.FileReissue(command, rules, calendar, now);
        var voidAt = rules.OldCardVoidAt;
        if (voidAt is OldCardVoid.Application || (voidAt is OldCardVoid.FormalReport && change.Card.FormalLoss is not null))
        {
            change.CancelAsReplaced(now);
        }

        return change.Decision;
    }

    /// <summary>The fee is paid, and the card ordered.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="amountYuan">How much, in yuan.</param>
    /// <param name="receipt">The number of the receipt.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> PayReissue(string reissueId, int amountYuan, string? receipt, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running || running.PayBy <= now && running.State is ReissueState.AwaitingPayment)
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

        var change = new Change(this);
        change.With(running with { PaidAt = now }, new ReissueFeePaid(reissueId, amountYuan, receipt));
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it took the fee. If none is due, nobody is there to be told no, and the card notes it.</summary>
    public Decision<Card> ReportReissuePayment(string reissueId, int amountYuan, WorkingCalendar calendar, DateTimeOffset now)
    {
        var decision = PayReissue(reissueId, amountYuan, null, calendar, now);
        return decision.Refusal is { } refusal
            ? Decision.RefusedAndNoted(this, refusal, new ReissueFeeRefused(reissueId, amountYuan, refusal.Code))
            : decision;
    }

    /// <summary>The application is withdrawn: until the card is ordered, or when operations must decide about another order.</summary>
    public Decision<Card> CancelReissue(string reissueId, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (running is not ({ State: ReissueState.AwaitingPayment } or { AwaitsOperations: true }))
        {
            return ReissueRefusals.InProduction;
        }

        var change = new Change(this);
        change.EndReissue(ReissueCancellation.Requested);
        return change.Decision;
    }

    /// <summary>Operations order the card again after the orders that the service makes by itself have failed.</summary>
    public Decision<Card> OrderReissueAgain(string reissueId, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running)
        {
            return ReissueRefusals.NotRunning;
        }

        if (!running.AwaitsOperations)
        {
            return ReissueRefusals.NothingToDecide;
        }

        var change = new Change(this);
        change.OrderProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>The bank says that it has made the card. A card that cannot be the new one is refused, and the card notes it.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="newCard">The new card's number.</param>
    /// <param name="isInUse">Whether a card with that number is registered that this reissue did not bring about.</param>
    /// <param name="bankId">The bank.</param>
    public Decision<Card> ReportProduction(string reissueId, CardNumber newCard, bool isInUse, string bankId)
    {
        if (RunningReissue(reissueId) is { } running && running.BankId == bankId)
        {
            if (running.NewCardNumber == newCard)
            {
                return Decision.Unchanged(this);
            }

            if (running.NewCardNumber is null && running.State is ReissueState.InProduction && !isInUse && newCard != Number)
            {
                var change = new Change(this);
                change.With(
                    running with { NewCardNumber = newCard, AwaitsOperations = false }, new NewCardProduced(reissueId, newCard));
                return change.Decision;
            }

            return Refused(running.NewCardNumber is null && running.State is ReissueState.InProduction
                ? ReissueRefusals.NumberInUse : ReissueRefusals.AlreadyProduced);
        }

        // A completed reissue is over, but its bank may tell of it once more.
        return Reissue?.ReissueId == reissueId && Reissue is { State: ReissueState.Completed } && Reissue.NewCardNumber == newCard
            ? Decision.Unchanged(this)
            : Refused(ReissueRefusals.NotRunning);

        Decision<Card> Refused(Refusal refusal) =>
            Decision.RefusedAndNoted(this, refusal, new NewCardRefused(reissueId, newCard, refusal.Code));
    }

    /// <summary>The bank says that it could not make the card: it is ordered again, or operations decide.</summary>
    /// <param name="reissueId">The reissue that the bank names.</param>
    /// <param name="orderId">The order that failed; the current one where the bank names none.</param>
    /// <param name="bankId">The bank.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> ReportProductionFailure(string reissueId, string? orderId, string bankId, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (RunningReissue(reissueId) is not { } running || running.BankId != bankId)
        {
            return ReissueRefusals.NotRunning;
        }

        // The report of an order that failed before comes again.
        if (running is not { State: ReissueState.InProduction, NewCardNumber: null, AwaitsOperations: false }
            || (orderId is not null && orderId != running.OrderId))
        {
            return Decision.Unchanged(this);
        }

        var change = new Change(this);
        change.FailProduction(calendar, now);
        return change.Decision;
    }

    /// <summary>What has fallen due, or has happened to the new card, takes its effect on this one.</summary>
    /// <param name="reissueId">The reissue.</param>
    /// <param name="newCard">What the new card says; null while there is none.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="asOf">The time by which deadlines are judged.</param>
    public Decision<Card> AdvanceReissue(string reissueId, NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var change = new Change(this);
        if (RunningReissue(reissueId) is not null)
        {
            change.SettleReissue(asOf);
            change.Produce(newCard, calendar, asOf);
            change.HandOut(newCard, calendar, asOf);
            change.TakeOver(newCard, asOf);
        }

        return change.Decision;
    }

    /// <summary>The new card that a reissue brings about: of the same holder, with a life of its own ahead.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="InvalidOperationException">No new card has been produced.</exception>
    public Decision<Card> RegisterReplacement(DateTimeOffset now)
    {
        if (Reissue is not { NewCardNumber: { } number } reissue)
        {
            throw new InvalidOperationException("No new card has been produced.");
        }

        var registered = Register(number, Holder, RegionCode, reissue.BankId, CurrentGeneration, now);
        return Decision.Changed(
            registered.Card! with
            {
                Replaces = Number,
                IssuedByReissue = reissue.ReissueId,
                ReissuesFiled = ReissuesFiled,
                Civil = Civil with { Ended = null, IssuedIn = null },
            },
            [.. registered.Events, new ReplacementIssued(Number, reissue.ReissueId)]);
    }

    /// <summary>A new card that nobody fetched ends, unless its holder has it after all.</summary>
    public Decision<Card> CancelUnclaimed(DateTimeOffset asOf)
    {
        if (ReceivedOn is not null || Social.State is SocialState.Cancelled)
        {
            return Decision.Unchanged(this);
        }

        var change = new Change(this);
        change.Cancel(StateReason.Unclaimed, asOf, new CardCancelled(StateReason.Unclaimed));
        return change.Decision;
    }

    private LossReport? FormalLoss => Loss.Reports.FirstOrDefault(report => report.Kind is LossReportKind.Formal);

    private Reissue? RunningReissue(string reissueId) =>
        Reissue is { IsLive: true } running && running.ReissueId == reissueId ? running : null;

    private Refusal? NotReissuable(FileReissue command, RegionPolicy policy, DateTimeOffset now)
    {
        var rules = policy.Reissue;
        if (Reissue is { IsLive: true })
        {
            return ReissueRefusals.Running;
        }

        if (ReplacedBy is not null || Civil.Ended is not null)
        {
            return Refusal.CardCancelled;
        }

        if (command.Channel is ServiceChannel.Online && rules.InPersonOnly)
        {
            return ReissueRefusals.InPersonOnly;
        }

        if (!rules.Deliveries.Contains(command.Delivery)
            || (command is { Channel: ServiceChannel.Online, Delivery: CardDelivery.Instant }))
        {
            return ReissueRefusals.DeliveryNotOffered;
        }

        if (command.Waiver is { } waiver && !rules.Waivers.Contains(waiver))
        {
            return ReissueRefusals.WaiverNotOffered;
        }

        if (command.Reason is ReissueReason.BankChanged && command.BankId == BankId)
        {
            return ReissueRefusals.SameBank;
        }

        var today = ChinaTime.DateOf(now);
        if (command.Reason is ReissueReason.Expired && ReceivedOn is { } received && RenewableFrom(received, rules) is var from && today < from)
        {
            return ReissueRefusals.NotRenewableYet(from);
        }

        var isMinor = command.HolderBirthDate.AddYears(policy.Activation.MinorAge) > today;
        return command.Agent is { } agent ? agent.NotAccepted(rules.Agent, isMinor, today)
            : isMinor ? Refusal.GuardianRequired
            : null;
    }

    private static DateOnly RenewableFrom(DateOnly received, ReissuePolicy rules)
    {
        var end = received.AddYears(rules.ValidityYears);
        return rules.RenewableBefore.Unit is PeriodUnit.Months
            ? end.AddMonths(-rules.RenewableBefore.Quantity) : end.AddDays(-rules.RenewableBefore.Quantity);
    }

    private Refusal? LossNotProven(FileReissue command, ReissuePolicy rules, DateTimeOffset now) => (rules.LossPrecondition, FormalLoss) switch
    {
        (ReissuePrecondition.None, _) => null,
        (_, null) => ReissueRefusals.FormalReportRequired,
        (ReissuePrecondition.ReportPeriodOver, { } report) when report.Sides.Any(side => side.ExpiresAt > now) =>
            ReissueRefusals.ReportPeriodRunning,
        (_, { } report) when rules.Where is ServicePlace.AcceptingPoint && report.By != command.By => ReissueRefusals.AcceptingPointOnly,
        _ => null,
    };

    private static ReportLoss FormalReportOf(FileReissue command, RegionPolicy policy) => new(
        command.ReportId,
        LossReportKind.Formal,
        command.Reason switch
        {
            ReissueReason.Stolen => LossReason.Stolen,
            ReissueReason.PasswordLeaked => LossReason.PasswordLeaked,
            _ => LossReason.Lost,
        },
        policy.LossReports.Formal.Linkage.For(command.Channel) is LossLinkage.BothRequired ? LossScope.Both : LossScope.Social,
        command.Channel,
        command.By,
        new LossReporter(command.HolderBirthDate, command.Agent));

    private sealed partial class Change
    {
        /// <summary>What another decision on the same card has brought, before this one goes on.</summary>
        public void Take(Decision<Card> decision)
        {
            Apply(decision.Card!, decision.Events);
            documents.AddRange(decision.Documents);
        }

        /// <summary>A fee that was not paid in time ends the reissue.</summary>
        public void SettleReissue(DateTimeOffset asOf)
        {
            if (Card.Reissue is { State: ReissueState.AwaitingPayment } waiting && waiting.PayBy <= asOf)
            {
                EndReissue(ReissueCancellation.Unpaid);
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
            var isOver = reissue.Orders >= Reissue.MaxOrders;
            With(reissue with { NewCardNumber = null, AwaitsOperations = isOver }, new ProductionFailed(reissue.ReissueId, reissue.OrderId));
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
                    DateTimeOffset? returnBy = reissue.Terms.UnclaimedReturnedAfter is { } wait ? LastDay.EndOf(wait, asOf, calendar) : null;
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

        /// <summary>The new card goes to its holder, or back to the bank, or ends there.</summary>
        public void HandOut(NewCardFacts? newCard, WorkingCalendar calendar, DateTimeOffset asOf)
        {
            if (newCard is null
                || Card.Reissue is not { State: ReissueState.Ready or ReissueState.Returned, NewCardNumber: { } number } reissue)
            {
                return;
            }

            if (newCard.ReceivedOn is { } receivedOn)
            {
                Apply(Card with { ReplacedBy = number });
                With(reissue with { State = ReissueState.Received }, new NewCardReceived(reissue.ReissueId, number, receivedOn));
                EndTemporaryCard(TemporaryCardEnd.NewCardReceived);
            }
            else if (newCard.IsCancelled)
            {
                EndReissue(ReissueCancellation.Unclaimed);
            }
            else if (reissue.State is ReissueState.Ready && reissue.ReturnBy <= asOf)
            {
                DateTimeOffset? cancelBy = reissue.Terms.UnclaimedCancelledAfter is { } wait ? LastDay.EndOf(wait, asOf, calendar) : null;
                With(
                    reissue with { State = ReissueState.Returned, CancelBy = cancelBy },
                    new NewCardReturned(reissue.ReissueId, number, cancelBy));
            }
        }

        /// <summary>The old card ends at the region's moment; at the latest when the new one itself has ended.</summary>
        public void TakeOver(NewCardFacts? newCard, DateTimeOffset asOf)
        {
            if (newCard is null || Card.Reissue is not { State: ReissueState.Received, NewCardNumber: { } number } reissue)
            {
                return;
            }

            var takesOver = newCard.IsCancelled || reissue.Terms.OldCardVoidAt switch
            {
                OldCardVoid.Application => true,
                OldCardVoid.FirstUse => newCard.IsUsed,
                _ => newCard.IsEnabled,
            };
            if (takesOver || Card.Social.State is SocialState.Cancelled)
            {
                CancelAsReplaced(asOf);
                With(reissue with { State = ReissueState.Completed }, new ReissueCompleted(reissue.ReissueId, number));
            }
        }

        public void CancelAsReplaced(DateTimeOffset at)
        {
            if (Card.Social.State is not SocialState.Cancelled)
            {
                Cancel(StateReason.Replaced, at, new CardCancelled(StateReason.Replaced));
            }
        }

        public void EndReissue(ReissueCancellation cause)
        {
            var ended = Card.Reissue! with { State = ReissueState.Cancelled, AwaitsOperations = false };
            With(ended, new ReissueCancelled(ended.ReissueId, cause));
            EndTemporaryCard(TemporaryCardEnd.ReissueCancelled);
        }

        public void With(Reissue next, params IEnumerable<DomainEvent> happened)
        {
            Apply(Card with { Reissue = next }, happened);
            documents.Add(ReissueView.Of(next).ToDocument());
        }

        /// <summary>Notes the use of a card that replaces another: some regions end the old one with it.</summary>
        public void NoteFirstUse(ActivateSocial use)
        {
            if (Card is { Replaces: not null, FirstUsedAt: null } && use.Channel is ActivationChannel.Hospital or ActivationChannel.Pharmacy)
            {
                Apply(Card with { FirstUsedAt = use.OccurredAt }, new ReplacementFirstUsed(use.OccurredAt));
            }
        }
    }
}
