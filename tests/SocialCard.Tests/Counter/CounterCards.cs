using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Tests.LossReports;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.Counter;

/// <summary>A person at a counter, and cards in every state that he may have.</summary>
internal static class CounterCards
{
    public const string Region = "320200";

    public static DateTimeOffset Now => LossCards.Lost;

    /// <summary>A card in a state, with a number and in a region of its own.</summary>
    public static Card In(string state, string number = "123456789", string region = Region) => StateOf(state, region) with
    {
        Number = CardNumber.Parse(number),
    };

    /// <summary>The holder of cards.</summary>
    public static Holder HolderOf(params IEnumerable<Card> cards) => Holder.Open(People.Holder, Region, false, null).State! with
    {
        Cards = [.. cards.Select(card => new HolderCard(card.Number, card.RegionCode, card.BankId, Now))],
    };

    private static Card StateOf(string state, string region)
    {
        var active = LossCards.Active(region) with { ActivatedAt = Now.AddDays(-1) };
        return state switch
        {
            "issued" => LossCards.Issued(region),
            "awaiting" => LossCards.Awaiting(region),
            "active" => active,
            "financialOnly" => active with { Social = new(SocialState.Sealed, null, Now) },
            "sealedByReset" => active with { Social = new(SocialState.Sealed, null, Now), EnabledAt = Now.AddDays(-1) },
            "expired" => active with { Social = new(SocialState.Suspended, StateReason.ActivationExpired, Now), ActivatedAt = null },
            "locked" => active with
            {
                Social = new(SocialState.Suspended, StateReason.PasswordLocked, Now),
                HeldPasswords = new(new HeldPassword { LockedAt = Now }),
            },
            "lost" => Accepted(active.ReportLoss(
                LossCards.Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone))),
            "lostFormally" => Accepted(active.ReportLoss(
                LossCards.Report(LossReportKind.Formal, LossScope.Both, ServiceChannel.Bank))),
            "feeDue" => Reissued(active, ReissueState.AwaitingPayment),
            "inProduction" => Reissued(active, ReissueState.InProduction),
            "replaced" => Ended(active, StateReason.Replaced) with { ReplacedBy = CardNumber.Parse("987654321") },
            "handedIn" => Reissued(active, ReissueState.Received) with { ReplacedBy = CardNumber.Parse("987654321") },
            "forfeited" => Ended(active, StateReason.Forfeited),
            "spare" => Ended(active, StateReason.Spare),
            "deceased" => Accepted(active.Following.Follow(
                new(People.Holder, 2, null, null, new(StateReason.Deceased, ChinaTime.DateOf(Now), "bureau"), null, [], []), Now)),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }

    private static Card Ended(Card card, StateReason reason) => card with
    {
        Social = new(SocialState.Cancelled, reason, Now),
        Financial = new(FinancialState.Cancelled, reason, Now),
    };

    private static Card Reissued(Card card, ReissueState state)
    {
        var story = new ReissueStory(Region, Now);
        story.File(ReissueStory.Application());
        return card with { Reissue = story.Reissue with { State = state, NewCardNumber = CardNumber.Parse("987654321") } };
    }

    private static Card Accepted(Decision<Card> decision)
    {
        Assert.Null(decision.Refusal?.Code);
        return decision.Card!;
    }
}
