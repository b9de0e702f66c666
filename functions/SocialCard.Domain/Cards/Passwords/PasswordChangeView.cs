namespace SocialCard.Domain.Cards;

/// <summary>Where a change of password stands.</summary>
public enum PasswordChangeState
{
    /// <summary>It waits for its moment; the old password is valid.</summary>
    Pending,

    /// <summary>The new password counts.</summary>
    Effective,

    /// <summary>A newer change took its place.</summary>
    Superseded,

    /// <summary>It was cancelled on request.</summary>
    Cancelled,

    /// <summary>It ended with a loss report or with the card.</summary>
    Dropped,
}

/// <summary>A change of password, as the API shows it.</summary>
/// <param name="ChangeId">Its id.</param>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="EffectiveAt">From when on the new password counts.</param>
/// <param name="Provisional">
/// True if working days of a year whose holidays are not published yet went into <paramref name="EffectiveAt"/>.
/// </param>
/// <example>
/// {
///   "changeId": "3dd42f805f1dfb6b", "kind": "social", "operation": "reset", "state": "pending",
///   "requestedAt": "2026-11-24T14:50:58Z", "effectiveAt": "2026-11-24T16:50:58Z", "provisional": false
/// }
/// </example>
public sealed record PasswordChangeView(
    string ChangeId,
    PasswordKind Kind,
    PasswordOperation Operation,
    PasswordChangeState State,
    DateTimeOffset RequestedAt,
    DateTimeOffset EffectiveAt,
    bool Provisional) : CardAnswer
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "password";

    /// <summary>The view of a pending change in a state.</summary>
    public static PasswordChangeView Of(PasswordKind kind, PendingPassword pending, PasswordChangeState state)
    {
        ArgumentNullException.ThrowIfNull(pending);
        return new(pending.ChangeId, kind, pending.Operation, state, pending.RequestedAt, pending.EffectiveAt, pending.Provisional);
    }

    internal ResourceDocument ToDocument() => ResourceDocument.Of(Document, ChangeId, this);
}

/// <summary>The passwords of a card, as the API shows them: states and times, nothing of the passwords.</summary>
/// <param name="Social">The one for medical settlement.</param>
/// <param name="Query">The one for queries.</param>
/// <param name="Financial">The bank's; null until the bank told of a change.</param>
public sealed record PasswordsView(PasswordView Social, PasswordView Query, FinancialPassword? Financial)
{
    /// <summary>The view of a card's passwords.</summary>
    public static PasswordsView Of(CardPasswords passwords) =>
        new(PasswordView.Of(PasswordKind.Social, passwords), PasswordView.Of(PasswordKind.Query, passwords), passwords.Financial);
}

/// <summary>A password, as the API shows it.</summary>
/// <param name="Initial">Whether it has a value that the region gives to every card, at issue or at a reset, or none.</param>
/// <param name="Locked">Whether it is locked.</param>
/// <param name="ChangedAt">Since when it has its value.</param>
/// <param name="Pending">The change that is to come.</param>
public sealed record PasswordView(bool Initial, bool Locked, DateTimeOffset? ChangedAt, PasswordChangeView? Pending)
{
    internal static PasswordView Of(PasswordKind kind, CardPasswords passwords)
    {
        var held = passwords.Of(kind);
        return new(
            !held.IsOwn,
            held.LockedAt is not null,
            held.ChangedAt,
            held.Pending is { } pending ? PasswordChangeView.Of(kind, pending, PasswordChangeState.Pending) : null);
    }
}

/// <summary>What came of presenting a password.</summary>
public enum PasswordCheckResult
{
    /// <summary>It is the right one.</summary>
    Match,

    /// <summary>It is a wrong one.</summary>
    Mismatch,

    /// <summary>The password is locked; nothing was compared.</summary>
    Locked,
}

/// <summary>The answer to a check.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="AttemptsLeft">How many wrong attempts are left; null where the region sets no limit.</param>
/// <param name="InitialMode">What the password is good for while it has its initial value; absent once it has been changed.</param>
/// <example>
/// {"result": "mismatch", "attemptsLeft": 5}
/// </example>
public sealed record PasswordCheckAnswer(
    PasswordCheckResult Result,
    int? AttemptsLeft,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] InitialPasswordMode? InitialMode);
