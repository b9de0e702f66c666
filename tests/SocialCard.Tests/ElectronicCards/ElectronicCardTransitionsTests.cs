using System.Globalization;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.ElectronicCards.ElectronicCardStory;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>Every command in every state of an electronic card, and what time and other people do to it.</summary>
public sealed class ElectronicCardTransitionsTests
{
    // A column a state, a row a command; "=" is "it is so already", a code is a refusal, else the events of the change.
    private const string Table = """
        |               | opened                     | noticed                    | named                      | documented                 | signed                           | submitted                    | refused                          | issued              | lapsed                     | ended                      |
        | acceptNotice  | noticeAccepted             | =                          | =                          | =                          | =                                | under-review                 | =                                | already-issued      | application-lapsed         | electronic-card-ended      |
        | nameMember    | notice-not-accepted        | memberNamed                | memberNamed                | memberNamed                | memberNamed,signatureVoided      | under-review                 | memberNamed,signatureVoided      | already-issued      | application-lapsed         | electronic-card-ended      |
        | attach        | notice-not-accepted        | member-missing             | documentAttached           | documentAttached           | documentAttached                 | under-review                 | documentAttached                 | already-issued      | application-lapsed         | electronic-card-ended      |
        | attachAnother | notice-not-accepted        | member-missing             | documentAttached           | documentAttached           | documentAttached,signatureVoided | under-review                 | documentAttached,signatureVoided | already-issued      | application-lapsed         | electronic-card-ended      |
        | sign          | notice-not-accepted        | member-missing             | documents-missing          | letterSigned               | letterSigned                     | under-review                 | letterSigned                     | already-issued      | application-lapsed         | electronic-card-ended      |
        | submit        | notice-not-accepted        | member-missing             | documents-missing          | letter-not-signed          | submitted                        | under-review                 | submitted                        | already-issued      | application-lapsed         | electronic-card-ended      |
        | approve       | not-under-review           | not-under-review           | not-under-review           | not-under-review           | not-under-review                 | decided,electronicCardIssued | not-under-review                 | not-under-review    | not-under-review           | not-under-review           |
        | refuse        | not-under-review           | not-under-review           | not-under-review           | not-under-review           | not-under-review                 | decided                      | not-under-review                 | not-under-review    | not-under-review           | not-under-review           |
        | giveUp        | electronicCardEnded        | electronicCardEnded        | electronicCardEnded        | electronicCardEnded        | electronicCardEnded              | electronicCardEnded          | electronicCardEnded              | electronicCardEnded | application-lapsed         | electronic-card-ended      |
        | checkVoucher  | electronic-card-not-issued | electronic-card-not-issued | electronic-card-not-issued | electronic-card-not-issued | electronic-card-not-issued       | electronic-card-not-issued   | electronic-card-not-issued       | voucherChecked      | electronic-card-not-issued | electronic-card-not-issued |
        """;

