using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.Passwords.PasswordCards;

namespace SocialCard.Tests.Passwords;

/// <summary>Every command on a password in every state of it, and the one result that each has.</summary>
public sealed class PasswordTransitionsTests
{
    // A column a state, a row a command; "=" is "nothing changes", a code is a refusal, else the events of the change.
    private static readonly string Table = """
        |                    | notReceived       | none             | initial                             | own                                 | pending                                                    | wrongOnce                           | locked                              | lost           | cancelled      |
        | change             | card-not-received | password-not-set | passwordChangeRequested             | passwordChangeRequested             | passwordChangeSuperseded,passwordChangeRequested           | passwordChangeRequested             | password-locked                     | card-suspended | card-cancelled |
        | change wrong       | card-not-received | password-not-set | passwordMismatched                  | passwordMismatched                  | passwordMismatched                                         | passwordMismatched                  | password-locked                     | card-suspended | card-cancelled |
        | change to the same | card-not-received | password-not-set | password-unchanged                  | password-unchanged                  | password-unchanged                                         | password-unchanged                  | password-locked                     | card-suspended | card-cancelled |
        | reset              | card-not-received | passwordChanged  | passwordChangeRequested             | passwordChangeRequested             | passwordChangeSuperseded,passwordChangeRequested           | passwordChangeRequested             | passwordChangeRequested             | card-suspended | card-cancelled |
        | cancel             | password-change-not-pending | password-change-not-pending | password-change-not-pending | password-change-not-pending | passwordChangeCancelled                                  | password-change-not-pending         | password-change-not-pending         | password-change-not-pending | password-change-not-pending |
        | apply              | =                 | =                | =                                   | =                                   | passwordChanged                                            | =                                   | =                                   | =              | =              |
        | check right        | card-not-received | password-not-set | =                                   | =                                   | =                                                          | =                                   | =                                   | card-suspended | card-cancelled |
        | check wrong        | card-not-received | password-not-set | passwordMismatched                  | passwordMismatched                  | passwordMismatched                                         | passwordMismatched                  | =                                   | card-suspended | card-cancelled |
        | unlock             | card-not-received | =                | =                                   | =                                   | =                                                          | passwordUnlocked                    | passwordUnlocked                    | card-suspended | card-cancelled |
        """;

