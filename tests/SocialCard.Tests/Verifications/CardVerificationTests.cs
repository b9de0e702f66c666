using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;
using SocialCard.Tests.Passwords;

namespace SocialCard.Tests.Verifications;

/// <summary>Whether a card is a credential: in every state, and by each of the two ways to show that it is one's own.</summary>
public sealed class CardVerificationTests
{
    private static readonly PasswordsPolicy Rules = PasswordCards.Rules(PasswordCards.Initial);

    // A column a state, a row what is shown with the card; a cell is "usable", or why not.
    private static readonly string Table = """
        |                | notReceived                 | sealed                      | enabledOnly                 | own            | initial        | wrongFiveTimes       | locked                | lost                | lostWhileLocked            | lostAndExpired              | expired                | cancelled                | deceased                 | endedLater               |
        | holder         | notActivated                | notActivated                | notActivated                | usable         | usable         | usable               | locked                | lost                | lost,locked                | lost,expired                | expired                | cancelled                | cancelled                | cancelled                |
        | somebody else  | notActivated,holderMismatch | notActivated,holderMismatch | notActivated,holderMismatch | holderMismatch | holderMismatch | holderMismatch       | locked,holderMismatch | lost,holderMismatch | lost,locked,holderMismatch | lost,expired,holderMismatch | expired,holderMismatch | cancelled,holderMismatch | cancelled,holderMismatch | cancelled,holderMismatch |
        | password       | notActivated                | notActivated                | notActivated                | usable         | passwordNotSet | usable               | locked                | lost                | lost,locked                | lost,expired                | expired                | cancelled                | cancelled                | cancelled                |
        | wrong password | notActivated                | notActivated                | notActivated                | passwordWrong  | passwordNotSet | locked,passwordWrong | locked                | lost                | lost,locked                | lost,expired                | expired                | cancelled                | cancelled                | cancelled                |
        """;

    public static TheoryData<string, string, string> Cells() => TransitionTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_card_shown_in_either_way_has_one_answer_which_the_timeline_keeps(string state, string shown, string expected)
    {
        var (decision, answer) = Verify(In(state), shown);

        Assert.Equal(expected, answer!.Usable ? "usable" : Names(answer.Reasons));
        Assert.Equal(expected == "usable", answer.Reasons.Count == 0);
        var noted = Assert.IsType<CardVerified>(decision.Events[^1]);
        Assert.Equal((PublicService.Training, answer.Usable), (noted.Service, noted.Usable));
        Assert.Equal(answer.Reasons, noted.Reasons);
        Assert.Equal(expected.Contains("passwordWrong", StringComparison.Ordinal), decision.Events.Any(one => one is PasswordMismatched));
    }

    [Fact]
    public void A_verification_leaves_nothing_in_the_card()
    {
        var card = In("own");

        var (decision, _) = card.Verifications.ByHolder(PublicService.Pensions, isHolder: true);

        Assert.Same(card, decision.Card);
    }

    [Fact]
    public void The_last_wrong_password_locks_the_card_as_at_any_desk_and_a_right_one_clears_the_count()
    {
        var cleared = Verify(In("wrongFiveTimes"), "password").Made;
        Assert.Equal(0, cleared.Card!.Passwords.Of(PasswordKind.Social).Wrong);

        var locked = Verify(In("wrongFiveTimes"), "wrong password").Made;

        Assert.Equal(["passwordMismatched", "passwordLocked", "verified"], locked.Events.Select(happened => happened.Type));
        var card = locked.Card!;
        Assert.Equal((CardStatus.Suspended, StateReason.PasswordLocked), (card.Status, card.Social.Reason));
        var atTheDesk = PasswordCards.Check(card, PasswordCards.Own, Rules, PasswordCards.Now);
        Assert.Equal(PasswordCheckResult.Locked, atTheDesk.Result!.Result);
    }

    [Fact]
    public void A_card_that_is_locked_at_an_agency_is_unlocked_at_any_desk_also_where_the_region_says_at_the_one_that_locked_it()
    {
        var whereLocked = Rules with
        {
            Social = Rules.Social with { Unlock = Rules.Social.Unlock with { Where = UnlockPlace.WhereLocked } },
        };
        var locked = Verify(In("wrongFiveTimes"), "wrong password").Made.Card!;

        var unlocked = locked.Passwords.Unlock(
            PasswordKind.Social, ServiceChannel.ServiceWindow, "bureau-1", whereLocked, PasswordCards.Now);

        Assert.Equal(CardStatus.Active, unlocked.Card!.Status);
    }

    [Fact]
    public void Where_cards_have_no_such_password_none_is_compared()
    {
        var others = Rules with { Kinds = [PasswordKind.Query] };

        var (decision, answer) = In("own").Verifications.ByPassword(
            PublicService.Transport, _ => throw new InvalidOperationException(), others, PasswordCards.Now);

        Assert.Equal([UnusableReason.PasswordNotSet], answer!.Reasons);
        Assert.Single(decision.Events);
    }

    private static Decision<Card, VerificationAnswer> Verify(Card card, string shown) => shown switch
    {
        "holder" => card.Verifications.ByHolder(PublicService.Training, isHolder: true),
        "somebody else" => card.Verifications.ByHolder(PublicService.Training, isHolder: false),
        "password" => ByPassword(card, PasswordCards.Own),
        "wrong password" => ByPassword(card, "000001"),
        _ => throw new ArgumentException(shown),
    };

    private static Decision<Card, VerificationAnswer> ByPassword(Card card, string password) => card.Verifications.ByPassword(
        PublicService.Training, held => PasswordCards.Is(held, password), Rules, PasswordCards.Now);

    private static Card In(string state)
    {
        Card Own() => PasswordCards.In("own", Rules);
        return state switch
        {
            "sealed" => Own() with { Social = new(SocialState.Sealed, null, default), ActivatedAt = null },
            // Enabled with the receipt, in a region that asks for the financial application too.
            "enabledOnly" => Own() with { ActivatedAt = null },
            "wrongFiveTimes" => Enumerable.Range(0, 5).Aggregate(
                Own(), (card, _) => PasswordCards.Check(card, "000001", Rules, PasswordCards.Now).Made.Card!),
            "expired" => Own() with { Social = Suspended(StateReason.ActivationExpired) },
            "lostWhileLocked" => Lost(PasswordCards.In("locked", Rules)),
            "lostAndExpired" => Lost(Own() with { Social = Suspended(StateReason.ActivationExpired) }),
            "deceased" => Deceased(Own()),
            // The holder has ended, and the card, which was made meanwhile, has not yet.
            "endedLater" => Own() with { Civil = new(StateReason.Deceased) },
            _ => PasswordCards.In(state, Rules),
        };
    }

    private static Card Deceased(Card card) => card.Following.Follow(
        new(card.Holder, 1, null, null, new(StateReason.Deceased, new(2026, 3, 1), "bureau-1"), null, [], []), PasswordCards.Now).Card!;

    private static Card Lost(Card card) => card with
    {
        Social = Suspended(StateReason.FormalLoss),
        Loss = card.Loss with { Social = card.Social },
    };

    private static Application<SocialState> Suspended(StateReason reason) => new(SocialState.Suspended, reason, PasswordCards.Now);

    private static string Names(IEnumerable<UnusableReason> reasons) =>
        string.Join(',', reasons.Select(reason => SocialCardJson.NameOf<UnusableReason>(reason)));
}
