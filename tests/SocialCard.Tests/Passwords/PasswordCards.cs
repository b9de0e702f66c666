using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Passwords;

/// <summary>Cards whose passwords something has happened to, and the rules that they are under.</summary>
internal static class PasswordCards
{
    public const string Initial = "123456";
    public const string Own = "739150";
    public const string New = "840261";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Load();

    /// <summary>The nation's rules with a window of two hours and an initial social password, or none.</summary>
    public static PasswordsPolicy Rules(string? initial, Func<PasswordPolicy, PasswordPolicy>? change = null)
    {
        var national = RegionPolicies.Load().National.Passwords;
        var social = national.Social with
        {
            Initial = initial is null ? new(AssignedPasswordRule.SetAtActivation) : new(AssignedPasswordRule.Literal, initial),
            MaxWrong = 6,
            EffectiveDelay = Delays("2 hours"),
        };
        return national with { Social = change?.Invoke(social) ?? social };
    }

    public static PasswordDelays Delays(string delay) => new(new(Delay.Parse(delay, null)), new(Delay.Parse(delay, null)));

    public static Card In(string state, PasswordsPolicy rules)
    {
        var activation = RegionPolicies.Load().National.Activation;
        var issued = Card.Register(CardNumber.Parse("123456789"), People.Holder, "320200", "bank-1", 3, Now.AddDays(-9)).Card!;
        var active = issued.Activation.Receive(new DateOnly(2026, 2, 25), activation, Now.AddDays(-5)).Card! with
        {
            Social = new(SocialState.Active, null, Now.AddDays(-4)),
            ActivatedAt = Now.AddDays(-4),
        };
        Card Own() => active with { HeldPasswords = new(Social: new HeldPassword { Verifier = PasswordCards.Own }) };
        return state switch
        {
            "notReceived" => issued,
            "none" or "initial" => active,
            "own" => Own(),
            "pending" => Set(Own(), PasswordOperation.Change, PasswordCards.Own, New, rules, "pending").Made.Card!,
            "wrongOnce" => Check(Own(), New, rules, Now).Made.Card!,
            "locked" => Enumerable.Range(0, 6).Aggregate(Own(), (card, _) => Check(card, New, rules, Now).Made.Card!),
            "lost" => Own() with { Social = new(SocialState.Suspended, StateReason.FormalLoss, Now) },
            "cancelled" => Own() with { Social = new(SocialState.Cancelled, StateReason.Replaced, Now) },
            _ => throw new ArgumentException(state),
        };
    }

    // For these tests a verifier is the password itself: the hash is tested on its own.
    public static bool Is(HeldPassword held, string password) => (held.Verifier ?? Initial) == password;

    public static Decision<Card, PasswordChangeView> Set(
        Card card, PasswordOperation operation, string current, string next, PasswordsPolicy rules, string changeId) =>
        card.Passwords.Set(
            new(
                PasswordKind.Social,
                operation,
                ServiceChannel.ServiceWindow,
                changeId,
                "bureau-1",
                held => Is(held, current),
                held => Is(held, next),
                () => next),
            rules,
            Calendar,
            Now);

    public static Decision<Card, PasswordCheckAnswer> Check(Card card, string password, PasswordsPolicy rules, DateTimeOffset at) =>
        card.Passwords.Check(PasswordKind.Social, held => Is(held, password), "desk-1", rules, at);
}
