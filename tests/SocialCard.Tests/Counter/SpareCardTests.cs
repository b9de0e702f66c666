using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.Counter;

/// <summary>Whether a card can end because its holder has another.</summary>
public sealed class SpareCardTests
{
    // A column the other card of its holder, a row the card.
    private static readonly string Table = """
        |              | nothing         | active          | activeElsewhere | awaiting        | lost            | forfeited       |
        | issued       | not-spare       | cancelled       | not-spare       | not-spare       | not-spare       | not-spare       |
        | awaiting     | not-spare       | cancelled       | not-spare       | not-spare       | not-spare       | not-spare       |
        | active       | not-spare       | cancelled       | not-spare       | not-spare       | not-spare       | not-spare       |
        | lost         | not-spare       | cancelled       | not-spare       | not-spare       | not-spare       | not-spare       |
        | locked       | not-spare       | cancelled       | not-spare       | not-spare       | not-spare       | not-spare       |
        | feeDue       | reissue-running | reissue-running | reissue-running | reissue-running | reissue-running | reissue-running |
        | handedIn     | reissue-running | reissue-running | reissue-running | reissue-running | reissue-running | reissue-running |
        | replaced     | card-cancelled  | card-cancelled  | card-cancelled  | card-cancelled  | card-cancelled  | card-cancelled  |
        | deceased     | holder-deceased | holder-deceased | holder-deceased | holder-deceased | holder-deceased | holder-deceased |
        | spare        | =               | =               | =               | =               | =               | =               |
        """;

    public static TheoryData<string, string, string> Cells() => TransitionTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_card_beside_every_other_has_one_result(string other, string state, string expected)
    {
        var card = CounterCards.In(state);
        Given.The(card).When(one => one.Spare.End([one, .. Other(other)], CounterCards.Now)).ThenCell(expected);
    }

    [Fact]
    public void It_ends_with_all_that_waits_or_holds_and_nothing_takes_its_place()
    {
        var card = CounterCards.In("lost");
        Given.The(card).When(one => one.Spare.End([one, .. Other("active")], CounterCards.Now)).Then(ended =>
        {
            Assert.Equal((StateReason.Spare, StateReason.Spare), (ended.Social.Reason, ended.Financial.Reason));
            Assert.Empty(ended.Loss.Reports);
            Assert.Equal(
                "card-cancelled",
                ended.Reissues.File(ReissueStory.Application(), RegionPolicies.Load().For(CounterCards.Region), ReissueStory.Calendar,
                    CounterCards.Now).Refusal?.Code);
        });
    }

    [Fact]
    public void The_new_card_of_a_reissue_is_not_spare_while_the_old_one_waits_for_it()
    {
        var (old, fresh) = (CounterCards.In("handedIn") with { ActivatedAt = CounterCards.Now }, CounterCards.In("awaiting", "987654321"));
        Given.The(fresh).When(one => one.Spare.End([old, one], CounterCards.Now)).ThenRefused("reissue-running");
    }

    [Fact]
    public void Of_two_that_are_given_up_at_once_one_stays()
    {
        var (one, other) = (CounterCards.In("active"), CounterCards.In("active", "T00000001"));
        var given = Given.The(CounterCards.HolderOf(one, other)).When(holder => holder.GiveUp(one.Number, CounterCards.Now))
            .ThenEvents("cardGivenUp");
        given.When(holder => holder.GiveUp(other.Number, CounterCards.Now.AddSeconds(59))).ThenRefused("card-being-ended");
        given.When(holder => holder.GiveUp(one.Number, CounterCards.Now.AddSeconds(59))).ThenEvents("cardGivenUp");
        given.When(holder => holder.GiveUp(other.Number, CounterCards.Now.AddMinutes(1))).ThenEvents("cardGivenUp");
    }

    private static Card[] Other(string state) => state switch
    {
        "nothing" => [],
        "activeElsewhere" => [CounterCards.In("active", "T00000001", "530100")],
        _ => [CounterCards.In(state, "T00000001", "320500")],
    };
}
