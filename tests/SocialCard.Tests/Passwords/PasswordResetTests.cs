using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.Passwords.PasswordCards;

namespace SocialCard.Tests.Passwords;

/// <summary>What a reset does beside the new password: to the lock, to the application, and where the region gives the value.</summary>
public sealed class PasswordResetTests
{
    private const string Given = "666666";

    private static readonly ActivationPolicy Activation = RegionPolicies.Load().National.Activation;

    [Fact]
    public void A_reset_lifts_the_lock_when_it_counts_and_not_before()
    {
        var rules = Rules(Initial);
        var asked = Reset(In("locked", rules), rules);
        var at = asked.Passwords.Of(PasswordKind.Social).Pending!.EffectiveAt;
        Assert.Equal(CardStatus.Suspended, asked.Status);
        Assert.Equal(PasswordCheckResult.Locked, Check(asked, Own, rules, at.AddTicks(-1)).Result!.Result);

        var counts = asked.Passwords.ApplyChange(PasswordKind.Social, "reset", at);
        Assert.Equal(["passwordChanged", "passwordUnlocked"], counts.Events.Select(happened => happened.Type));
        Assert.Equal((CardStatus.Active, 1), (counts.Card!.Status, counts.Card!.Passwords.Of(PasswordKind.Social).Unlocks));
        Assert.Equal(PasswordCheckResult.Match, Check(counts.Card!, New, rules, at).Result!.Result);
    }

    [Fact]
    public void Where_the_region_unlocks_first_a_reset_of_a_locked_password_is_refused()
    {
        var rules = Rules(Initial, social => social with { Unlock = social.Unlock with { ByReset = false } });
        Assert.Equal("password-locked", Set(In("locked", rules), PasswordOperation.Reset, Own, New, rules, "reset").Made.Refusal!.Code);

        // Nor does one lift a lock that came after it.
        var asked = Reset(In("own", rules), rules);
        var locked = Enumerable.Range(0, 6).Aggregate(asked, (card, _) => Check(card, New, rules, Now).Made.Card!);
        var counts = locked.Passwords.ApplyChange(PasswordKind.Social, "reset", Now.AddHours(2));
        Assert.Equal(CardStatus.Suspended, counts.Card!.Status);
    }

    [Fact]
    public void A_reset_that_lifts_a_lock_is_one_of_the_cards_unlocks_and_goes_where_an_unlock_does()
    {
        var rules = Rules(Initial, social => social with
        {
            EffectiveDelay = Delays("0 minutes"),
            Unlock = social.Unlock with { MaxLifetime = 1 },
        });
        var once = Reset(In("locked", rules), rules);
        var again = Enumerable.Range(0, 6).Aggregate(once, (card, _) => Check(card, Own, rules, Now).Made.Card!);
        Assert.Equal("unlocks-used-up", Set(again, PasswordOperation.Reset, Own, "951753", rules, "again").Made.Refusal!.Code);

        var placed = Rules(Initial, social => social with { Unlock = social.Unlock with { Where = UnlockPlace.WhereLocked } });
        Assert.Equal("unlock-elsewhere", Set(In("locked", placed), PasswordOperation.Reset, Own, New, placed, "r").Made.Refusal!.Code);
    }

    [Fact]
    public void A_lock_that_lapsed_before_the_reset_counted_is_none_that_the_reset_lifted()
    {
        var rules = Rules(Initial, social => social with
        {
            Unlock = social.Unlock with { ByItselfAfter = new Period(1, PeriodUnit.Hours) },
        });
        var asked = Reset(In("locked", rules), rules);
        var counts = asked.Passwords.ApplyChange(PasswordKind.Social, "reset", Now.AddHours(3));
        Assert.Equal(["passwordUnlocked", "passwordChanged"], counts.Events.Select(happened => happened.Type));
        Assert.Equal((0, CardStatus.Active), (counts.Card!.Passwords.Of(PasswordKind.Social).Unlocks, counts.Card!.Status));
    }

    [Fact]
    public void A_password_that_the_region_gives_may_be_the_current_one_and_is_none_of_the_holders_own()
    {
        var rules = XiAn();
        var card = Assign(Assign(In("locked", rules), rules), rules);
        Assert.Equal(CardStatus.Active, card.Status);
        Assert.True(PasswordsView.Of(card.Passwords).Social.Initial);
        Assert.False(card.Passwords.Of(PasswordKind.Social).IsOwn);
        Assert.Equal(PasswordCheckResult.Match, Check(Used(card), Given, rules, Now).Result!.Result);
        var service = Used(card).Verifications.ByPassword(PublicService.Training, held => Is(held, Given), rules, Now);
        Assert.Equal([UnusableReason.PasswordNotSet], service.Result!.Reasons);

        var changed = Set(Used(card), PasswordOperation.Change, Given, New, rules, "own").Made.Card!;
        Assert.True(changed.Passwords.Of(PasswordKind.Social).IsOwn);
    }

