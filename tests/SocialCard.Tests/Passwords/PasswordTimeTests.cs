using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.Passwords.PasswordCards;

namespace SocialCard.Tests.Passwords;

/// <summary>What time alone does to passwords, also where no timer has fired.</summary>
public sealed class PasswordTimeTests
{
    [Fact]
    public void A_change_whose_moment_has_come_shows_although_its_timer_has_not_fired()
    {
        var pending = In("pending", Rules(Initial));
        var at = pending.Passwords.Of(PasswordKind.Social).Pending!.EffectiveAt;
        Given.The(pending).When(card => card.AdvanceTo(at.AddTicks(-1))).ThenNothing();
        Given.The(pending).When(card => card.AdvanceTo(at.AddDays(1)))
            .ThenEvent<PasswordChanged>(changed => Assert.Equal(at, changed.EffectiveAt))
            .Then(card => Assert.Equal(
                (at, null), (card.Passwords.Of(PasswordKind.Social).ChangedAt, card.Passwords.Of(PasswordKind.Social).Pending)));
    }

    [Fact]
    public void A_lock_that_lapses_by_itself_shows_the_same_whenever_the_card_is_read()
    {
        var rules = Lapsing();
        var locked = Check(In("own", rules), New, rules, Now).Made.Card!;
        Given.The(locked).When(card => card.AdvanceTo(Now.AddHours(24).AddTicks(-1))).ThenNothing();
        foreach (var hours in new[] { 24, 48 })
        {
            Given.The(locked).When(card => card.AdvanceTo(Now.AddHours(hours)))
                .ThenEvents("passwordUnlocked")
                .Then(card => Assert.Equal(new(SocialState.Active, null, Now.AddHours(24)), card.Social));
        }

        var ended = locked with { Social = new(SocialState.Cancelled, StateReason.Replaced, Now) };
        Given.The(ended).When(card => card.AdvanceTo(Now.AddDays(2))).ThenNothing();
    }

    [Fact]
    public void A_change_that_counted_before_the_card_was_forfeited_has_counted()
    {
        var rules = Rules(Initial);
        var pending = In("pending", rules);
        var at = pending.Passwords.Of(PasswordKind.Social).Pending!.EffectiveAt;
        var side = new LossSide(CardApplication.Financial, LossReportState.Effective, false, Now, at, LossReportEnd.CancelCard, false);
        Card Reported(DateTimeOffset end) => pending with
        {
            Loss = new()
            {
                Financial = pending.Financial,
                Reports =
                [
                    new(
                        "r1", LossReportKind.Formal, LossReason.Lost, ServiceChannel.Bank, "bank-1", Now, LossLinkage.Separate,
                        RegionPolicies.Load().National.LossReports.Formal.Release, [side with { ExpiresAt = end }]),
                ],
            },
        };

        Given.The(Reported(at)).When(card => card.AdvanceTo(at.AddDays(9))).ThenEvents("passwordChanged", "cancelled");
        Given.The(Reported(at.AddTicks(-1))).When(card => card.AdvanceTo(at.AddDays(9))).ThenEvents("cancelled", "passwordChangeDropped");
    }

    [Fact]
    public void A_lock_lapses_by_itself_only_where_the_region_says_so()
    {
        var lapsing = Lapsing();
        var locked = Check(In("own", lapsing), New, lapsing, Now).Made.Card!;
        Assert.Equal(PasswordCheckResult.Locked, Check(locked, Own, lapsing, Now.AddHours(24).AddTicks(-1)).Result!.Result);
        var (decision, answer) = Check(locked, Own, lapsing, Now.AddHours(24));
        Assert.Equal((PasswordCheckResult.Match, CardStatus.Active), (answer!.Result, decision.Card!.Status));

        // By the rule under which it was set, also where another has come into force since.
        var lasting = Rules(Initial, social => social with { MaxWrong = 1 });
        Assert.Equal(PasswordCheckResult.Match, Check(locked, Own, lasting, Now.AddHours(24)).Result!.Result);
        var forGood = Check(In("own", lasting), New, lasting, Now).Made.Card!;
        Assert.Equal(PasswordCheckResult.Locked, Check(forGood, Own, lapsing, Now.AddYears(1)).Result!.Result);
    }

    private static PasswordsPolicy Lapsing() => Rules(
        Initial, social => social with { MaxWrong = 1, Unlock = social.Unlock with { ByItselfAfter = Period.Parse("24 hours", null) } });
}
