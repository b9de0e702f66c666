namespace SocialCard.Domain.Cards;

/// <summary>Decides on a card's passwords: their changes, their checks, their locks.</summary>
/// <param name="Card">The card.</param>
public readonly record struct CardPasswords(Card Card)
{
    /// <summary>What the bank told of the password that it holds; null until it told of a change.</summary>
    public FinancialPassword? Financial => Card.HeldPasswords.Financial;

    /// <summary>A password that the service holds; one that nothing happened to has its initial value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The financial password, which the bank holds.</exception>
    public HeldPassword Of(PasswordKind kind) => Card.HeldPasswords.Of(kind);

    /// <summary>
    /// A new password is asked for. It counts at once where the region sets no window, or where there was no password
    /// before; otherwise the old one is valid until the window has passed, and a newer request takes the place of this one.
    /// </summary>
    /// <returns>With the change; without one where the current password was wrong, which counts as an attempt.</returns>
    public Decision<Card, PasswordChangeView> Set(
        SetPassword command, PasswordsPolicy policies, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(calendar);
        if (command.Agent?.NotAcceptedForPasswords(command.GuardianDocuments) is { } notRepresented)
        {
            return notRepresented;
        }

        if (Unusable(command.Kind, policies) is { } unusable)
        {
            return unusable;
        }

        var (kind, policy) = (command.Kind, policies.For(command.Kind));
        var isChange = command.Operation is PasswordOperation.Change;
        if (!(isChange ? policy.Channels.Change : policy.Channels.Reset).Contains(command.Channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(command.Channel)!);
        }

        var change = new CardChange(Card);
        change.AdvancePassword(kind, now);
        var held = change.Card.HeldPasswords.Of(kind);
        var isFirst = !held.HasValue(policy);
        if (isChange)
        {
            if (isFirst)
            {
                return PasswordRefusals.NotSet;
            }

            var (result, _) = change.TryPassword(kind, command.Knows, command.By, policy, now);
            if (result is not PasswordCheckResult.Match)
            {
                return result is PasswordCheckResult.Locked ? PasswordRefusals.Locked : change.Decision.With<PasswordChangeView>(null);
            }
        }

        held = change.Card.HeldPasswords.Of(kind);
        if (!isChange && held.LockedAt is not null
            && (policy.Unlock.ByReset ? LockStays(held, policy, command.By) : PasswordRefusals.Locked) is { } stays)
        {
            return stays;
        }

        if (!isFirst && !command.IsAssigned && command.IsCurrent(held))
        {
            return PasswordRefusals.Same;
        }

        change.EndPendingPassword(kind, PasswordChangeState.Superseded);
        var delays = isChange ? policy.EffectiveDelay.Change : policy.EffectiveDelay.Reset;
        var (effectiveAt, provisional) = isFirst ? (now, false) : EffectiveMoment.Of(delays.For(command.Channel), now, calendar);
        var pending = new PendingPassword(
            command.ChangeId,
            command.Operation,
            command.Channel,
            now,
            effectiveAt,
            provisional,
            command.CreateVerifier(),
            command.IsAssigned,
            LiftsLock: !isChange && policy.Unlock.ByReset && !(held.Unlocks >= policy.Unlock.MaxLifetime),
            Seals: !isChange && !isFirst && kind is PasswordKind.Social && policies.ReenableAfterReset)
        {
            By = command.By,
        };
        change.SetPending(kind, pending);
        if (effectiveAt <= now)
        {
            change.AdvancePassword(kind, now);
            return change.Decision.With(PasswordChangeView.Of(kind, pending, PasswordChangeState.Effective));
        }

        change.Apply(change.Card, new PasswordChangeRequested(
            pending.ChangeId, kind, pending.Operation, pending.Channel, effectiveAt, provisional));
        change.Document(PasswordChangeView.Of(kind, pending, PasswordChangeState.Pending));
        return change.Decision.With(PasswordChangeView.Of(kind, pending, PasswordChangeState.Pending));
    }

    /// <summary>The moment of a change has come: the new password counts, if the change still waits.</summary>
    public Decision<Card> ApplyChange(PasswordKind kind, string changeId, DateTimeOffset asOf)
    {
        var change = new CardChange(Card);
        if (Of(kind).Pending?.ChangeId == changeId)
        {
            change.AdvancePassword(kind, asOf);
        }

        return change.Decision;
    }

    /// <summary>By whom a change that waits was asked for, and through which channels it can be; null where none waits.</summary>
    public AskedFor? AskedFor(string changeId, PasswordsPolicy policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        foreach (var kind in HeldPasswords.Kinds)
        {
            if (Of(kind).Pending is { } pending && pending.ChangeId == changeId)
            {
                var channels = policies.For(kind).Channels;
                return new(pending.By, pending.Operation is PasswordOperation.Change ? channels.Change : channels.Reset);
            }
        }

        return null;
    }

    /// <summary>A change that waits is cancelled.</summary>
    /// <returns>With the change after it.</returns>
    public Decision<Card, PasswordChangeView> CancelChange(string changeId, DateTimeOffset now)
    {
        foreach (var kind in HeldPasswords.Kinds)
        {
            if (Of(kind).Pending is { } pending && pending.ChangeId == changeId && pending.EffectiveAt > now)
            {
                var change = new CardChange(Card);
                change.EndPendingPassword(kind, PasswordChangeState.Cancelled);
                return change.Decision.With(PasswordChangeView.Of(kind, pending, PasswordChangeState.Cancelled));
            }
        }

        return PasswordRefusals.NotPending;
    }

    /// <summary>A password is presented. A wrong one counts towards the lock, a right one clears the count of consecutive ones.</summary>
    /// <param name="kind">Which password.</param>
    /// <param name="matches">Whether what was presented is the password held.</param>
    /// <param name="by">Where it was presented, and would be unlocked; null where nobody unlocks.</param>
    /// <param name="policies">The region's rules.</param>
    /// <param name="now">The time.</param>
    /// <returns>With what came of it.</returns>
    public Decision<Card, PasswordCheckAnswer> Check(
        PasswordKind kind, Func<HeldPassword, bool> matches, string? by, PasswordsPolicy policies, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return Unusable(kind, policies) is { } unusable ? unusable : Try(kind, matches, by, policies, now);
    }

    /// <summary>
    /// A password is tried, whatever else the card may be used for; where the card has none, one that stands for it may be, whose wrong
    /// attempts count here.
    /// </summary>
    internal Decision<Card, PasswordCheckAnswer> Try(
        PasswordKind kind,
        Func<HeldPassword, bool> matches,
        string? by,
        PasswordsPolicy policies,
        DateTimeOffset now,
        bool isSetElsewhere = false)
    {
        var policy = policies.For(kind);
        var change = new CardChange(Card);
        change.AdvancePassword(kind, now);
        var held = change.Card.HeldPasswords.Of(kind);
        if (!held.HasValue(policy) && !isSetElsewhere)
        {
            return PasswordRefusals.NotSet;
        }

        var (result, attemptsLeft) = change.TryPassword(kind, matches, by, policy, now);
        return change.Decision.With(new PasswordCheckAnswer(result, attemptsLeft, held.Verifier is null ? policy.InitialMode : null));
    }

    /// <summary>The error counter is cleared, and with it the lock.</summary>
    public Decision<Card> Unlock(PasswordKind kind, ServiceChannel channel, string by, PasswordsPolicy policies, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policies);
        if (Unusable(kind, policies) is { } unusable)
        {
            return unusable;
        }

        var policy = policies.For(kind);
        if (!policy.Channels.Unlock.Contains(channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(channel)!);
        }

        var change = new CardChange(Card);
        change.AdvancePassword(kind, now);
        var held = change.Card.HeldPasswords.Of(kind);
        if (held is { LockedAt: null, Wrong: 0 })
        {
            return change.Decision;
        }

        if (held.LockedAt is not null && LockStays(held, policy, by) is { } stays)
        {
            return stays;
        }

        change.UnlockPassword(kind, channel, now);
        return change.Decision;
    }

    /// <summary>
    /// The bank says that the financial password was changed there: a fact, whether or not the card is on report, and whether or not its
    /// activation has been heard of. The latest change counts.
    /// </summary>
    public Decision<Card> FinancialChanged(DateTimeOffset changedAt, DateTimeOffset effectiveAt)
    {
        if (Card.Social.State is SocialState.Cancelled)
        {
            return Card.Following.Beneath(
                changedAt, before => before.Passwords.FinancialChanged(changedAt, effectiveAt), new BankEventNoted(changedAt));
        }

        if (changedAt <= Financial?.ChangedAt)
        {
            return Decision.Unchanged(Card);
        }

        return Decision.Changed(
            Card with { HeldPasswords = Card.HeldPasswords with { Financial = new(changedAt, effectiveAt) } },
            new PasswordChanged(null, PasswordKind.Financial, null, ServiceChannel.Bank, changedAt, effectiveAt));
    }

    /// <summary>The holder is asked to change the passwords that still have the value that everybody got.</summary>
    public Decision<Card> NoticeInitial(PasswordsPolicy policies)
    {
        var initial = Initial(policies);
        return initial.Count == 0 || Card.Social.State is SocialState.Cancelled
            ? Decision.Unchanged(Card)
            : Decision.Changed(Card, new InitialPasswordNoticed(initial));
    }

    /// <summary>Which passwords still have a value that the region gave to every card.</summary>
    public IReadOnlyList<PasswordKind> Initial(PasswordsPolicy policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        var held = Card.HeldPasswords;
        return
        [
            .. policies.Kinds.Where(kind => kind is not PasswordKind.Financial
                && held.Of(kind) is { IsOwn: false } initial && initial.HasValue(policies.For(kind))),
        ];
    }

    // Why a lock is not lifted here and now; null if it is.
    private static Refusal? LockStays(HeldPassword held, PasswordPolicy policy, string by) =>
        policy.Unlock.Where is UnlockPlace.WhereLocked && held.LockedBy is { } place && place != by ? PasswordRefusals.UnlockElsewhere
        : held.Unlocks >= policy.Unlock.MaxLifetime ? PasswordRefusals.UnlocksUsedUp
        : null;

    private Refusal? Unusable(PasswordKind kind, PasswordsPolicy policies) =>
        !policies.Kinds.Contains(kind) ? PasswordRefusals.NoSuchKind
        : kind is PasswordKind.Financial ? PasswordRefusals.HeldByBank
        : Card.Social.State is SocialState.Cancelled ? Refusal.CardCancelled
        : Card.ReceivedOn is null ? PasswordRefusals.NotReceived
        : Card.Social is { State: SocialState.Suspended, Reason: not StateReason.PasswordLocked }
            ? Refusal.CardSuspended(Card.Social.Reason)
        : null;
}
