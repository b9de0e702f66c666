using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
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
        | contact        | =                     | =                     | =                     | =                     | =                     | =                                           | =                                      | =                                                         | =                            | =                | =                |
        | older          | =                     | =                     | =                     | =                     | =                     | =                                           | =                                      | =                                                         | =                            | =                | =                |
        | another's      | =                     | =                     | =                     | =                     | =                     | =                                           | =                                      | =                                                         | =                            | =                | =                |
        | revoked        | =                     | =                     | =                     | =                     | =                     | =                                           | =                                      | =                                                         | =                            | =                | holderRevived    |
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
        if (command is "older" or "another's")
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
                "holder-deceased",
                card.Reissues.File(ReissueStory.Application(), Regions.For("220100"), ReissueStory.Calendar, Now).Refusal?.Code);
            Assert.Equal("holder-deceased", card.Activation.Receive(Today, Regions.For("220100").Activation, Now).Refusal?.Code);
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
    public void What_a_death_ended_comes_back_as_it_was_when_the_record_is_revoked()
    {
        foreach (var state in new[] { "issued", "awaiting", "active", "suspended", "lost", "password", "temporary" })
        {
            var before = In(state);
            var back = Apply("revoked", Apply("death", before).Card!).Card!;
            Assert.Equal((before.Status, before.Social, before.Financial), (back.Status, back.Social, back.Financial));
            Assert.Equal(before.Loss.Reports, back.Loss.Reports);
            Assert.Equal(before.HeldPasswords, back.HeldPasswords);
            Assert.Equal((null, null), (back.Civil.Ended, back.Civil.Before));
            Assert.False(back.Reissue is { IsLive: true });
        }

        var ended = Apply("revoked", Apply("death", In("cancelled")).Card!).Card!;
        Assert.Equal((CardStatus.Cancelled, null), (ended.Status, ended.Civil.Ended));
    }

    [Fact]
    public void A_card_whose_bank_was_taken_over_while_the_holder_was_thought_dead_comes_back_to_the_other_bank()
    {
        var dead = In("active").Following.Follow(Dead, Now).Card!;
        var moved = dead.Bank.Succeed("bank-icbc", "bank-ccb", ReissueStory.Calendar, Now).Card!;
        var back = moved.Following.Follow(Alive, Now).Card!;
        Assert.Equal((CardStatus.Active, "bank-ccb"), (back.Status, back.BankId));
    }

    [Fact]
    public void What_time_has_ended_while_the_holder_was_thought_dead_stays_ended()
    {
        var received = In("awaiting");
        var dead = received.Following.Follow(Dead, Now).Card!;
        var late = Now.AddDays(400);
        var back = dead.Following.Follow(Alive, late);
        Assert.Equal(["holderRevived", "suspended"], back.Events.Select(happened => happened.Type).Take(2));
        Assert.Equal(StateReason.ActivationExpired, back.Card!.Social.Reason);
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
        Assert.Equal(
            PasswordCheckResult.Match,
            locked.Passwords.Check(PasswordKind.Social, _ => true, By, rules, Now.AddHours(24)).Result?.Result);
    }

    [Fact]
    public void A_new_card_follows_from_where_the_old_one_stood()
    {
        var story = new ReissueStory("220100", Now);
        story.File(ReissueStory.Application());
        story.Do(card => card.Following.Follow(Renamed, Now));
        if (story.Reissue.State is ReissueState.AwaitingPayment)
        {
            story.Do(card => card.Reissues.Pay(ReissueStory.Id, story.Reissue.FeeYuan, "r-1", ReissueStory.Calendar, Now));
        }

        story.Produce();
        var fresh = story.Old.Replacement.Register(Now).Card!;
        Assert.Equal((Renamed.Person, Renamed.Version, "220100"), (fresh.Holder, fresh.Civil.Version, fresh.RegionCode));

        // Where the holder's end came first, the new card has yet to follow it.
        story.Do(card => card.Following.Follow(Dead with { Version = Renamed.Version + 1 }, Now));
        var late = story.Old.Replacement.Register(Now).Card!;
        Assert.Equal(StateReason.Deceased, late.Following.Follow(Dead with { Version = Renamed.Version + 1 }, Now).Card!.Social.Reason);
    }

    private static HolderStanding Standing(long version, Person person) => new(person, version, null, null, null, null, [], []);

    private static HolderStanding Dead { get; } =
        Standing(2, People.Holder) with { End = new(StateReason.Deceased, Today, By) };

    private static HolderStanding Alive { get; } = Standing(3, People.Holder) with { Revoked = new(Today, By) };

    private static HolderStanding Renamed { get; } =
        Standing(3, People.Holder with { Name = "李**", Sealed = "sealed anew" }) with { Named = new(Today, By) };

    private static Decision<Card> Apply(string command, Card card)
    {
        var before = card.Following;
        var known = card.Civil.Ended is null ? null : new HolderEnd(card.Civil.Ended.Value, Today, By);
        return command switch
        {
            "death" => before.Follow(Dead with { Version = 5 }, Now),
            "renounced" => before.Follow(
                Dead with { Version = 5, End = new(StateReason.NationalityRenounced, Today, By) }, Now),
            "rename" => before.Follow(Renamed with { Version = 6, End = known }, Now),
            "correct" => before.Follow(
                Standing(6, People.Holder with { Key = "another key", HolderId = "key" }) with
                {
                    Corrected = new(Today, By),
                    End = known,
                },
                Now),
            "contact" => before.Follow(Standing(6, People.Holder with { Sealed = "sealed anew" }) with { End = known }, Now),
            "older" => before.Follow(Standing(card.Civil.Version, People.Holder), Now),
            "another's" => before.Follow(Dead with { Version = 9, Person = People.Holder with { Key = "another's" } }, Now),
            "revoked" => before.Follow(Alive with { Version = 6 }, Now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }

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
