using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    /// <summary>The card's passwords.</summary>
    public CardPasswords Passwords { get; init; } = new();

    /// <summary>
    /// A new password is asked for. It counts at once where the region sets no window, or where there was no password
    /// before; otherwise the old one is valid until the window has passed, and a newer request takes the place of this one.
    /// </summary>
    /// <returns>
    /// The decision, and the change; no change where the current password was wrong, which counts as an attempt.
    /// </returns>
    public (Decision<Card> Decision, PasswordChangeView? Change) SetPassword(SetPassword command, PasswordsPolicy policies, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(calendar);
        if (UnusableForPasswords(command.Kind, policies) is { } unusable)
        {
            return (unusable, null);
        }

        var (kind, policy) = (command.Kind, policies.For(command.Kind));
        var isChange = command.Operation is PasswordOperation.Change;
        if (!(isChange ? policy.Channels.Change : policy.Channels.Reset).Contains(command.Channel))
        {
            return (Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!), null);
        }

        var change = new Change(this);
        change.AdvancePassword(kind, now);
        var held = change.Card.Passwords.Of(kind);
        var isFirst = !held.HasValue(policy);
        if (isChange)
        {
            if (isFirst)
            {
                return (PasswordRefusals.NotSet, null);
            }

            var (result, _) = change.TryPassword(kind, command.Knows, command.By, policy, now);
            if (result is not PasswordCheckResult.Match)
            {
                return result is PasswordCheckResult.Locked ? (PasswordRefusals.Locked, null) : (change.Decision, null);
            }
        }

        held = change.Card.Passwords.Of(kind);
        if (!isFirst && command.IsCurrent(held))
        {
            return (PasswordRefusals.Same, null);
        }

        change.EndPendingPassword(kind, PasswordChangeState.Superseded);
        var delays = isChange ? policy.EffectiveDelay.Change : policy.EffectiveDelay.Reset;
        var (effectiveAt, provisional) = isFirst ? (now, false) : EffectiveMoment.Of(delays.For(command.Channel), now, calendar);
        var pending = new PendingPassword(
            command.ChangeId, command.Operation, command.Channel, now, effectiveAt, provisional, command.CreateVerifier());
        change.SetPending(kind, pending);
        if (effectiveAt <= now)
        {
            change.AdvancePassword(kind, now);
            return (change.Decision, PasswordChangeView.Of(kind, pending, PasswordChangeState.Effective));
        }

        change.Apply(change.Card, new PasswordChangeRequested(
            pending.ChangeId, kind, pending.Operation, pending.Channel, effectiveAt, provisional));
        change.Document(PasswordChangeView.Of(kind, pending, PasswordChangeState.Pending));
        return (change.Decision, PasswordChangeView.Of(kind, pending, PasswordChangeState.Pending));
    }

    /// <summary>The moment of a change has come: the new password counts, if the change still waits.</summary>
    public Decision<Card> ApplyPasswordChange(PasswordKind kind, string changeId, DateTimeOffset asOf)
    {
        var change = new Change(this);
        if (Passwords.Of(kind).Pending?.ChangeId == changeId)
        {
            change.AdvancePassword(kind, asOf);
        }

        return change.Decision;
    }

    /// <summary>A change that waits is cancelled.</summary>
    public Decision<Card> CancelPasswordChange(string changeId, DateTimeOffset now)
    {
        foreach (var kind in new[] { PasswordKind.Social, PasswordKind.Query })
        {
            if (Passwords.Of(kind).Pending is { } pending && pending.ChangeId == changeId && pending.EffectiveAt > now)
            {
                var change = new Change(this);
                change.EndPendingPassword(kind, PasswordChangeState.Cancelled);
                return change.Decision;
            }
        }

        return PasswordRefusals.NotPending;
    }

    /// <summary>A password is presented. A wrong one counts towards the lock, a right one clears the count of consecutive ones.</summary>
    /// <param name="kind">Which password.</param>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="by">Where it was presented.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    public (Decision<Card> Decision, PasswordCheckAnswer? Answer) CheckPassword(
        PasswordKind kind, Func<HeldPassword, bool> matches, string by, PasswordsPolicy policies, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return UnusableForPasswords(kind, policies) is { } unusable ? (unusable, null) : TryPassword(kind, matches, by, policies, now);
    }

    /// <summary>A password is tried, whatever else the card may be used for.</summary>
    private (Decision<Card> Decision, PasswordCheckAnswer? Answer) TryPassword(
        PasswordKind kind, Func<HeldPassword, bool> matches, string by, PasswordsPolicy policies, DateTimeOffset now)
    {
        var policy = policies.For(kind);
        var change = new Change(this);
        change.AdvancePassword(kind, now);
        var held = change.Card.Passwords.Of(kind);
        if (!held.HasValue(policy))
        {
            return (PasswordRefusals.NotSet, null);
        }

        var (result, attemptsLeft) = change.TryPassword(kind, matches, by, policy, now);
        return (change.Decision, new PasswordCheckAnswer(result, attemptsLeft, held.Verifier is null ? policy.InitialMode : null));
    }

    /// <summary>The error counter is cleared, and with it the lock.</summary>
    public Decision<Card> UnlockPassword(PasswordKind kind, ServiceChannel channel, string by, PasswordsPolicy policies, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);
        if (UnusableForPasswords(kind, policies) is { } unusable)
        {
            return unusable;
        }

        var policy = policies.For(kind);
        if (!policy.Channels.Unlock.Contains(channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(channel)!);
        }

        var change = new Change(this);
        change.AdvancePassword(kind, now);
        var held = change.Card.Passwords.Of(kind);
        if (held is { LockedAt: null, Wrong: 0 })
        {
            return change.Decision;
        }

        if (held.LockedAt is not null)
        {
            if (policy.Unlock.Where is UnlockPlace.WhereLocked && held.LockedBy != by)
            {
                return PasswordRefusals.UnlockElsewhere;
            }

            if (held.Unlocks >= policy.Unlock.MaxLifetime)
            {
                return PasswordRefusals.UnlocksUsedUp;
            }
        }

        change.UnlockPassword(kind, channel, now);
        return change.Decision;
    }

    /// <summary>The bank says that the financial password was changed there.</summary>
    public Decision<Card> FinancialPasswordChanged(DateTimeOffset changedAt, DateTimeOffset effectiveAt)
    {
        if (Social.State is SocialState.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Financial.State is not FinancialState.Active)
        {
            return PasswordRefusals.FinancialNotActive;
        }

        if (changedAt <= Passwords.Financial?.ChangedAt)
        {
            return Decision.Unchanged(this);
        }

        return Decision.Changed(
            this with { Passwords = Passwords with { Financial = new(changedAt, effectiveAt) } },
            new PasswordChanged(null, PasswordKind.Financial, null, ServiceChannel.Bank, changedAt, effectiveAt));
    }

    /// <summary>The holder is asked to change the passwords that still have the value that everybody got.</summary>
    public Decision<Card> NoticeInitialPasswords(PasswordsPolicy policies)
    {
        var initial = InitialPasswords(policies);
        return initial.Count == 0 || Social.State is SocialState.Cancelled
            ? Decision.Unchanged(this)
            : Decision.Changed(this, new InitialPasswordNoticed(initial));
    }

    /// <summary>Which passwords still have a value that the region gave to every card.</summary>
    public IReadOnlyList<PasswordKind> InitialPasswords(PasswordsPolicy policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return [.. HeldKinds(policies).Where(kind => Passwords.Of(kind) is { Verifier: null } held && held.HasValue(policies.For(kind)))];
    }

    private static IEnumerable<PasswordKind> HeldKinds(PasswordsPolicy policies) =>
        policies.Kinds.Where(kind => kind is not PasswordKind.Financial);

    private Refusal? UnusableForPasswords(PasswordKind kind, PasswordsPolicy policies) =>
        kind is PasswordKind.Financial ? PasswordRefusals.HeldByBank
        : !policies.Kinds.Contains(kind) ? PasswordRefusals.NoSuchKind
        : Social.State is SocialState.Cancelled ? Refusal.CardCancelled
        : ReceivedOn is null ? PasswordRefusals.NotReceived
        : Social is { State: SocialState.Suspended, Reason: not StateReason.PasswordLocked } ? Refusal.CardSuspended(Social.Reason)
        : null;

    private sealed partial class Change
    {
        /// <summary>What time alone has done: a pending password counts from its moment on, a lock may lapse by itself.</summary>
        public void AdvancePassword(PasswordKind kind, DateTimeOffset now)
        {
            var held = Card.Passwords.Of(kind);
            if (held.Pending is { } pending && pending.EffectiveAt <= now)
            {
                held = held with
                {
                    Verifier = pending.Verifier,
                    ChangedAt = pending.EffectiveAt,
                    Pending = null,
                    Wrong = held.LockedAt is null ? 0 : held.Wrong,
                };
                Apply(Holding(kind, held), new PasswordChanged(
                    pending.ChangeId, kind, pending.Operation, pending.Channel, pending.RequestedAt, pending.EffectiveAt));
                Document(PasswordChangeView.Of(kind, pending, PasswordChangeState.Effective));
            }

            if (held.LockedAt is not null && held.LockLapsesAt <= now)
            {
                UnlockPassword(kind, null, now);
            }
        }

        public void SetPending(PasswordKind kind, PendingPassword pending) =>
            Apply(Holding(kind, Card.Passwords.Of(kind) with { Pending = pending }));

        /// <summary>A change that waits will not come, for whatever reason.</summary>
        public void EndPendingPassword(PasswordKind kind, PasswordChangeState state)
        {
            if (Card.Passwords.Of(kind) is { Pending: { } pending } held)
            {
                Apply(Holding(kind, held with { Pending = null }), new PasswordChangeEnded(pending.ChangeId, kind, state));
                Document(PasswordChangeView.Of(kind, pending, state));
            }
        }

        /// <summary>The card is lost or has ended, and with it every change of password that waits.</summary>
        public void DropPendingPasswords()
        {
            EndPendingPassword(PasswordKind.Social, PasswordChangeState.Dropped);
            EndPendingPassword(PasswordKind.Query, PasswordChangeState.Dropped);
        }

        public (PasswordCheckResult Result, int? AttemptsLeft) TryPassword(
            PasswordKind kind, Func<HeldPassword, bool> matches, string by, PasswordPolicy policy, DateTimeOffset now)
        {
            var held = Card.Passwords.Of(kind);
            if (held.LockedAt is not null)
            {
                return (PasswordCheckResult.Locked, 0);
            }

            var today = ChinaTime.DateOf(now);
            var counted = policy.WrongCount is WrongCount.PerDay && held.WrongOn != today ? 0 : held.Wrong;
            if (matches(held))
            {
                counted = policy.WrongCount is WrongCount.Consecutive ? 0 : counted;
                if (counted != held.Wrong)
                {
                    Apply(Holding(kind, held with { Wrong = counted }));
                }

                return (PasswordCheckResult.Match, policy.MaxWrong - counted);
            }

            var wrong = counted + 1;
            var locks = wrong >= policy.MaxWrong;
            var attemptsLeft = policy.MaxWrong is { } most ? Math.Max(0, most - wrong) : (int?)null;
            held = held with
            {
                Wrong = wrong,
                WrongOn = today,
                LockedAt = locks ? now : null,
                LockedBy = locks ? by : null,
                LockLapsesAt = locks && policy.Unlock.ByItselfAfter is { Unit: not PeriodUnit.NoLimit } lapse
                    ? now + (lapse.Unit is PeriodUnit.Hours ? TimeSpan.FromHours(lapse.Quantity) : TimeSpan.FromDays(lapse.Quantity)) : null,
            };
            Apply(Holding(kind, held), new PasswordMismatched(kind, attemptsLeft));
            if (locks)
            {
                var suspends = kind is PasswordKind.Social && Card.Social.State is SocialState.Active;
                Apply(
                    suspends ? Card with { Social = new(SocialState.Suspended, StateReason.PasswordLocked, now) } : Card,
                    new PasswordLocked(kind));
            }

            return (PasswordCheckResult.Mismatch, attemptsLeft);
        }

        public void UnlockPassword(PasswordKind kind, ServiceChannel? channel, DateTimeOffset now)
        {
            var held = Card.Passwords.Of(kind);
            var unlocks = held.Unlocks + (held.LockedAt is null || channel is null ? 0 : 1);
            Apply(
                Holding(kind, held with { Wrong = 0, WrongOn = null, LockedAt = null, LockedBy = null, LockLapsesAt = null, Unlocks = unlocks }),
                new PasswordUnlocked(kind, channel, unlocks));
            if (kind is PasswordKind.Social && Card.SocialBeneath.Reason is StateReason.PasswordLocked)
            {
                Apply(Card.WithSocial(new(SocialState.Active, null, now)));
            }
        }

        public void Document(PasswordChangeView view) => documents.Add(view.ToDocument());

        private Card Holding(PasswordKind kind, HeldPassword held) => Card with { Passwords = Card.Passwords.With(kind, held) };
    }
}
