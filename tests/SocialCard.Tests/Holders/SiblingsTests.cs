using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Holders;
using SocialCard.Functions.WorkItems;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.Holders;

/// <summary>What the cards of one holder are to one another.</summary>
public sealed class SiblingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();

    [Theory]
    [InlineData("320200", "530100", "530100", 0, false, true)] // the national rule: with the enabling
    [InlineData("140100", "320200", "320200", 0, false, false)] // Shanxi: not before the first use
    [InlineData("140100", "320200", "320200", 0, true, true)]
    [InlineData("320200", "530100", "140100", 0, true, false)] // the new card is of a third province
    [InlineData("320200", "320500", "320500", 0, true, false)] // inside the province
    [InlineData("320200", null, "530100", 0, true, false)] // nobody has told of a move
    [InlineData("320200", "530100", "530100", 1, true, false)] // enabled before he moved
    public void A_card_ends_when_its_holder_has_moved_and_has_a_card_at_the_new_place(
        string old, string? household, string next, int movedDaysAfter, bool isUsed, bool ends)
    {
        var (one, other) = (CardOf("111111111", old), CardOf("222222222", next) with { FirstUsedAt = isUsed ? Now : null });
        var holder = HolderOf(one, other) with
        {
            Household = household is null ? null : new(household, Today.AddDays(movedDaysAfter), "bureau"),
        };
        Assert.Equal(ends ? [one.Number] : [], new Siblings(holder, [one, other], Regions).LeftBehind().Select(card => card.Number));
    }

    [Fact]
    public void A_card_that_stays_behind_ends_with_all_that_waits_and_once()
    {
        var story = new ReissueStory("220100", Now);
        story.File(ReissueStory.Application());
        var ended = story.Old.Following.StayBehind(Now);
        Assert.Equal(["cancelled", "reissueCancelled"], ended.Events.Select(happened => happened.Type));
        Assert.Equal(
            (StateReason.Moved, StateReason.Moved, ReissueState.Cancelled),
            (ended.Card!.Social.Reason, ended.Card!.Financial.Reason, ended.Card!.Reissue!.State));
        Assert.Same(ended.Card, ended.Card!.Following.StayBehind(Now).Card);
        Assert.Equal("card-cancelled", ended.Card!.Activation.Receive(Today, story.Policy.Activation, Now).Refusal?.Code);
    }

    [Fact]
    public void Only_a_later_card_of_the_same_province_that_is_in_use_is_a_second_one()
    {
        var (first, far, second) = (CardOf("111111111", "320200"), CardOf("222222222", "530100"), CardOf("333333333", "320500"));
        Assert.Equal([first.Number], Beside(second, first, far, second));
        Assert.Empty(Beside(first, first, far, second));
        Assert.Empty(Beside(far, first, far, second));
        Assert.Empty(Beside(second, first with { Social = new(SocialState.Suspended, StateReason.TemporaryLoss, Now) }, second));
        Assert.Empty(Beside(second with { ActivatedAt = null }, first, second with { ActivatedAt = null }));
        Assert.Empty(Beside(second with { Replaces = first.Number }, first, second with { Replaces = first.Number }));
    }

    [Fact]
    public void A_second_card_is_on_the_list_since_it_was_found_and_until_it_is_none()
    {
        var (card, first) = (CardOf("333333333", "320500"), CardNumber.Parse("111111111"));
        var found = card.Following.StandBeside([first], Now);
        Assert.Equal("secondCardFound", Assert.Single(found.Events).Type);
        Assert.Same(found.Card, found.Card!.Following.StandBeside([first], Now.AddDays(1)).Card);
        var items = new CardWorkItems().ItemsOf(found.Card!).ToList();
        Assert.Equal([WorkItemKind.SecondCard, WorkItemKind.Escalation], items.Select(item => item.Kind));
        Assert.All(items, item => Assert.Equal((card.Number, first, Now), (item.CardNumber!, item.OtherCardNumber!, item.Since)));
        Assert.Empty(new CardWorkItems().ItemsOf(found.Card! with { Social = new(SocialState.Cancelled, StateReason.Moved, Now) }));

        var more = found.Card!.Following.StandBeside([first, CardNumber.Parse("222222222")], Now.AddDays(1)).Card!;
        Assert.Equal(Now, more.Civil.Second!.Since);
        var settled = more.Following.StandBeside([], Now.AddDays(2));
        Assert.Equal(("secondCardSettled", null), (Assert.Single(settled.Events).Type, settled.Card!.Civil.Second));
    }

    [Fact]
    public void A_card_that_is_the_only_one_has_nothing_looked_at()
    {
        var handler = new SiblingCardsHandler();
        var received = Card.Register(CardNumber.Parse("111111111"), People.Holder, "320200", "bank-icbc", 3, Now).Card!;
        var enabled = received.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Regions.For("320200").Activation);
        Assert.Empty(handler.Handle(received, enabled.Card!, enabled.Events, Now));
        Assert.Null(enabled.Card!.FirstUsedAt);

        var one = received with { Civil = received.Civil with { HasSiblings = true } };
        enabled = one.Activation.EnableSocial(
            new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), Regions.For("320200").Activation);
        Assert.Equal("holder-siblings", Assert.Single(handler.Handle(one, enabled.Card!, enabled.Events, Now)).Target);
        Assert.Equal(Now, enabled.Card!.FirstUsedAt);
        Assert.Empty(handler.Handle(enabled.Card!, enabled.Card!, [], Now));
    }

    [Fact]
    public void His_cards_know_that_there_are_several_and_a_new_one_for_an_old_one_is_none_of_them()
    {
        var (one, other) = (CardOf("111111111", "320200"), CardOf("222222222", "320500"));
        var holder = Holder.Open(People.Holder, "320200", false, Known(one)).State!;
        var replaced = holder.AddReplacement(Known(other) with { Replaces = one.Number }).State!;
        Assert.Equal((false, holder.Version), (replaced.HasSeveralCards, replaced.Version));
        var several = holder.AddCard(Known(other)).State!;
        Assert.Equal((true, holder.Version + 1), (several.HasSeveralCards, several.Version));
        Assert.True(one.Following.Follow(several.Standing, Now).Card!.Civil.HasSiblings);
        Assert.True(Card.Register(other.Number, People.Holder, "320500", "bank-icbc", 3, Now, several.Standing).Card!.Civil.HasSiblings);
    }

    private static IReadOnlyList<CardNumber> Beside(Card card, params Card[] all) =>
        new Siblings(HolderOf(all), all, Regions).Beside(card);

    private static HolderCard Known(Card card) => new(card.Number, card.RegionCode, card.BankId, Now);

    private static Holder HolderOf(params Card[] cards) =>
        new() { Person = People.Holder, OpenedIn = "320200", Cards = [.. cards.Select(Known)] };

    private static Card CardOf(string number, string region) => new ReissueStory(region, Now).Old with
    {
        Number = CardNumber.Parse(number),
        RegionCode = region,
    };
}
