using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.Holders;

/// <summary>Every command in every state of a holder, and the one result that each has.</summary>
public sealed class HolderTransitionsTests
{
    private const string By = "bureau-a";
    private const string Other = "bureau-b";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly DateOnly Born = new(1990, 2, 9);
    private static readonly Card Physical = new ReissueStory("320200", Now).Old;
    private static readonly Partner Shanghai = new("hospital-sh", PartnerRole.Hospital, "310000");
    private static readonly Partner Wuxi = new("hospital-wx", PartnerRole.Hospital, "320200");

    // A column a state, a row a command; "=" is "it is so already", a code is a refusal, else the events of the change.
    private static readonly string[] Tables =
    [
        """
        |                 | opened               | newborn            | holding            | several            | renamed            |
        | bear            | born,cardClaimOpened | =                  | already-born       | already-born       | already-born       |
        | die             | holderEnded          | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die later       | holderEnded          | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die earlier     | holderEnded          | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die, by another | holderEnded          | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die unborn      | death-before-birth   | death-before-birth | death-before-birth | death-before-birth | death-before-birth |
        | renounce        | holderEnded          | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | revoke          | not-deceased         | not-deceased       | not-deceased       | not-deceased       | not-deceased       |
        | rename          | holderRenamed        | holderRenamed      | holderRenamed      | holderRenamed      | =                  |
        | rename earlier  | holderRenamed        | holderRenamed      | holderRenamed      | holderRenamed      | civilEventOutdated |
        | correct         | holderIdCorrected    | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  |
        | correct earlier | holderIdCorrected    | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  |
        | correct nothing | =                    | =                  | =                  | =                  | =                  |
        | move            | moved                | moved              | moved              | moved              | moved              |
        | move earlier    | moved                | moved              | moved              | moved              | moved              |
        | correct a move  | moved                | moved              | moved              | moved              | moved              |
        | leave           | householdCancelled   | householdCancelled | householdCancelled | householdCancelled | householdCancelled |
        | add             | cardAdded            | cardAdded          | =                  | =                  | =                  |
        | add another     | cardAdded            | cardAdded          | cardAdded          | =                  | cardAdded          |
        | replace         | cardAdded            | cardAdded          | cardAdded          | cardAdded          | cardAdded          |
        | share           | numberShared         | numberShared       | numberShared       | numberShared       | numberShared       |
        | contact         | contactChanged       | contactChanged     | contactChanged     | contactChanged     | contactChanged     |
        | merge           | merged               | merged             | merged             | merged             | merged             |
        | take over       | takenOver            | takenOver          | takenOver          | takenOver          | takenOver          |
        | refer           | referralApproved     | referralApproved   | referralApproved   | referralApproved   | referralApproved   |
        | withdraw        | referral-not-open    | referral-not-open  | referral-not-open  | referral-not-open  | referral-not-open  |
        | use             | =                    | =                  | =                  | =                  | =                  |
        """,
        """
        |                 | moved              | left               | referred           | dead               | revoked            |
        | bear            | already-born       | already-born       | already-born       | already-born       | already-born       |
        | die             | holderEnded        | holderEnded        | holderEnded        | =                  | civilEventOutdated |
        | die later       | holderEnded        | holderEnded        | holderEnded        | =                  | holderEnded        |
        | die earlier     | holderEnded        | holderEnded        | holderEnded        | =                  | holderEnded        |
        | die, by another | holderEnded        | holderEnded        | holderEnded        | =                  | civilEventOutdated |
        | die unborn      | death-before-birth | death-before-birth | death-before-birth | death-before-birth | death-before-birth |
        | renounce        | holderEnded        | holderEnded        | holderEnded        | =                  | holderEnded        |
        | revoke          | not-deceased       | not-deceased       | not-deceased       | holderRevived      | =                  |
        | rename          | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      |
        | rename earlier  | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      |
        | correct         | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  |
        | correct earlier | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  | holderIdCorrected  |
        | correct nothing | =                  | =                  | =                  | =                  | =                  |
        | move            | =                  | moved              | moved              | moved              | moved              |
        | move earlier    | civilEventOutdated | civilEventOutdated | moved              | moved              | moved              |
        | correct a move  | moved              | moved              | moved              | moved              | moved              |
        | leave           | householdCancelled | =                  | householdCancelled | householdCancelled | householdCancelled |
        | add             | =                  | =                  | =                  | =                  | =                  |
        | add another     | cardAdded          | cardAdded          | cardAdded          | holder-deceased    | cardAdded          |
        | replace         | cardAdded          | cardAdded          | cardAdded          | cardAdded          | cardAdded          |
        | share           | numberShared       | numberShared       | numberShared       | numberShared       | numberShared       |
        | contact         | contactChanged     | contactChanged     | contactChanged     | contactChanged     | contactChanged     |
        | merge           | merged             | merged             | merged             | merged             | merged             |
        | take over       | takenOver          | takenOver          | takenOver          | takenOver          | takenOver          |
        | refer           | referralApproved   | referralApproved   | referralApproved   | holder-deceased    | referralApproved   |
        | withdraw        | referral-not-open  | referral-not-open  | referralWithdrawn  | referral-not-open  | referral-not-open  |
        | use             | =                  | =                  | referralUsed       | =                  | =                  |
        """,
        """
        |                 | renounced                    | sharing            | corrected          | merged             | one again          |
        | bear            | already-born                 | already-born       | already-born       | already-born       | already-born       |
        | die             | =                            | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die later       | =                            | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die earlier     | =                            | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die, by another | =                            | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | die unborn      | death-before-birth           | death-before-birth | death-before-birth | death-before-birth | death-before-birth |
        | renounce        | =                            | holderEnded        | holderEnded        | holderEnded        | holderEnded        |
        | revoke          | not-deceased                 | not-deceased       | not-deceased       | not-deceased       | not-deceased       |
        | rename          | holderRenamed                | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      |
        | rename earlier  | holderRenamed                | holderRenamed      | holderRenamed      | holderRenamed      | holderRenamed      |
        | correct         | holderIdCorrected            | holderIdCorrected  | =                  | holderIdCorrected  | holderIdCorrected  |
        | correct earlier | holderIdCorrected            | holderIdCorrected  | civilEventOutdated | holderIdCorrected  | civilEventOutdated |
        | correct nothing | =                            | =                  | =                  | =                  | =                  |
        | move            | moved                        | moved              | moved              | moved              | moved              |
        | move earlier    | moved                        | moved              | moved              | moved              | moved              |
        | correct a move  | moved                        | moved              | moved              | moved              | moved              |
        | leave           | householdCancelled           | householdCancelled | householdCancelled | householdCancelled | householdCancelled |
        | add             | =                            | =                  | =                  | =                  | =                  |
        | add another     | holder-nationality-renounced | cardAdded          | cardAdded          | cardAdded          | cardAdded          |
        | replace         | cardAdded                    | cardAdded          | cardAdded          | cardAdded          | cardAdded          |
        | share           | numberShared                 | =                  | =                  | numberShared       | numberShared       |
        | contact         | contactChanged               | contactChanged     | contactChanged     | holder-not-found   | contactChanged     |
        | merge           | merged                       | merged             | merged             | =                  | merged             |
        | take over       | takenOver                    | takenOver          | takenOver          | takenOver          | =                  |
        | refer           | holder-nationality-renounced | referralApproved   | referralApproved   | referralApproved   | referralApproved   |
        | withdraw        | referral-not-open            | referral-not-open  | referral-not-open  | referral-not-open  | referral-not-open  |
        | use             | =                            | =                  | =                  | =                  | =                  |
        """,
    ];

