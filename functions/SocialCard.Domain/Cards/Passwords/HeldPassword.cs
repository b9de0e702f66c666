namespace SocialCard.Domain.Cards;

/// <summary>The passwords of a card, as far as the service knows them.</summary>
/// <param name="Social">For medical settlement and business with the bureau; null until anything happened to it.</param>
/// <param name="Query">For queries; null until anything happened to it.</param>
/// <param name="Financial">Held by the bank: times only; null until the bank told of a change.</param>
public sealed record HeldPasswords(HeldPassword? Social = null, HeldPassword? Query = null, FinancialPassword? Financial = null)
{
    /// <summary>The passwords that the service holds; the financial one is the bank's.</summary>
    public static IReadOnlyList<PasswordKind> Kinds { get; } = [PasswordKind.Social, PasswordKind.Query];

    /// <summary>A password that the service holds; one that nothing happened to has its initial value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The financial password, which the bank holds.</exception>
    public HeldPassword Of(PasswordKind kind) => (kind switch
    {
        PasswordKind.Social => Social,
        PasswordKind.Query => Query,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The bank holds it."),
    }) ?? HeldPassword.Initial;

    /// <summary>The same with one password changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The financial password, which the bank holds.</exception>
    public HeldPasswords With(PasswordKind kind, HeldPassword password) => kind switch
    {
        PasswordKind.Social => this with { Social = password },
        PasswordKind.Query => this with { Query = password },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The bank holds it."),
    };
}

/// <summary>A password that the service holds: how to verify it, its error counter, and a change that is to come.</summary>
public sealed record HeldPassword
{
    /// <summary>One that nothing happened to.</summary>
    public static HeldPassword Initial { get; } = new();

    /// <summary>What verifies it; null while it has its initial value, if any.</summary>
    public string? Verifier { get; init; }

    /// <summary>Whether a reset gave it the value that the region gives to every card, as an initial one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAssigned { get; init; }

    /// <summary>Whether its holder chose it himself: others know the value that the region gives, or read it off the card.</summary>
    [JsonIgnore]
    public bool IsOwn => Verifier is not null && !IsAssigned;

    /// <summary>The card on which it was set, whose number is part of the verifier; null for the card that holds it.</summary>
    public CardNumber? SetOn { get; init; }

    /// <summary>Whether it is as the card before handed it over: nothing has happened to it on this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AsHandedOver { get; init; }

    /// <summary>Since when it has its value; null for the initial one.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Wrong attempts that count towards the lock.</summary>
    public int Wrong { get; init; }

    /// <summary>The local day of the last wrong attempt, for regions that count by day.</summary>
    public DateOnly? WrongOn { get; init; }

    /// <summary>Since when it is locked; null if it is not.</summary>
    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>The partner at which it was locked, for regions that unlock it only there; null where that one unlocks nothing.</summary>
    public string? LockedBy { get; init; }

    /// <summary>When the lock lapses by itself, by the rule in force when it was set; null where it does not.</summary>
    public DateTimeOffset? LockLapsesAt { get; init; }

    /// <summary>How often it was unlocked in the card's life.</summary>
    public int Unlocks { get; init; }

    /// <summary>The change that waits for its moment.</summary>
    public PendingPassword? Pending { get; init; }

    /// <summary>Whether there is a password at all: one of the holder's, or an initial one that the region gives to cards.</summary>
    public bool HasValue(PasswordPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Verifier is not null || policy.Initial is
        {
            Rule: AssignedPasswordRule.Literal or AssignedPasswordRule.CardNumberLastSix or AssignedPasswordRule.IdNumberPart
        };
    }

    /// <summary>
    /// The password after the one of the card that this one's takes the place of: with its error counter, lock and unlocks, which only
    /// what happened on this card keeps out; its value, unless this card's is younger. A change that waits is not handed over: it can
    /// be read and cancelled on the card where it was asked for, and ends with that.
    /// </summary>
    /// <param name="old">The password of the card before.</param>
    /// <param name="from">That card.</param>
    public HeldPassword After(HeldPassword old, CardNumber from)
    {
        ArgumentNullException.ThrowIfNull(old);
        CardNumber? setOn = old.Verifier is null ? null : old.SetOn ?? from;
        return AsHandedOver || this == Initial ? old with { SetOn = setOn, AsHandedOver = true, Pending = null }
            : old.ChangedAt is { } changed && !(ChangedAt >= changed)
                ? this with { Verifier = old.Verifier, IsAssigned = old.IsAssigned, SetOn = setOn, ChangedAt = changed }
            : this;
    }
}

/// <summary>A change that is to come; the password before it is valid until then.</summary>
/// <param name="ChangeId">The change's id.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="Channel">Where it was asked for.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="EffectiveAt">From when on the new password counts; fixed by the window in force at the request.</param>
/// <param name="Provisional">Whether working days beyond the published holidays went into it.</param>
/// <param name="Verifier">What verifies the new password.</param>
/// <param name="IsAssigned">Whether it has the value that the region gives to every card.</param>
/// <param name="LiftsLock">Whether a lock ends with it, by the rule in force at the request.</param>
/// <param name="Seals">Whether the social-security application is sealed with it until the next use, by the same rule.</param>
public sealed record PendingPassword(
    string ChangeId,
    PasswordOperation Operation,
    ServiceChannel Channel,
    DateTimeOffset RequestedAt,
    DateTimeOffset EffectiveAt,
    bool Provisional,
    string Verifier,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsAssigned = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool LiftsLock = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Seals = false)
{
    /// <summary>The partner at which it was asked for; null where an earlier version did not keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
}

/// <summary>What the bank told of the password that it holds.</summary>
/// <param name="ChangedAt">When it was changed.</param>
/// <param name="EffectiveAt">From when on the new one counts.</param>
public sealed record FinancialPassword(DateTimeOffset ChangedAt, DateTimeOffset EffectiveAt);

/// <summary>How a password gets a new value. Unlocking is neither: it only clears the error counter.</summary>
public enum PasswordOperation
{
    /// <summary>By one who knows the old one (修改).</summary>
    Change,

    /// <summary>By one who forgot it and proves who he is (重置).</summary>
    Reset,
}
