using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Inquiries;

/// <summary>Which of a person's cards hold a query password that opens an inquiry, whichever of them is in use.</summary>
public sealed class OwnPasswordTests
{
    private static readonly PasswordsPolicy Rules = RegionPolicies.Load().National.Passwords;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_password_counts_that_he_has_set_on_a_card_that_has_not_ended()
    {
        Expect([1], Set(Of(1)), Of(2));
        Expect([1, 2], Set(Of(1)), Set(Of(2)), Of(3));
        Expect([], Of(1) with { HeldPasswords = new(Query: new() { Wrong = 2 }) });
        Expect([], Ended(Set(Of(1)), StateReason.Unclaimed), Of(2));
    }

    [Fact]
    public void A_locked_one_does_not_count() =>
        Expect([], Of(1) with { HeldPasswords = new(Query: new() { Verifier = "set", LockedAt = Now }) }, Of(2));

    [Fact]
    public void That_of_a_replaced_card_counts_while_the_card_in_its_place_has_none()
    {
        var replaced = Ended(Set(Of(1)), StateReason.Replaced) with { ReplacedBy = Number(2), Reissue = Reissue(ReissueReason.Damaged) };
        Expect([1], replaced, Of(2));
        Expect([2], replaced, Set(Of(2)));
        Expect([], replaced, Of(3));
        Expect([], replaced with { Reissue = Reissue(ReissueReason.PasswordLeaked) }, Of(2));
    }

    [Fact]
    public void A_card_without_a_password_asks_for_the_one_set_elsewhere_and_counts_what_is_wrong()
    {
        var card = Of(1);

        Assert.Equal("inquiry-refused", Ask(card, matches: true, isSetElsewhere: false).Refusal!.Code);
        Assert.Equal(["inquiryMade"], Ask(card, matches: true, isSetElsewhere: true).Events.Select(happened => happened.Type));
        var wrong = Ask(card, matches: false, isSetElsewhere: true);
        Assert.Equal(["passwordMismatched", "inquiryMade"], wrong.Events.Select(happened => happened.Type));
        Assert.Equal(1, wrong.Card!.HeldPasswords.Query!.Wrong);
    }

    [Fact]
    public void The_lock_of_the_card_in_use_gates_all()
    {
        var locked = Enumerable.Range(0, Rules.Query.MaxWrong!.Value)
            .Aggregate(Of(1), (card, _) => Ask(card, matches: false, isSetElsewhere: true).Card!);

        Assert.Equal(
            PasswordCheckResult.Locked,
            locked.Inquiries.Ask([], ServiceChannel.Phone, _ => true, "hotline", Rules, Now, isSetElsewhere: true).Result);
    }

    private static SocialCard.Domain.Kernel.Decision<Card> Ask(Card card, bool matches, bool isSetElsewhere) => card.Inquiries.Ask(
        [InquiryTopic.Card], ServiceChannel.Phone, _ => matches, "hotline", Rules, Now, isSetElsewhere).Made;

    private static void Expect(int[] numbers, params Card[] cards) =>
        Assert.Equal(numbers.Select(Number), CardInquiries.WithOwnPassword(cards).Select(card => card.Number));

    private static Card Of(int number) =>
        Card.Register(Number(number), People.Holder, "140100", "bank-1", 3, default).Card!;

    private static Card Set(Card card) => card with { HeldPasswords = new(Query: new() { Verifier = "set", ChangedAt = Now }) };

    private static Card Ended(Card card, StateReason reason) => card with { Social = new(SocialState.Cancelled, reason, Now) };

    private static Reissue Reissue(ReissueReason reason) => new()
    {
        ReissueId = "r",
        Reason = reason,
        Delivery = CardDelivery.PickUp,
        BankId = "bank-1",
        FiledAt = Now,
        Terms = ReissueTerms.Of(RegionPolicies.Load().National.Reissue, CardDelivery.PickUp),
    };

    private static CardNumber Number(int number) => CardNumber.Parse($"12345678{number}");
}