    public static TheoryData<string, string, string> Cells()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var cell in Tables.SelectMany(TransitionTable.Cells))
        {
            all.Add((string)cell[0], (string)cell[1], (string)cell[2]);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected) =>
        Given.The(In(state)).When(holder => Apply(command, holder)).ThenCell(expected);

    [Fact]
    public void What_his_cards_must_know_makes_a_new_version_and_nothing_else_does()
    {
        string[] known =
        [
            "die", "die later", "die earlier", "die, by another", "renounce", "rename", "rename earlier", "correct", "correct earlier",
            "contact", "refer", "take over",
        ];
        foreach (var command in TransitionTable.Rows(Tables[0])[1..].Select(row => row[0]))
        {
            var before = In("holding");
            var after = Apply(command, before).State ?? before;
            Assert.Equal((command, known.Contains(command) || command is "add another"), (command, after.Version > before.Version));
        }
    }

    [Fact]
    public void A_holder_is_what_the_store_gives_back()
    {
        foreach (var state in Tables.SelectMany(table => TransitionTable.Rows(table)[0][1..]))
        {
            var holder = In(state);
            var again = Given.The(holder).Reloaded().State;
            Assert.Equal(
                (holder.Person, holder.Version, holder.End, holder.Household, holder.ClaimsCard, holder.HasSeveralCards),
                (again.Person, again.Version, again.End, again.Household, again.ClaimsCard, again.HasSeveralCards));
            Assert.Equal(holder.Cards, again.Cards);
        }
    }

    [Fact]
    public void A_newborn_claims_a_card_until_he_has_one_or_has_died()
    {
        Assert.True(In("newborn").ClaimsCard);
        Assert.False(Apply("add", In("newborn")).State!.ClaimsCard);
        var dead = Apply("die", In("newborn")).State!;
        Assert.False(dead.ClaimsCard);
        Assert.True(Apply("revoke", dead).State!.ClaimsCard);
        Assert.False(Apply("merge", In("newborn")).State!.ClaimsCard);
    }

    [Fact]
    public void A_death_that_was_revoked_and_is_told_again_ends_nothing_and_one_of_another_day_does()
    {
        var alive = Holder.Open(People.Holder, "320200", false, null).State!
            .Life.End(new(StateReason.Deceased, Today.AddDays(-20), By), Born).State!
            .Life.RevokeDeath(new(Today, By)).State!;
        foreach (var (day, by) in new[] { (-20, By), (-20, Other), (-21, Other) })
        {
            Given.The(alive).Reloaded()
                .When(holder => holder.Life.End(new(StateReason.Deceased, Today.AddDays(day), by), Born))
                .ThenEvents("civilEventOutdated")
                .Then(holder => Assert.Equal((null, alive.Version), (holder.End, holder.Version)));
        }

        foreach (var (day, by) in new[] { (-21, By), (-19, By), (-19, Other) })
        {
            Given.The(alive).Reloaded()
                .When(holder => holder.Life.End(new(StateReason.Deceased, Today.AddDays(day), by), Born))
                .ThenEvents("holderEnded")
                .Then(holder => Assert.Equal(Today.AddDays(day), holder.End!.OccurredOn));
        }

        // Of a revocation that was told before the service kept what it revoked, its own day counts.
        Given.The(alive with { RevokedEnd = null })
            .When(holder => holder.Life.End(new(StateReason.Deceased, Today, By), Born)).ThenEvents("civilEventOutdated")
            .When(holder => holder.Life.End(new(StateReason.Deceased, Today.AddDays(1), By), Born)).ThenEvents("holderEnded");
    }

    private static Decision<Holder> Apply(string command, Holder holder) => command switch
    {
        "bear" => holder.Life.Begin(new("320200", Born, By), ["mother"]),
        "die" => holder.Life.End(new(StateReason.Deceased, Today, By), Born),
        "die later" => holder.Life.End(new(StateReason.Deceased, Today.AddDays(1), By), Born),
        "die earlier" => holder.Life.End(new(StateReason.Deceased, Today.AddDays(-1), By), Born),
        "die, by another" => holder.Life.End(new(StateReason.Deceased, Today.AddDays(-1), Other), Born),
        "die unborn" => holder.Life.End(new(StateReason.Deceased, Born.AddDays(-1), By), Born),
        "renounce" => holder.Life.End(new(StateReason.NationalityRenounced, Today, By), null),
        "revoke" => holder.Life.RevokeDeath(new(Today, By)),
        "rename" => holder.Life.Rename(holder.Person with { Name = "李**", NameKey = "li" }, new(Today, By)),
        "rename earlier" => holder.Life.Rename(holder.Person with { Name = "赵**", NameKey = "zhao" }, new(Today.AddDays(-9), Other)),
        "correct" => holder.Life.Correct(holder.Person with { Key = "right", HolderId = holder.Id }, new(Today, By)),
        "correct earlier" =>
            holder.Life.Correct(holder.Person with { Key = "wrong again", HolderId = holder.Id }, new(Today.AddDays(-9), Other)),
        "correct nothing" => holder.Life.Correct(holder.Person, new(Today, By)),
        "move" => holder.Life.Move(new("530100", Today, By)),
        "move earlier" => holder.Life.Move(new("140100", Today.AddDays(-9), Other)),
        "correct a move" => holder.Life.Move(new("110000", Today.AddDays(-9), By)),
        "leave" => holder.Life.Move(new(null, Today, By)),
        "add" => holder.AddCard(new(CardNumber.Parse("111111111"), "320200", "bank-icbc", Now)),
        "add another" => holder.AddCard(new(CardNumber.Parse("222222222"), "530100", "bank-icbc", Now)),
        "replace" => holder.AddReplacement(
            new(CardNumber.Parse("333333333"), "320200", "bank-icbc", Now, CardNumber.Parse("111111111"))),
        "share" => holder.ShareNumber(),
        "contact" => holder.ChangeContact(holder.Person with { Mobile = "139****0000" }),
        "merge" => holder.MergeInto("another"),
        "take over" => holder.TakeOver(
            new() { Person = People.Holder with { Key = "wrong" }, OpenedIn = "320200", Version = 3 }, new(Today, By)),
        "refer" => holder.Referrals.Approve(Referral, Physical, Shanghai, Wuxi, Now).Made,
        "withdraw" => holder.Referrals.Withdraw("referral", Now).Made,
        "use" => holder.Referrals.Use(new("referral", Shanghai.Id, Now), Now).Made,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    private static Referral Referral { get; } = new(
        "referral", ReferralKind.Medical, "320200", "310000", Shanghai.Id, Wuxi.Id, Today, Today, new(SettlementType.Direct, []));

    private static Holder In(string state)
    {
        var opened = Holder.Open(People.Holder, "320200", false, null).State!;
        var holding = Apply("add", opened).State!;
        return state switch
        {
            "opened" => opened,
            "newborn" => Apply("bear", opened).State!,
            "holding" => holding,
            "several" => Apply("add another", holding).State!,
            "renamed" => Apply("rename", holding).State!,
            "moved" => Apply("move", holding).State!,
            "left" => Apply("leave", holding).State!,
            "referred" => Apply("refer", holding).State!,
            "dead" => Apply("die", holding).State!,
            "revoked" => Apply("revoke", Apply("die", holding).State!).State!,
            "renounced" => Apply("renounce", holding).State!,
            "sharing" => Apply("share", holding).State!,
            "corrected" => Apply("correct", holding).State!,
            "merged" => Apply("merge", holding).State!,
            "one again" => Apply("take over", holding).State!,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }
}
