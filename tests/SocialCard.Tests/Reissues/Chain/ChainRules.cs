using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues.Chain;

/// <summary>What holds of a card and all that come of it, whatever happens to them.</summary>
internal static class ChainRules
{
    /// <summary>What no change of a card may do.</summary>
    public static void AssertStep(Card before, Card after, IReadOnlyList<DomainEvent> events)
    {
        if (events.OfType<HolderRevived>().Any())
        {
            return;
        }

        Assert.False(
            before.Social.State is SocialState.Cancelled && after.Social.State is not SocialState.Cancelled,
            "A cancelled card came back.");
        Assert.False(
            before.Loss.Social is not null && after.Loss.Social is null && after.Social.State is SocialState.Active
                && before.Reissue is { IsLive: true } running && after.Reissues.Running(running.ReissueId) is not null,
            "A lost card works again while a new one is under way.");
    }

    /// <summary>What holds once the workflows have nothing to do.</summary>
    public static void AssertAtRest(CardChain chain)
    {
        var cards = chain.Cards;
        var firstUse = chain.Policy.Reissue.OldCardVoidAt is OldCardVoid.FirstUse;
        var usable = cards.Where(card => card.Social.State is SocialState.Active).ToList();

        // Where the first use of the new card ends the old one, the two stand side by side until then.
        Assert.True(
            usable.Count <= 1 || (firstUse && usable.Count == 2 && usable[^1].FirstUsedAt is null),
            $"{usable.Count} cards are usable at once.");
        foreach (var card in cards)
        {
            Assert.True(
                card.Reissue is not { IsLive: true } reissue || chain.Accompanied.Contains(reissue.ReissueId),
                "A reissue is under way that no workflow accompanies.");
            if (card.EnabledAt is not null)
            {
                Assert.True(
                    (firstUse && card.FirstUsedAt is null) || Before(card, cards).All(old => old.Social.State is SocialState.Cancelled),
                    "A card lives whose place another has taken.");
                AssertUsableAsPromised(card, cards, chain);
            }
        }
    }

    private static void AssertUsableAsPromised(Card card, IReadOnlyList<Card> cards, CardChain chain)
    {
        if (card.Social.State is SocialState.Active || card.Loss.On(CardApplication.Social) is not null)
        {
            return;
        }

        var endsBefore = card.Reissue?.Terms.OldCardVoidAt is OldCardVoid.Application or OldCardVoid.FormalReport;
        var isRule = card.Social.Reason switch
        {
            StateReason.ActivationExpired or StateReason.Forfeited => true,
            StateReason.Deceased => !chain.IsHolderAlive,
            StateReason.Replaced => endsBefore || After(card, cards).Any(
                next => next.EnabledAt is not null || (next.ReceivedOn is not null && next.Social.State is SocialState.Cancelled)),
            _ => false,
        };
        Assert.True(isRule, $"A card that was enabled is {card.Social.State} for {card.Social.Reason}, and no rule says so.");
    }

    private static IEnumerable<Card> Before(Card card, IReadOnlyList<Card> cards)
    {
        while (card.Replaces is { } replaced)
        {
            card = cards.Single(old => old.Number == replaced);
            yield return card;
        }
    }

    private static IEnumerable<Card> After(Card card, IReadOnlyList<Card> cards) =>
        cards.Where(next => Before(next, cards).Contains(card));
}
