using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.ElectronicCards.ElectronicCardStory;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>Every state of an electronic card meets every command.</summary>
public sealed class ElectronicCardTransitionsTests
{
    private static readonly string[] Commands = ["notice", "member", "attach", "sign", "submit", "approve", "refuse", "giveUp", "check"];

    // A row a state; a cell is the code of a refusal, or the step that comes next and the state.
    public static TheoryData<string, string[]> Table => new()
    {
        { "opened", ["Member/Draft", "notice-not-accepted", "notice-not-accepted", "notice-not-accepted", "notice-not-accepted", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "noticed", ["Member/Draft", "Documents/Draft", "member-missing", "member-missing", "member-missing", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "named", ["Documents/Draft", "Documents/Draft", "Signature/Draft", "documents-missing", "documents-missing", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "documented", ["Signature/Draft", "Signature/Draft", "Signature/Draft", "Submission/Draft", "letter-not-signed", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "signed", ["Submission/Draft", "Signature/Draft", "Signature/Draft", "Submission/Draft", "/Submitted", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "submitted", ["under-review", "under-review", "under-review", "under-review", "under-review", "/Issued", "Submission/Refused", "/Ended", "electronic-card-not-issued"] },
        { "refused", ["Submission/Refused", "Signature/Refused", "Signature/Refused", "Submission/Refused", "/Submitted", "not-under-review", "not-under-review", "/Ended", "electronic-card-not-issued"] },
        { "issued", ["already-issued", "already-issued", "already-issued", "already-issued", "already-issued", "not-under-review", "not-under-review", "/Ended", "/Issued"] },
        { "lapsed", ["application-lapsed", "application-lapsed", "application-lapsed", "application-lapsed", "application-lapsed", "not-under-review", "not-under-review", "application-lapsed", "electronic-card-not-issued"] },
        { "ended", ["electronic-card-ended", "electronic-card-ended", "electronic-card-ended", "electronic-card-ended", "electronic-card-ended", "not-under-review", "not-under-review", "electronic-card-ended", "electronic-card-not-issued"] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_state_answers_each_command(string state, string[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Assert.Equal(
            Commands.Zip(expected, (command, cell) => $"{command}: {cell}"),
            Commands.Select(command => $"{command}: {CellOf(Apply(command, In(state)))}"));
    }

    [Theory]
    [InlineData("signed")]
    [InlineData("refused")]
    public void What_changes_the_letter_voids_its_signature_and_the_same_file_does_not(string state)
    {
        var card = In(state);
        Assert.Null(card.Attach(Document("d2")).State!.Signature);
        Assert.Contains(new ElectronicCardSignatureVoided(), card.NameMember(Child with { Name = "李**" }, Birthday, Now).Events);
        Assert.NotNull(card.Attach(Document()).State!.Signature);
        Assert.Null(card.Correct("child", Child with { Name = "李**" }, Birthday).State!.Signature);
        Assert.NotNull(In("submitted").Correct("child", Child with { Name = "李**" }, Birthday).State!.Signature);
    }

    [Fact]
    public void What_the_region_does_not_take_is_refused()
    {
        Assert.Equal(ElectronicCardRefusals.NoticeOutdated, Opened.AcceptNotice("0", Now).Refusal);
        Assert.Equal(ElectronicCardRefusals.MemberIsGuardian, In("noticed").NameMember(People.Holder, Birthday, Now).Refusal);
        Assert.Equal(ElectronicCardRefusals.ChildTooOld, In("noticed").NameMember(Child, Now, Now).Refusal);
        Assert.Equal(ElectronicCardRefusals.DocumentNotAccepted, In("named").Attach(Document(kind: KinshipDocument.NotarisedKinship)).Refusal);
        Assert.Equal(ElectronicCardRefusals.LetterChanged, In("documented").Sign(Letter, "bb", PersonCheck.FaceVerification, "s", Now).Refusal);
        Assert.Equal(
            ElectronicCardRefusals.SignatureCheckNotAllowed, In("documented").Sign(Letter, "aa", PersonCheck.BankAccount, "s", Now).Refusal);
    }

    [Fact]
    public void A_draft_lapses_when_its_thirtieth_day_is_over_and_a_refused_one_has_thirty_again()
    {
        Assert.Equal(ChinaTime.StartOf(new(2026, 4, 2)), Opened.LapsesAt);
        Assert.Empty(Opened.AdvanceTo(Opened.LapsesAt.AddTicks(-1)).Events);
        Assert.Equal(ElectronicCardState.Lapsed, Opened.AdvanceTo(Opened.LapsesAt).State!.State);
        var refused = In("submitted").Decide(false, "unclear", "bureau", Now.AddDays(10)).State!;
        Assert.Equal(ChinaTime.StartOf(new(2026, 4, 12)), refused.LapsesAt);
        Assert.Empty(In("submitted").AdvanceTo(Now.AddDays(300)).Events);
    }

    [Fact]
    public void An_overdue_review_is_told_the_morning_after_and_every_morning()
    {
        var submitted = In("submitted");
        Assert.Equal(new DateOnly(2026, 3, 5), submitted.Review!.DueOn);
        var first = ChinaTime.StartOf(new(2026, 3, 6)).AddHours(9);
        Assert.Equal(first, submitted.NextMoment());
        Assert.Empty(submitted.Advance(first.AddTicks(-1)).Events);
        var told = submitted.Advance(first);
        Assert.Equal(new ElectronicCardReviewOverdue(new(2026, 3, 5), 1), told.Events.Single());
        Assert.Equal(first.AddDays(1), told.State!.NextMoment());
        Assert.Empty(told.State.Advance(first.AddHours(1)).Events);
        Assert.Null(told.State.Decide(true, null, "b", first.AddHours(2)).State!.Review!.NextEscalation);
    }

    [Fact]
    public void The_access_ends_on_the_birthday_with_one_notice_thirty_days_before()
    {
        var issued = In("issued");
        Assert.Equal(Birthday.AddDays(-30), issued.NextMoment());
        var told = issued.Advance(Birthday.AddDays(-30)).State!;
        Assert.Equal((true, Birthday), (told.IsEndTold, told.NextMoment()));
        Assert.Equal(ElectronicCardEnd.CameOfAge, told.Advance(Birthday).State!.End);
        Assert.Equal(ElectronicCardEnd.CameOfAge, In("submitted").AdvanceTo(Birthday).State!.End);
        Assert.Null(told.Advance(Birthday).State!.NextMoment());
    }

    [Theory]
    [InlineData("2010-06-01", "2026-06-01")]
    [InlineData("2012-02-29", "2028-02-29")]
    [InlineData("2084-02-29", "2100-03-01")]
    public void Who_is_born_on_a_leap_day_comes_of_age_on_the_first_of_march_of_other_years(string born, string ends) => Assert.Equal(
        ChinaTime.StartOf(DateOnly.Parse(ends, System.Globalization.CultureInfo.InvariantCulture)),
        ElectronicCard.AccessEndOf(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), 16));

    [Theory]
    [InlineData(ElectronicCardUse.Usable, false, null)]
    [InlineData(ElectronicCardUse.WithAuthorization, false, "authorisation-missing")]
    [InlineData(ElectronicCardUse.WithAuthorization, true, null)]
    [InlineData(ElectronicCardUse.Blocked, true, "physical-card-unusable")]
    public void A_card_is_shown_as_its_physical_one_allows(ElectronicCardUse use, bool isAuthorised, string? code) =>
        Assert.Equal(code, In("issued").UseFault(use, isAuthorised)?.Code);

    [Fact]
    public void A_voucher_counts_once_in_its_time_and_is_forgotten_after_it()
    {
        var voucher = new Voucher(Id, "v1", Now.AddSeconds(60), false);
        var used = In("issued").CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(59)).State!;
        Assert.Equal(ElectronicCardRefusals.VoucherUsed, used.CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(59)).Refusal);
        Assert.Equal(ElectronicCardRefusals.VoucherExpired, used.CheckVoucher(voucher, ElectronicCardUse.Usable, Now.AddSeconds(60)).Refusal);
        var other = used.CheckVoucher(voucher with { Id = "v2", ExpiresAt = Now.AddSeconds(120) }, ElectronicCardUse.Usable, Now.AddSeconds(61)).State!;
        Assert.Equal(["v2"], other.UsedVouchers.Select(one => one.VoucherId));
    }

    [Theory]
    [InlineData("key", ElectronicCardEnd.GuardianEnded)]
    [InlineData("child", ElectronicCardEnd.MemberEnded)]
    [InlineData("stranger", null)]
    public void A_death_ends_it(string holderKey, ElectronicCardEnd? end)
    {
        Assert.Equal(end, In("issued").EndWithPerson(holderKey, Now).State!.End);
        Assert.Empty(In("ended").EndWithPerson(holderKey, Now).Events);
    }

    private static Decision<ElectronicCard> Apply(string command, ElectronicCard card) => command switch
    {
        "notice" => card.AcceptNotice("1", Now),
        "member" => card.NameMember(Child, Birthday, Now),
        "attach" => card.Attach(Document("d2")),
        "sign" => card.Sign(Letter, "aa", PersonCheck.FaceVerification, "s2", Now),
        "submit" => card.Submit(Calendar, Now),
        "approve" => card.Decide(true, null, "bureau", Now),
        "refuse" => card.Decide(false, "unclear", "bureau", Now),
        "giveUp" => card.GiveUp(Now),
        _ => card.CheckVoucher(new(Id, "v1", Now.AddSeconds(60), false), ElectronicCardUse.Usable, Now),
    };

    private static string CellOf(Decision<ElectronicCard> decision) =>
        decision.Refusal?.Code ?? $"{decision.State!.NextStep()}/{decision.State.State}";
}
