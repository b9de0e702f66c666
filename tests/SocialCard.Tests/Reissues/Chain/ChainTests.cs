using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues.Chain;

/// <summary>A new card that is replaced itself: sequences that once left two cards, or none.</summary>
public sealed class ChainTests
{
    private static readonly RegionPolicy Wuxi = RegionPolicies.Load().For("320200");

    private static readonly RegionPolicy Rules = Wuxi with
    {
        Reissue = Wuxi.Reissue with
        {
            FeeYuan = 0,
            UnclaimedReturnedAfter = new(1, PeriodUnit.Months),
            UnclaimedCancelledAfter = new(1, PeriodUnit.Months),
        },
    };

    private readonly CardChain chain = new(Rules, ChinaTime.At(new DateOnly(2026, 3, 2), new TimeOnly(10, 0)));

    [Fact]
    public void Damaged_before_it_is_handed_over_it_takes_the_old_card_with_it_when_the_third_is_used()
    {
        Go(ChainAct.Damaged, ChainAct.Produce, ChainAct.Damaged, ChainAct.Produce, ChainAct.Receive, ChainAct.UseAtAHospital);
        AssertStates(SocialState.Cancelled, SocialState.Cancelled, SocialState.Active);
        Assert.All(chain.Cards.Take(2), card => Assert.Equal(ReissueState.Completed, card.Reissue!.State));
    }

    [Fact]
    public void While_it_is_being_replaced_nobody_has_to_fetch_it_and_afterwards_the_wait_begins_anew()
    {
        Go(ChainAct.Damaged, ChainAct.Produce, ChainAct.Damaged);
        chain.Pass(200);
        Go(ChainAct.Produce);
        AssertStates(SocialState.Active, SocialState.Sealed, SocialState.Sealed);
        chain.Pass(40);
        chain.Settle();
        chain.Pass(40);
        chain.Settle();
        AssertStates(SocialState.Active, SocialState.Sealed, SocialState.Cancelled);
        Assert.Equal(ReissueState.Ready, chain.Cards[0].Reissue!.State);
        Assert.True(chain.Cards[0].Reissue!.ReturnBy > chain.Now);
    }

    [Fact]
    public void Ended_before_anybody_fetched_it_it_is_not_reissued_for_the_old_card_goes_on()
    {
        Go(ChainAct.Damaged, ChainAct.Produce);
        for (var month = 0; month < 2; month++)
        {
            chain.Pass(40);
            chain.Settle();
        }

        AssertStates(SocialState.Active, SocialState.Cancelled);
        Go(ChainAct.Damaged);
        Assert.Null(chain.Cards[1].Reissue);
        Assert.Equal("card-cancelled", chain.Story[^1].Trim()[3..]);
    }

    [Fact]
    public void A_death_that_was_none_leaves_the_old_card_following_the_new_one_that_he_has()
    {
        Go(ChainAct.Damaged, ChainAct.Produce, ChainAct.Receive, ChainAct.Die, ChainAct.DeathRevoked);
        AssertStates(SocialState.Active, SocialState.Sealed);
        Go(ChainAct.UseAtAHospital);
        AssertStates(SocialState.Cancelled, SocialState.Active);
    }

    // To the youngest card.
    private void Go(params IEnumerable<ChainAct> acts)
    {
        foreach (var act in acts)
        {
            new ChainCommand(act, 0, 0, Settles: true).On(chain);
            chain.Settle();
            ChainRules.AssertAtRest(chain);
        }
    }

    private void AssertStates(params SocialState[] states) => Assert.Equal(states, chain.Cards.Select(card => card.Social.State));
}
