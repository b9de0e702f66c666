namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>What time alone has done: a pending password counts from its moment on, a lock may lapse by itself.</summary>
    public void AdvancePassword(PasswordKind kind, DateTimeOffset now)
    {
        if (Card.HeldPasswords.Of(kind).Pending is { } pending && pending.EffectiveAt <= now)
        {
            LapseLock(kind, pending.EffectiveAt);
            var held = Card.HeldPasswords.Of(kind);
            held = held with
            {
                Verifier = pending.Verifier,
                IsAssigned = pending.IsAssigned,
                SetOn = null,
                ChangedAt = pending.EffectiveAt,
                Pending = null,
                Wrong = held.LockedAt is null ? 0 : held.Wrong,
            };
            Apply(Holding(kind, held), new PasswordChanged(
                pending.ChangeId, kind, pending.Operation, pending.Channel, pending.RequestedAt, pending.EffectiveAt));
            Document(PasswordChangeView.Of(kind, pending, PasswordChangeState.Effective));
            if (pending.LiftsLock && held.LockedAt is not null)
            {
                UnlockPassword(kind, pending.Channel, pending.EffectiveAt);
            }

            if (pending.Seals)
            {
                SealUntilUsed(pending.EffectiveAt);
            }
        }

        LapseLock(kind, now);
    }

    /// <summary>What time alone has done to all the passwords; nothing once the card has ended.</summary>
    public void AdvancePasswords(DateTimeOffset asOf)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return;
        }

        foreach (var kind in HeldPasswords.Kinds)
        {
            AdvancePassword(kind, asOf);
        }
    }

    public void SetPending(PasswordKind kind, PendingPassword pending) =>
        Apply(Holding(kind, Card.HeldPasswords.Of(kind) with { Pending = pending }));

    /// <summary>A change that waits will not come, for whatever reason.</summary>
    public void EndPendingPassword(PasswordKind kind, PasswordChangeState state)
    {
        if (Card.HeldPasswords.Of(kind) is { Pending: { } pending } held)
        {
            Apply(Holding(kind, held with { Pending = null }), new PasswordChangeEnded(pending.ChangeId, kind, state));
            Document(PasswordChangeView.Of(kind, pending, state));
        }
    }

    /// <summary>The card is lost or has ended, and with it every change of password that waits.</summary>
    public void DropPendingPasswords()
    {
        foreach (var kind in HeldPasswords.Kinds)
        {
            EndPendingPassword(kind, PasswordChangeState.Dropped);
        }
    }

    public (PasswordCheckResult Result, int? AttemptsLeft) TryPassword(
        PasswordKind kind, Func<HeldPassword, bool> matches, string? by, PasswordPolicy policy, DateTimeOffset now)
    {
        var held = Card.HeldPasswords.Of(kind);
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
        var held = Card.HeldPasswords.Of(kind);
        var unlocks = held.Unlocks + (held.LockedAt is null || channel is null ? 0 : 1);
        Apply(
            Holding(kind, held with
            {
                Wrong = 0,
                WrongOn = null,
                LockedAt = null,
                LockedBy = null,
                LockLapsesAt = null,
                Unlocks = unlocks,
            }),
            new PasswordUnlocked(kind, channel, unlocks));
        if (kind is PasswordKind.Social && Card.SocialBeneath.Reason is StateReason.PasswordLocked)
        {
            Apply(Card.WithSocial(new(SocialState.Active, null, now)));
        }
    }

    private void LapseLock(PasswordKind kind, DateTimeOffset asOf)
    {
        if (Card.HeldPasswords.Of(kind) is { LockedAt: not null, LockLapsesAt: { } lapsed } && lapsed <= asOf)
        {
            UnlockPassword(kind, null, lapsed);
        }
    }

    private void SealUntilUsed(DateTimeOffset at)
    {
        if (Card.SocialBeneath is { State: SocialState.Active } social)
        {
            Apply(
                Card.WithSocial(new(SocialState.Sealed, null, at)) with { EnabledAt = Card.EnabledAt ?? social.Since },
                new SealedByReset(at));
        }
    }

    public void Document(PasswordChangeView view) => documents.Add(view.ToDocument());

    private Card Holding(PasswordKind kind, HeldPassword held) =>
        Card with { HeldPasswords = Card.HeldPasswords.With(kind, held with { AsHandedOver = false }) };
}
