using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.ElectronicCards;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>An electronic card in each of the states that it may be in.</summary>
internal static class ElectronicCardStory
{
    public const string Id = "0123456789abcdef";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Birthday = ElectronicCard.AccessEndOf(new DateOnly(2020, 6, 1), 16);
    public static readonly Holder Child = new("child", "王**", "**************0028", "138****0000", "sealed child");
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    public static readonly CommitmentLetter Letter = new([1, 2, 3], "aa", "1", "sealed facts");

    public static readonly ElectronicCardTerms Terms = new(
        16,
        [KinshipDocument.HouseholdRegister, KinshipDocument.BirthCertificate],
        [PersonCheck.FaceVerification],
        "1",
        NeedsPhysicalCard: true,
        Period.Parse("3 workingDays", null));

    public static ElectronicCardDocument Document(string sha256 = "d1", KinshipDocument kind = KinshipDocument.HouseholdRegister) =>
        new(kind, sha256, 10, KinshipFile.Pdf, Now, $"{Id}/{sha256}");

    public static ElectronicCard Opened { get; } = ElectronicCard.Open(
        Id,
        "320200",
        new(People.Holder, CardNumber.Parse("123456789"), new(PersonCheck.BankAccount, "r1", Now)),
        Wardship.Child,
        Terms,
        Now).State!;

    public static ElectronicCard In(string state)
    {
        var noticed = Opened.AcceptNotice("1", Now).State!;
        var named = noticed.NameMember(Child, Birthday, Now).State!;
        var documented = named.Attach(Document()).State!;
        var signed = documented.Sign(Letter, "aa", PersonCheck.FaceVerification, "s1", Now).State!;
        var submitted = signed.Submit(Calendar, Now).State!;
        return state switch
        {
            "opened" => Opened,
            "noticed" => noticed,
            "named" => named,
            "documented" => documented,
            "signed" => signed,
            "submitted" => submitted,
            "refused" => submitted.Decide(false, "unclear", "bureau", Now).State!,
            "issued" => submitted.Decide(true, null, "bureau", Now).State!,
            "lapsed" => Opened.AdvanceTo(Opened.LapsesAt).State!,
            "ended" => submitted.GiveUp(Now).State!,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
        };
    }
}
