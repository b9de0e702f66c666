using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
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
    public static readonly Person Child = new("child", "王**", "**************0028", "138****0000", "sealed child");
    public static readonly ElectronicCardMember Member = new(Child, Birthday);
    public static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    public static readonly CommitmentLetter Letter = new([1, 2, 3], "aa", "1", "sealed facts");

    public static readonly ElectronicCardTerms Terms = new(
        16,
        [KinshipDocument.HouseholdRegister, KinshipDocument.BirthCertificate],
        [PersonCheck.FaceVerification],
        "1",
        NeedsPhysicalCard: true,
        Period.Parse("3 workingDays", null));

    /// <summary>What a guardian and the bureau do, by name.</summary>
    public static Func<ElectronicCard, Decision<ElectronicCard>> Command(string name) => name switch
    {
        "acceptNotice" => card => card.AcceptNotice("1", Now),
        "nameMember" => card => card.NameMember(Member, Now),
        "attach" => card => card.Attach(Document()),
        "attachAnother" => card => card.Attach(Document("d2")),
        "sign" => card => card.Sign(Letter, "aa", PersonCheck.FaceVerification, "s1", Now),
        "submit" => card => card.Submit(Calendar, Now),
        "approve" => card => card.Decide(true, null, "bureau", Now),
        "refuse" => card => card.Decide(false, "unclear", "bureau", Now),
        "giveUp" => card => card.GiveUp(Now),
        "lapse" => card => card.AdvanceTo(card.LapsesAt),
        "checkVoucher" => card => card.CheckVoucher(new(Id, "v1", Now.AddSeconds(60), false), ElectronicCardUse.Usable, Now),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such command."),
    };

    public static ElectronicCardDocument Document(string sha256 = "d1", KinshipDocument kind = KinshipDocument.HouseholdRegister) =>
        new(kind, sha256, 10, KinshipFile.Pdf, Now, $"{Id}/{sha256}");

    public static ElectronicCard Opened { get; } = ElectronicCard.Open(
        Id,
        "320200",
        new(People.Holder, CardNumber.Parse("123456789"), new(PersonCheck.BankAccount, "r1", Now)),
        Wardship.Child,
        Terms,
        Now).State!;

    /// <summary>A physical card in each of the states that matter to the electronic one.</summary>
    public static Card Physical(string state)
    {
        var issued = Card.Register(CardNumber.Parse("123456789"), Child, "320200", "bank-1", 3, Now.AddDays(-60)).State!;
        var active = issued with
        {
            Social = new(SocialState.Active, null, Now.AddDays(-30)),
            ReceivedOn = new(2026, 1, 5),
            ActivatedAt = Now.AddDays(-30),
        };
        return state switch
        {
            "issued" => issued,
            "active" => active,
            "locked" => active with { Social = new(SocialState.Suspended, StateReason.PasswordLocked, Now) },
            "temporary" => active with { Social = new(SocialState.Suspended, StateReason.TemporaryLoss, Now) },
            "formal" => active with { Social = new(SocialState.Suspended, StateReason.FormalLoss, Now) },
            "cancelled" => active with { Social = new(SocialState.Cancelled, StateReason.Replaced, Now) },
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
        };
    }

    public static Given<ElectronicCard> The(string state) => state switch
    {
        "opened" => Given.The(Opened),
        "noticed" => The("opened").And(Command("acceptNotice")),
        "named" => The("noticed").And(Command("nameMember")),
        "documented" => The("named").And(Command("attach")),
        "signed" => The("documented").And(Command("sign")),
        "submitted" => The("signed").And(Command("submit")),
        "refused" => The("submitted").And(Command("refuse")),
        "issued" => The("submitted").And(Command("approve")),
        "lapsed" => The("opened").And(Command("lapse")),
        "ended" => The("submitted").And(Command("giveUp")),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static ElectronicCard In(string state) => The(state).State;
}
