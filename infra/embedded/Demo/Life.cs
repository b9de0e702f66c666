using static SocialCard.Embedded.Demo.DemoActs;

namespace SocialCard.Embedded.Demo;

/// <summary>What somebody does about his card, by days since it was registered. Days are whole weeks: the city acts once a week.</summary>
/// <param name="Share">How many of all people live so.</param>
/// <param name="HasChild">Whether he has a child.</param>
/// <param name="Acts">What he does, in this order.</param>
internal sealed record Life(
    int Share, bool HasChild, params IReadOnlyList<(int Day, Func<DemoPartners, Citizen, Task> Act)> Acts)
{
    /// <summary>The week of the last act, for what is to be under way when the year ends; null for any time of the year.</summary>
    public int? EndsIn { get; init; }

    /// <summary>The lives of the city: most enable their card soon, some late or never; some lose it, forget its password, die.</summary>
    public static IReadOnlyList<Life> All { get; } =
    [
        new(
            52,
            false,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (21, EnableAtHospitalAsync),
            (28, ActivateAccountAsync),
            (42, BuyAsync),
            (77, BuyAsync)),
        new(20, false, (0, RegisterAsync), (7, DeliverAsync), (14, ActivateAccountAsync), (14, EnableAtBankAsync)),
        new(10, false, (0, RegisterAsync), (7, DeliverAsync), (14, ActivateAccountAsync), (14, EnableAtBankAsync), (70, SetPasswordAsync)),
        new(26, false, (0, RegisterAsync), (7, ReceiveAsync), (63, EnableAtPharmacyAsync), (91, BuyAsync)),
        new(24, false, (0, RegisterAsync), (14, ReceiveAsync), (21, EnableOnlineAsync), (35, ActivateAccountAsync)),
        new(16, false, (0, RegisterAsync), (7, ReceiveAsync), (147, EnableAtHospitalAsync)),
        new(10, false, (0, RegisterAsync), (7, ReceiveAsync), (280, EnableAtHospitalAsync)),
        new(40, false, (0, RegisterAsync), (7, ReceiveAsync)),
        new(14, false, (0, RegisterAsync)),
        new(10, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtHospitalAsync), (56, PhoneLossAsync)),
        new(8, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtBankAsync), (42, PhoneLossAsync), (42, FindAgainAsync)),
        new(8, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtHospitalAsync), (63, ReportFormallyAsync)),
        new(
            14,
            false,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtHospitalAsync),
            (49, ReportFormallyAsync),
            (56, ApplyForLostAsync),
            (63, PayAsync),
            (77, MakeNewCardAsync),
            (84, ReceiveAsync),
            (91, EnableAtHospitalAsync)),
        new(
            6,
            false,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtBankAsync),
            (70, ApplyForDamagedAsync),
            (70, PayAsync),
            (84, MakeNewCardAsync),
            (91, DeliverAsync)),
        new(4, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtBankAsync), (56, ApplyForDamagedAsync), (56, PayAsync))
        {
            EndsIn = 49,
        },
        new(2, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtBankAsync), (56, ApplyForDamagedAsync), (56, PayAsync))
        {
            EndsIn = 30,
        },
        new(
            4,
            false,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtHospitalAsync),
            (21, SetPasswordAsync),
            (84, ForgetPasswordAsync)),
        new(
            2,
            false,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtHospitalAsync),
            (21, SetPasswordAsync),
            (42, ForgetPasswordAsync),
            (49, UnlockAsync)),
        new(
            14,
            true,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtHospitalAsync),
            (21, HaveChildRegisteredAsync),
            (28, GetChildsCardAsync),
            (42, ShareWithChildAsync),
            (56, ApplyForElectronicCardAsync),
            (63, IssueElectronicCardAsync)),
        new(
            4,
            true,
            (0, RegisterAsync),
            (7, ReceiveAsync),
            (14, EnableAtHospitalAsync),
            (21, HaveChildRegisteredAsync),
            (28, GetChildsCardAsync),
            (35, ApplyForElectronicCardAsync))
        {
            EndsIn = 52,
        },
        new(4, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtHospitalAsync), (56, PhoneLossAsync)) { EndsIn = 52 },
        new(2, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtHospitalAsync), (56, ReportFormallyAsync)) { EndsIn = 50 },
        new(6, false, (0, RegisterAsync), (7, ReceiveAsync), (14, EnableAtHospitalAsync), (126, DieAsync)),
    ];
}