    public static TheoryData<string, string, string> Cells => TransitionTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected) =>
        The(state).When(Command(command)).ThenCell(expected);

    [Theory]
    [InlineData("opened", ElectronicCardState.Draft, ElectronicCardStep.Notice)]
    [InlineData("noticed", ElectronicCardState.Draft, ElectronicCardStep.Member)]
    [InlineData("named", ElectronicCardState.Draft, ElectronicCardStep.Documents)]
    [InlineData("documented", ElectronicCardState.Draft, ElectronicCardStep.Signature)]
    [InlineData("signed", ElectronicCardState.Draft, ElectronicCardStep.Submission)]
    [InlineData("submitted", ElectronicCardState.Submitted, null)]
    [InlineData("refused", ElectronicCardState.Refused, ElectronicCardStep.Submission)]
    [InlineData("issued", ElectronicCardState.Issued, null)]
    [InlineData("lapsed", ElectronicCardState.Lapsed, null)]
    [InlineData("ended", ElectronicCardState.Ended, null)]
    public void Each_step_leads_to_the_next_and_is_kept(string reached, ElectronicCardState state, ElectronicCardStep? next)
    {
        var card = The(reached).Reloaded().State;
        Assert.Equal((state, next), (card.State, card.NextStep()));
    }

    [Theory]
    [InlineData("signed", false)]
    [InlineData("refused", false)]
    [InlineData("submitted", true)]
    [InlineData("issued", true)]
    public void A_correction_voids_a_signature_until_it_is_submitted(string state, bool isKept) =>
        The(state).When(card => card.Correct("child", Child with { Name = "李**" }, Birthday))
            .ThenEvents(isKept ? ["personCorrected"] : ["personCorrected", "signatureVoided"])
            .Then(card => Assert.Equal(isKept, card.Signature is not null))
            .When(card => card.Correct("child", Child with { Name = "李**" }, Birthday))
            .ThenNothing();

    [Fact]
    public void A_correction_that_knows_no_day_of_birth_leaves_the_end_of_the_access_as_it_is() =>
        The("issued").When(card => card.Correct("child", Child with { Name = "李**" }, null))
            .ThenEvents("personCorrected")
            .Then(card => Assert.Equal(The("issued").State.Member!.AccessEndsAt, card.Member!.AccessEndsAt));

    [Fact]
    public void What_the_region_does_not_take_is_refused()
    {
        The("opened").When(card => card.AcceptNotice("0", Now)).ThenRefused("notice-outdated");
        The("noticed").When(card => card.NameMember(new(People.Holder, Birthday), Now)).ThenRefused("member-is-guardian");
        The("noticed").When(card => card.NameMember(Member with { AccessEndsAt = Now }, Now)).ThenRefused("child-too-old");
        The("named").When(card => card.Attach(Document(kind: KinshipDocument.NotarisedKinship))).ThenRefused("document-not-accepted");
        The("documented").When(card => card.Sign(Letter, "bb", PersonCheck.FaceVerification, "s", Now)).ThenRefused("letter-changed");
        The("documented").When(card => card.Sign(Letter, "aa", PersonCheck.BankAccount, "s", Now))
            .ThenRefused("signature-check-not-allowed");
    }

    [Fact]
    public void A_draft_lapses_when_its_thirtieth_day_is_over_and_a_refused_one_has_thirty_again()
    {
        Assert.Equal(ChinaTime.StartOf(new(2026, 4, 2)), Opened.LapsesAt);
        The("opened").When(card => card.AdvanceTo(card.LapsesAt.AddTicks(-1))).ThenNothing()
            .When(card => card.AdvanceTo(card.LapsesAt)).ThenEvents("electronicCardLapsed");
        The("submitted").And(card => card.Decide(false, "unclear", "bureau", Now.AddDays(10)))
            .When(card => card.AdvanceTo(ChinaTime.StartOf(new(2026, 4, 12)).AddTicks(-1))).ThenNothing()
            .When(card => card.AdvanceTo(ChinaTime.StartOf(new(2026, 4, 12)))).ThenEvents("electronicCardLapsed");
        The("submitted").When(card => card.AdvanceTo(Now.AddDays(300))).ThenNothing();
    }

    [Fact]
    public void An_overdue_review_is_told_the_morning_after_and_every_morning()
    {
        var first = ChinaTime.StartOf(new(2026, 3, 6)).AddHours(9);
        Assert.Equal((new DateOnly(2026, 3, 5), first), (In("submitted").Review!.DueOn, In("submitted").NextMoment()));
        The("submitted").When(card => card.Advance(first.AddTicks(-1))).ThenNothing()
            .When(card => card.Advance(first))
            .ThenEvent<ElectronicCardReviewOverdue>(overdue => Assert.Equal(new(new(2026, 3, 5), 1), overdue))
            .Then(card => Assert.Equal(first.AddDays(1), card.NextMoment()))
            .When(card => card.Advance(first.AddHours(1))).ThenNothing()
            .When(card => card.Decide(true, null, "bureau", first.AddHours(2)))
            .Then(card => Assert.Null(card.Review!.NextEscalation));
    }

    [Fact]
    public void The_access_ends_on_the_birthday_with_one_notice_thirty_days_before()
    {
        Assert.Equal(Birthday.AddDays(-30), In("issued").NextMoment());
        The("issued")
            .When(card => card.Advance(Birthday.AddDays(-30))).ThenEvents("accessEnding")
            .Then(card => Assert.Equal(Birthday, card.NextMoment()))
            .When(card => card.Advance(Birthday))
            .ThenEvent<ElectronicCardEnded>(ended => Assert.Equal(ElectronicCardEnd.CameOfAge, ended.End))
            .Then(card => Assert.Null(card.NextMoment()));
        The("submitted").When(card => card.AdvanceTo(Birthday)).ThenEvents("electronicCardEnded");
    }

    [Theory]
    [InlineData("2010-06-01", "2026-06-01")]
    [InlineData("2012-02-29", "2028-02-29")]
    [InlineData("2084-02-29", "2100-03-01")]
    public void Who_is_born_on_a_leap_day_comes_of_age_on_the_first_of_march_of_other_years(string born, string ends) => Assert.Equal(
        ChinaTime.StartOf(DateOnly.Parse(ends, CultureInfo.InvariantCulture)),
        ElectronicCard.AccessEndOf(DateOnly.Parse(born, CultureInfo.InvariantCulture), 16));

    [Theory]
    [InlineData("key", ElectronicCardEnd.GuardianEnded)]
    [InlineData("child", ElectronicCardEnd.MemberEnded)]
    public void A_death_ends_it(string holderKey, ElectronicCardEnd end)
    {
        The("issued").When(card => card.EndWithPerson(holderKey, Now))
            .ThenEvent<ElectronicCardEnded>(ended => Assert.Equal(end, ended.End));
        The("ended").When(card => card.EndWithPerson(holderKey, Now)).ThenNothing();
    }

    [Fact]
    public void A_strangers_death_does_not_matter() => The("issued").When(card => card.EndWithPerson("stranger", Now)).ThenNothing();
}