    public static TheoryData<string, string, string> Cells() => TransitionTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected)
    {
        var rules = Rules(state == "none" ? null : Initial);
        var decision = Apply(command, In(state, rules), rules);
        var result = decision.Refusal?.Code
            ?? (decision.Events.Count == 0 ? TransitionTable.Nothing : string.Join(',', decision.Events.Select(happened => happened.Type)));
        Assert.Equal(expected, result);
    }

    [Fact]
    public void The_old_password_matches_until_the_tick_before_the_moment_and_the_new_one_from_then_on()
    {
        var rules = Rules(Initial);
        var pending = In("pending", rules);
        var at = pending.Passwords.Of(PasswordKind.Social).Pending!.EffectiveAt;
        Assert.Equal(PasswordCheckResult.Match, Check(pending, Own, rules, at.AddTicks(-1)).Result!.Result);
        Assert.Equal(PasswordCheckResult.Mismatch, Check(pending, New, rules, at.AddTicks(-1)).Result!.Result);
        Assert.Equal(PasswordCheckResult.Mismatch, Check(pending, Own, rules, at).Result!.Result);

        var (decision, answer) = Check(pending, New, rules, at);
        Assert.Equal(PasswordCheckResult.Match, answer!.Result);
        Assert.Equal("passwordChanged", Assert.Single(decision.Events).Type);
        Assert.Empty(decision.Card!.Passwords.ApplyChange(PasswordKind.Social, "pending", at.AddDays(1)).Events);
    }

    [Fact]
    public void The_last_wrong_attempt_locks_the_password_and_suspends_the_social_application()
    {
        var rules = Rules(Initial);
        var card = In("own", rules);
        for (var left = 5; left >= 0; left--)
        {
            var (decision, answer) = Check(card, New, rules, Now);
            Assert.Equal((PasswordCheckResult.Mismatch, left), (answer!.Result, answer.AttemptsLeft));
            card = decision.Card!;
        }

        Assert.Equal((CardStatus.Suspended, StateReason.PasswordLocked), (card.Status, card.Social.Reason));
        Assert.Equal(PasswordCheckResult.Locked, Check(card, Own, rules, Now).Result!.Result);
        var unlocked = card.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-1", rules, Now).Card!;
        Assert.Equal(CardStatus.Active, unlocked.Status);
        Assert.Equal(PasswordCheckResult.Match, Check(unlocked, Own, rules, Now).Result!.Result);
    }

    [Theory]
    [InlineData(WrongCount.Consecutive, 6)]
    [InlineData(WrongCount.Cumulative, 5)]
    [InlineData(WrongCount.PerDay, 5)]
    public void A_right_password_clears_the_count_only_where_consecutive_attempts_count(WrongCount counting, int attemptsLeft)
    {
        var rules = Rules(Initial, social => social with { WrongCount = counting });
        Assert.Equal(attemptsLeft, Check(In("wrongOnce", rules), Own, rules, Now).Result!.AttemptsLeft);
    }

    [Fact]
    public void A_new_day_begins_a_new_count_where_the_region_counts_by_day()
    {
        var rules = Rules(Initial, social => social with { WrongCount = WrongCount.PerDay });
        Assert.Equal(4, Check(In("wrongOnce", rules), New, rules, Now).Result!.AttemptsLeft);
        Assert.Equal(5, Check(In("wrongOnce", rules), New, rules, Now.AddDays(1)).Result!.AttemptsLeft);
    }

    [Fact]
    public void A_card_has_as_many_unlocks_as_its_region_gives_it()
    {
        var rules = Rules(Initial, social => social with { MaxWrong = 1, Unlock = social.Unlock with { MaxLifetime = 2 } });
        var card = In("own", rules);
        for (var unlocks = 1; unlocks <= 2; unlocks++)
        {
            card = Check(card, New, rules, Now).Made.Card!;
            card = card.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-1", rules, Now).Card!;
            Assert.Equal(unlocks, card.Passwords.Of(PasswordKind.Social).Unlocks);
        }

        card = Check(card, New, rules, Now).Made.Card!;
        Assert.Equal(
            "unlocks-used-up",
            card.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-1", rules, Now).Refusal!.Code);
    }

    [Fact]
    public void Where_the_region_says_so_a_password_is_unlocked_only_where_it_was_locked()
    {
        var rules = Rules(Initial, social => social with { MaxWrong = 1, Unlock = social.Unlock with { Where = UnlockPlace.WhereLocked } });
        var locked = Check(In("own", rules), New, rules, Now).Made.Card!;
        Assert.Equal(
            "unlock-elsewhere",
            locked.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-2", rules, Now).Refusal!.Code);
        Assert.Null(locked.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "desk-1", rules, Now).Refusal);
    }

    [Fact]
    public void A_pending_change_keeps_the_window_in_force_when_it_was_asked_for()
    {
        var pending = In("pending", Rules(Initial));
        var stricter = Rules(Initial, social => social with { EffectiveDelay = Delays("10 days at 00:00") });
        var at = pending.Passwords.Of(PasswordKind.Social).Pending!.EffectiveAt;
        Assert.Equal("passwordChanged", Assert.Single(pending.Passwords.ApplyChange(PasswordKind.Social, "pending", at).Events).Type);
    }

    [Fact]
    public void Without_a_window_a_change_counts_in_the_request_itself()
    {
        var rules = Rules(Initial, social => social with { EffectiveDelay = Delays("0 minutes") });
        var (decision, change) = Set(In("own", rules), PasswordOperation.Change, Own, New, rules, "now");
        Assert.Equal((PasswordChangeState.Effective, Now), (change!.State, change.EffectiveAt));
        Assert.Equal("passwordChanged", Assert.Single(decision.Events).Type);
        Assert.Equal(PasswordCheckResult.Match, Check(decision.Card!, New, rules, Now).Result!.Result);
    }

    [Fact]
    public void A_change_that_is_superseded_and_then_lost_with_the_card_never_takes_effect_and_each_end_is_kept()
    {
        var rules = Rules(Initial);
        var first = Set(In("own", rules), PasswordOperation.Change, Own, New, rules, "first").Made.Card!;
        var (second, _) = Set(first, PasswordOperation.Change, Own, "951753", rules, "second");
        Assert.Contains(
            second.Documents, document => document.Id == "first" && document.Body.Contains("superseded", StringComparison.Ordinal));

        var forfeiting = second.Card! with
        {
            ActivatedAt = null,
            ActivationTerms = second.Card!.ActivationTerms! with { OnMissed = MissedActivation.Forfeit, Deadline = Now.AddHours(1) },
        };
        var ended = forfeiting.Activation.Expire(Now.AddHours(1));
        Assert.Equal(["cancelled", "passwordChangeDropped"], ended.Events.Select(happened => happened.Type));
        Assert.Contains(
            ended.Documents, document => document.Id == "second" && document.Body.Contains("dropped", StringComparison.Ordinal));
        Assert.Empty(ended.Card!.Passwords.ApplyChange(PasswordKind.Social, "second", Now.AddYears(1)).Events);
    }

    [Fact]
    public void The_banks_password_is_told_by_the_bank_alone_whatever_has_been_heard_of_the_account()
    {
        var rules = Rules(Initial);
        var card = In("own", rules);
        Assert.Equal("password-held-by-bank", card.Passwords.Check(PasswordKind.Financial, _ => true, "x", rules, Now).Made.Refusal!.Code);

        var told = card.Passwords.FinancialChanged(Now, Now.AddDays(1)).Card!;
        Assert.Equal(new FinancialPassword(Now, Now.AddDays(1)), told.Passwords.Financial);
        Assert.Empty(told.Passwords.FinancialChanged(Now.AddHours(-1), Now).Events);
    }

    [Fact]
    public void A_holder_is_asked_to_change_what_still_has_its_initial_value()
    {
        var rules = Rules(Initial);
        var noticed = Assert.IsType<InitialPasswordNoticed>(Assert.Single(In("initial", rules).Passwords.NoticeInitial(rules).Events));
        Assert.Equal([PasswordKind.Social], noticed.Kinds);
        Assert.Empty(In("own", rules).Passwords.NoticeInitial(rules).Events);
    }

    private static Decision<Card> Apply(string command, Card card, PasswordsPolicy rules)
    {
        var current = card.Passwords.Of(PasswordKind.Social).Verifier ?? Initial;
        return command switch
        {
            "change" => Set(card, PasswordOperation.Change, current, "951753", rules, "next").Made,
            "change wrong" => Set(card, PasswordOperation.Change, "000001", "951753", rules, "next").Made,
            "change to the same" => Set(card, PasswordOperation.Change, current, current, rules, "next").Made,
            "reset" => Set(card, PasswordOperation.Reset, "", "951753", rules, "next").Made,
            "cancel" => card.Passwords.CancelChange("pending", Now).Made,
            "apply" => card.Passwords.ApplyChange(PasswordKind.Social, "pending", Now.AddHours(2)),
            "check right" => Check(card, current, rules, Now).Made,
            "check wrong" => Check(card, "000001", rules, Now).Made,
            "unlock" => card.Passwords.Unlock(PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-1", rules, Now),
            _ => throw new ArgumentException(command),
        };
    }
}
