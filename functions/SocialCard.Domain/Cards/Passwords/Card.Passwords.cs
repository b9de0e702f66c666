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

        var change = new CardChange(this);
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
        var change = new CardChange(this);
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
                var change = new CardChange(this);
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
    internal (Decision<Card> Decision, PasswordCheckAnswer? Answer) TryPassword(
        PasswordKind kind, Func<HeldPassword, bool> matches, string by, PasswordsPolicy policies, DateTimeOffset now)
    {
        var policy = policies.For(kind);
        var change = new CardChange(this);
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

        var change = new CardChange(this);
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

    internal static IEnumerable<PasswordKind> HeldKinds(PasswordsPolicy policies) =>
        policies.Kinds.Where(kind => kind is not PasswordKind.Financial);

    internal Refusal? UnusableForPasswords(PasswordKind kind, PasswordsPolicy policies) =>
        kind is PasswordKind.Financial ? PasswordRefusals.HeldByBank
        : !policies.Kinds.Contains(kind) ? PasswordRefusals.NoSuchKind
        : Social.State is SocialState.Cancelled ? Refusal.CardCancelled
        : ReceivedOn is null ? PasswordRefusals.NotReceived
        : Social is { State: SocialState.Suspended, Reason: not StateReason.PasswordLocked } ? Refusal.CardSuspended(Social.Reason)
        : null;
}
