using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.CivilEvents;

/// <summary>Every event of a holder's life on a card in every state, and the one result that each has.</summary>
public sealed class CivilTransitionsTests
{
    private const string By = "bureau";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();

    // A column a state, a row a command; "=" is "nothing changes", else the events of the change.
    private static readonly string Table = """
        |                | issued                | awaiting              | active                | suspended             | lost                  | password                                    | reissue                                | temporary                                                 | replaced                     | cancelled        | ended            |
        | death          | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled,passwordChangeDropped | holderEnded,cancelled,reissueCancelled | holderEnded,cancelled,temporaryCardEnded,reissueCancelled | holderEnded,reissueCancelled | holderEnded      | =                |
        | renounced      | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled | holderEnded,cancelled,passwordChangeDropped | holderEnded,cancelled,reissueCancelled | holderEnded,cancelled,temporaryCardEnded,reissueCancelled | holderEnded,reissueCancelled | holderEnded      | =                |
        | rename         | holderRenamed         | holderRenamed         | holderRenamed         | holderRenamed         | holderRenamed         | holderRenamed                               | holderRenamed                          | holderRenamed                                             | holderRenamed                | holderRenamed    | holderRenamed    |
        | correct        | holderIdCorrected     | holderIdCorrected     | holderIdCorrected     | holderIdCorrected     | holderIdCorrected     | holderIdCorrected                           | holderIdCorrected                      | holderIdCorrected                                         | holderIdCorrected            | holderIdCorrected | holderIdCorrected |
        | correct same   | =                     | =                     | =                     | =                     | =                     | =                                           | =                                      | =                                                         | =                            | =                | =                |
        | move           | moved                 | moved                 | moved                 | moved                 | moved                 | moved                                       | moved                                  | moved                                                     | =                            | =                | =                |
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        var rows = Table.Split('\n').Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()).ToArray();
        foreach (var row in rows[1..])
        {
            for (var column = 1; column < row.Length; column++)
            {
                cells.Add(rows[0][column], row[0], row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_event_in_every_state_has_one_result(string state, string command, string expected)
    {
        var before = In(state);
        var decision = Apply(command, before);
        var result = decision.Events.Count == 0 ? "=" : string.Join(',', decision.Events.Select(happened => happened.Type));
        Assert.Equal(expected, result);
        if (expected == "=")
        {
            Assert.Same(before, decision.Card);
        }
    }

    [Fact]
    public void After_a_death_nothing_of_the_card_waits_and_no_card_follows_it()
    {
        foreach (var state in new[] { "issued",
            "awaiting", "active", "suspended", "lost", "password", "reissue", "temporary", "replaced", "cancelled" })
        {
            var card = Apply("death", In(state)).Card!;
            Assert.Equal(SocialState.Cancelled, card.Social.State);
            Assert.Empty(card.Loss.Reports);
            Assert.Null(card.Passwords.Of(PasswordKind.Social).Pending);
            Assert.False(card.Reissue is { IsLive: true });
            Assert.False(card.TemporaryCard is { End: null });
            Assert.Equal(
                "card-cancelled",
                card.Reissues.File(ReissueStory.Application(), Regions.For("220100"), ReissueStory.Calendar, Now).Refusal?.Code);
            Assert.Equal("card-cancelled", card.Activation.Receive(Today, Regions.For("220100").Activation, Now).Refusal?.Code);
        }
    }

    [Fact]
    public void A_card_produced_for_a_dead_holder_is_refused_and_noted()
    {
        var decision = Apply("death", In("reissue")).Card!.Reissues.ReportProduction(
            ReissueStory.Id, ReissueStory.NewNumber, isInUse: false, "bank-icbc");
        Assert.Equal("reissue-not-running", decision.Result?.Code);
        Assert.Equal("newCardRefused", Assert.Single(decision.Made.Events).Type);
    }

    [Fact]
    public void A_move_keeps_the_running_clocks_and_the_initial_password()
    {
        var received = In("awaiting");
        var moved = received.CivilEvents.Move("110000", Today, By).Card!;
        Assert.Equal(received.ActivationTerms, moved.ActivationTerms);
        Assert.Equal("110000", moved.RegionCode);
        Assert.Equal(Regions.For("220100").Passwords.Social.Initial, Regions.PasswordsOf(moved).Social.Initial);
        Assert.Equal(Regions.For("110000").Passwords.Social.Unlock, Regions.PasswordsOf(moved).Social.Unlock);
        var again = moved.CivilEvents.Move("310000", Today, By).Card!;
        Assert.Equal("220100", again.Civil.IssuedIn);
        Assert.Equal(ReissueStateOf(In("temporary")), ReissueStateOf(In("temporary").CivilEvents.Move("110000", Today, By).Card!));

        static (ReissueTerms, DateTimeOffset?) ReissueStateOf(Card card) => (card.Reissue!.Terms, card.TemporaryCard!.ValidUntil);
    }

    [Fact]
    public void A_lock_lapses_by_the_rule_under_which_it_was_set()
    {
        var rules = Regions.For("220100").Passwords;
        var lapsing = rules with
        {
            Social = rules.Social with { MaxWrong = 1, Unlock = rules.Social.Unlock with { ByItselfAfter = new(24, PeriodUnit.Hours) } }
        };
        var known = In("active") with { HeldPasswords = new(new HeldPassword { Verifier = "verifier" }) };
        var locked = known.Passwords.Check(PasswordKind.Social, _ => false, By, lapsing, Now).Made.Card!;
        Assert.Equal(StateReason.PasswordLocked, locked.Social.Reason);
        var moved = locked.CivilEvents.Move("110000", Today, By).Card!;
        Assert.Equal(
            PasswordCheckResult.Match,
            moved.Passwords.Check(PasswordKind.Social, _ => true, By, rules, Now.AddHours(24)).Result?.Result);
    }

    [Fact]
    public void What_comes_after_a_younger_event_of_its_kind_is_noted_only()
    {
        var moved = In("active").CivilEvents.Move("110000", Today, By).Card!;
        var late = moved.CivilEvents.Move("310000", Today.AddDays(-1), By);
        Assert.Equal("civilEventOutdated", Assert.Single(late.Events).Type);
        Assert.Equal("110000", late.Card!.RegionCode);
        var renamed = In("active").CivilEvents.Rename(People.Holder with { Name = "李**" }, Today, By).Card!;
        var older = renamed.CivilEvents.Rename(People.Holder with { Name = "张**" }, Today.AddDays(-1), By);
        Assert.Equal("civilEventOutdated", Assert.Single(older.Events).Type);
        Assert.Equal("李**", older.Card!.Holder.Name);
    }

    [Fact]
    public void A_new_card_knows_what_its_holder_was_called_and_where_he_moved()
    {
        var story = new ReissueStory("220100", Now);
        story.File(ReissueStory.Application());
        story.Do(card => card.CivilEvents.Move("110000", Today, By));
        if (story.Reissue.State is ReissueState.AwaitingPayment)
        {
            story.Do(card => card.Reissues.Pay(ReissueStory.Id, story.Reissue.FeeYuan, "r-1", ReissueStory.Calendar, Now));
        }

        story.Produce();
        var fresh = story.Old.Replacement.Register(Now).Card!;
        Assert.Equal(("110000", Today, null), (fresh.RegionCode, fresh.Civil.MovedOn, fresh.Civil.IssuedIn));
    }

    private static Decision<Card> Apply(string command, Card card) => command switch
    {
        "death" => card.CivilEvents.End(StateReason.Deceased, Today, By, Now),
        "renounced" => card.CivilEvents.End(StateReason.NationalityRenounced, Today, By, Now),
        "rename" => card.CivilEvents.Rename(People.Holder with { Name = "李**", Sealed = "sealed anew" }, Today, By),
        "correct" => card.CivilEvents.Correct(People.Holder with { Key = "another key" }, Today, By),
        "correct same" => card.CivilEvents.Correct(People.Holder with { Sealed = "sealed anew" }, Today, By),
        "move" => card.CivilEvents.Move("110000", Today, By),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    private static Card In(string state)
    {
        var story = new ReissueStory("220100", Now);
        switch (state)
        {
            case "issued":
                return Card.Register(story.Old.Number, People.Holder, "220100", "bank-icbc", 3, Now).Card!;
            case "awaiting":
                return Card.Register(story.Old.Number, People.Holder, "220100", "bank-icbc", 3, Now).Card!
                    .Activation.Receive(Today, story.Policy.Activation, Now).Card!;
            case "suspended":
                return story.Old with { Social = new(SocialState.Suspended, StateReason.PasswordLocked, Now) };
            case "lost":
                story.ReportFormally();
                break;
            case "reissue" or "temporary":
                story.File(ReissueStory.Application());
                if (state == "temporary")
                {
                    story.Do(card => card.TemporaryCards.Issue("temp-1", story.Policy.TemporaryCard, ReissueStory.Calendar, Now));
                }

                break;
            case "replaced":
                story.File(ReissueStory.Application());
                return story.Old with
                {
                    Social = new(
                    SocialState.Cancelled, StateReason.Replaced, Now),
                    Financial = new(FinancialState.Cancelled, StateReason.Replaced, Now)
                };
            case "cancelled":
                return story.Old with
                {
                    Social = new(
                    SocialState.Cancelled, StateReason.Forfeited, Now),
                    Financial = new(FinancialState.Cancelled, StateReason.Forfeited, Now)
                };
            case "ended":
                return Apply("death", story.Old).Card!;
            case "password":
                var waiting = new PendingPassword(
                    "change-1", PasswordOperation.Reset, ServiceChannel.ServiceWindow, Now, Now.AddDays(1), false, "verifier");
                return story.Old with { HeldPasswords = new(new HeldPassword { Pending = waiting }) };
        }

        return story.Old;
    }
}