    [Fact]
    public void Where_the_region_enables_again_after_a_reset_the_application_is_sealed_until_the_next_use()
    {
        var rules = XiAn();
        var (decision, _) = SetAssigned(In("own", rules), rules);
        Assert.Equal(["passwordChanged", "sealed"], decision.Events.Select(happened => happened.Type));
        var sealedCard = decision.Card!;
        Assert.Equal(SocialState.Sealed, sealedCard.Social.State);

        Assert.Equal(
            "channel-not-allowed",
            sealedCard.Activation.EnableSocial(new(ServiceChannel.ServiceWindow, null, Now, null, null), Activation).Refusal!.Code);
        var earlier = sealedCard.Activation.ReportUse(Use(Now.AddDays(-1)), Activation);
        Assert.Equal(SocialState.Sealed, earlier.Card!.Social.State);
        var atBank = sealedCard.Activation.ActivateFinancial(Now, Activation with { FinancialImpliesSocial = true });
        Assert.Equal(SocialState.Sealed, atBank.Card!.Social.State);

        var used = sealedCard.Activation.EnableSocial(Use(Now), Activation);
        Assert.Equal("socialActivated", Assert.Single(used.Events).Type);
        Assert.Equal((SocialState.Active, sealedCard.EnabledAt), (used.Card!.Social.State, used.Card!.EnabledAt));
    }

    [Fact]
    public void A_change_and_the_first_password_of_a_card_seal_nothing()
    {
        var rules = XiAn();
        var changed = Set(In("own", rules), PasswordOperation.Change, Own, New, rules, "change").Made;
        Assert.Equal("passwordChanged", Assert.Single(changed.Events).Type);
        var none = XiAn(initial: null);
        Assert.Equal("passwordChanged", Assert.Single(SetAssigned(In("none", none), none).Made.Events).Type);
    }

    [Theory]
    [InlineData(AssignedPasswordRule.Literal, "666666")]
    [InlineData(AssignedPasswordRule.CardNumberLastSix, "456789")]
    [InlineData(AssignedPasswordRule.IdNumberPart, "123100")]
    [InlineData(AssignedPasswordRule.ChosenByHolder, null)]
    [InlineData(AssignedPasswordRule.SetAtActivation, null)]
    public void A_rule_gives_a_card_its_digits_or_leaves_them_to_the_holder(AssignedPasswordRule rule, string? digits)
    {
        var assigned = rule switch
        {
            AssignedPasswordRule.Literal => new AssignedPassword(rule, Given),
            AssignedPasswordRule.IdNumberPart => new AssignedPassword(rule, First: 11, Last: 16),
            _ => new AssignedPassword(rule),
        };
        Assert.True(CitizenId.TryParse("11010519491231002X", out var id));
        Assert.Equal(digits, AssignedDigits.Of(assigned, CardNumber.Parse("123456789"), IdentityDocument.Of(id)));
    }

    [Fact]
    public void A_change_that_waits_since_an_earlier_version_lifts_no_lock_and_seals_nothing()
    {
        const string Stored = """
            {"changeId":"c1","operation":"reset","channel":"serviceWindow","requestedAt":"2026-03-02T02:00:00Z",
             "effectiveAt":"2026-03-02T04:00:00Z","provisional":false,"verifier":"v"}
            """;
        var pending = JsonSerializer.Deserialize<PendingPassword>(Stored, SocialCardJson.Options)!;
        Assert.Equal((false, false, false), (pending.IsAssigned, pending.LiftsLock, pending.Seals));
    }

    private static PasswordsPolicy XiAn(string? initial = Initial) => Rules(initial, XiAn) with { ReenableAfterReset = true };

    private static PasswordPolicy XiAn(PasswordPolicy social) => social with
    {
        ResetTo = new(AssignedPasswordRule.Literal, Given),
        EffectiveDelay = Delays("0 minutes"),
    };

    private static Card Reset(Card card, PasswordsPolicy rules) => Set(card, PasswordOperation.Reset, Own, New, rules, "reset").Made.Card!;

    private static Card Assign(Card card, PasswordsPolicy rules) => SetAssigned(card, rules).Made.Card!;

    private static Decision<Card, PasswordChangeView> SetAssigned(Card card, PasswordsPolicy rules) => card.Passwords.Set(
        new(
            PasswordKind.Social,
            PasswordOperation.Reset,
            ServiceChannel.ServiceWindow,
            "assigned",
            "bureau-1",
            held => Is(held, Given),
            held => Is(held, Given),
            () => Given,
            IsAssigned: true),
        rules,
        Calendar,
        Now);

    private static Card Used(Card card) => card.Activation.EnableSocial(Use(Now), Activation).Card!;

    private static ActivateSocial Use(DateTimeOffset at) => new(ServiceChannel.Hospital, UsageOccasion.Outpatient, at, null, null);
}
