using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Reissues;

/// <summary>The query password is its holder's: it goes on with the card that takes the place of another.</summary>
public sealed class QueryPasswordSuccessionTests
{
    private static readonly DateTimeOffset SetAt = LossCards.Lost.AddDays(-1);
    private static readonly PasswordPolicy Rules = RegionPolicies.Load().National.Passwords.Query;

    private static readonly HeldPassword Own = new() { Verifier = "own", ChangedAt = SetAt };

    [Fact]
    public void The_new_card_is_made_with_the_query_password_of_the_old_one_and_the_password_matches_on_both()
    {
        var (verifier, people) = (Verifier(), new PersonProtection(new EphemeralDataProtectionProvider(), new HolderPepper(Keys())));
        var old = Old(Own with { Verifier = verifier.Create(LossCards.Active("320200").Number, "739150") });

        var registered = old.Replacement.Register(LossCards.Lost);

        var (next, presented) = (registered.Card!, new PresentedPassword("739150", verifier, people));
        Assert.True(presented.Matches(next, next.HeldPasswords.Query!, Rules));
        Assert.False(new PresentedPassword("739151", verifier, people).Matches(next, next.HeldPasswords.Query!, Rules));
        Assert.Equal(["registered", "replacementIssued", "queryPasswordTakenOver"], registered.Events.Select(happened => happened.Type));

        // And on the card after that too, whose number it is not keyed with either.
        var third = (next with { Reissue = old.Reissue! with { NewCardNumber = CardNumber.Parse("C00000003") } })
            .Replacement.Register(LossCards.Lost).Card!;
        Assert.True(presented.Matches(third, third.HeldPasswords.Query!, Rules));
    }

    [Fact]
    public void Counter_lock_and_unlocks_go_along_and_a_change_that_waits_does_not()
    {
        var pending = new PendingPassword(
            "c1", PasswordOperation.Change, ServiceChannel.Online, SetAt, LossCards.Lost.AddDays(1), false, "next");
        var locked = Own with { Wrong = 6, LockedAt = SetAt, LockedBy = "portal", Unlocks = 2, Pending = pending };

        var next = Registered(Old(locked)).HeldPasswords.Query!;

        Assert.Equal(locked with { Pending = null, SetOn = Old(Own).Number, AsHandedOver = true }, next);
    }

    [Fact]
    public void What_happens_to_it_on_the_old_card_while_the_new_one_waits_reaches_the_new_one()
    {
        var next = Registered(Old(Own with { Wrong = 6, LockedAt = SetAt }));

        Reached(Own with { Unlocks = 1 });
        Reached(Own with { Verifier = "younger", ChangedAt = LossCards.Lost });

        void Reached(HeldPassword asItEnds)
        {
            var ended = Old(asItEnds);
            var decision = next.Replacement.TakeOverQueryPassword(ended);
            var taken = decision.Card!;
            Assert.Equal(asItEnds with { SetOn = ended.Number, AsHandedOver = true }, taken.HeldPasswords.Query);
            Assert.Empty(taken.Replacement.TakeOverQueryPassword(ended).Events);
        }
    }

    [Fact]
    public void What_happened_to_it_on_the_new_card_stays_unless_the_old_ones_value_is_younger()
    {
        var next = Registered(Old(Own));
        var tried = next.Passwords.Try(
            PasswordKind.Query, _ => false, "portal", RegionPolicies.Load().National.Passwords, LossCards.Lost).Made.Card!;

        // Attempts on the new card count on, whatever was tried on the old one.
        Assert.Empty(tried.Replacement.TakeOverQueryPassword(Old(Own with { Wrong = 4 })).Events);
        var changed = tried.Replacement.TakeOverQueryPassword(Old(Own with { Verifier = "younger", ChangedAt = LossCards.Lost })).Card!;
        Assert.Equal(("younger", 1), (changed.HeldPasswords.Query!.Verifier, changed.HeldPasswords.Query.Wrong));

        var own = next with { HeldPasswords = new(Query: new() { Verifier = "of the new card", ChangedAt = LossCards.Lost }) };
        Assert.Empty(own.Replacement.TakeOverQueryPassword(Old(Own)).Events);
    }

    [Fact]
    public void A_password_that_was_changed_on_the_new_card_is_keyed_with_that()
    {
        var next = Registered(Old(Own));
        var pending = new PendingPassword("c1", PasswordOperation.Reset, ServiceChannel.Online, SetAt, LossCards.Lost, false, "next");
        var waiting = next with { HeldPasswords = new(Query: next.HeldPasswords.Query! with { Pending = pending }) };

        var changed = waiting.Passwords.ApplyChange(PasswordKind.Query, "c1", LossCards.Lost).Card!.HeldPasswords.Query!;

        Assert.Equal(("next", null, false), (changed.Verifier, changed.SetOn, changed.AsHandedOver));
    }

    [Fact]
    public void Where_somebody_else_knows_the_passwords_of_the_old_card_none_goes_along()
    {
        var leaked = Old(Own) with { Reissue = Old(Own).Reissue! with { Reason = ReissueReason.PasswordLeaked } };

        Assert.Null(Registered(leaked).HeldPasswords.Query);
        Assert.Empty(Registered(Old(Own)).Replacement.TakeOverQueryPassword(leaked).Events);
    }

    [Fact]
    public void A_card_to_which_nothing_happened_hands_nothing_over_and_one_that_has_ended_takes_nothing()
    {
        var plain = Old(Own) with { HeldPasswords = new() };

        var registered = plain.Replacement.Register(LossCards.Lost);
        Assert.Equal(["registered", "replacementIssued"], registered.Events.Select(happened => happened.Type));
        var ended = Registered(plain) with { Social = new(SocialState.Cancelled, StateReason.Unclaimed, LossCards.Lost) };
        Assert.Empty(ended.Replacement.TakeOverQueryPassword(Old(Own)).Events);
    }

    private static Card Registered(Card old) => old.Replacement.Register(LossCards.Lost).Card!;

    private static Card Old(HeldPassword query)
    {
        var story = new ReissueStory("320200", LossCards.Lost);
        story.File(ReissueStory.Application());
        return story.Old with
        {
            HeldPasswords = new(Query: query),
            Reissue = story.Reissue with { NewCardNumber = ReissueStory.NewNumber },
        };
    }

    private static PasswordVerifier Verifier() => new(new PasswordKey(Keys()));

    private static IConfiguration Keys()
    {
        var key = Convert.ToBase64String(new byte[32]);
        return new ConfigurationBuilder()
            .AddInMemoryCollection([new("Keys:PasswordKey", key), new("Keys:HolderPepper", key)])
            .Build();
    }
}
