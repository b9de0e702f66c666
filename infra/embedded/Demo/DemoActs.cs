using SocialCard.Domain.Rules;

namespace SocialCard.Embedded.Demo;

/// <summary>What people of the demo city do on a day.</summary>
internal static class DemoActs
{
    public const string Region = "320200";

    private const string Bureau = "bureau-wuxi";
    private const string Hospital = "hospital-wuxi-people";
    private const string Pharmacy = "pharmacy-wuxi-huishan";
    private const string Portal = "online-portal";
    private const string Hotline = "hotline-12333";

    private static readonly byte[] Register =
        """
        %PDF-1.7
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
        trailer << /Size 4 /Root 1 0 R >>
        %%EOF

        """u8.ToArray();

    public static Task RegisterAsync(DemoPartners at, Citizen who) => at.CallAsync(Bureau, "cards", new
    {
        cardNumber = who.CardNumber,
        holder = new { idNumber = who.IdNumber, name = who.Name, mobile = who.Mobile },
        regionCode = Region,
        bankId = who.BankId,
        generation = 3,
    });

    public static Task ReceiveAsync(DemoPartners at, Citizen who) => at.CallAsync(Bureau, $"cards/{who.CardNumber}/receipt", new { });

    public static Task DeliverAsync(DemoPartners at, Citizen who) =>
        TellAsync(at, who.BankId, "card.delivered", new { cardNumber = who.CardNumber });

    public static Task EnableAtHospitalAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Hospital, $"cards/{who.CardNumber}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = who.IdNumber });

    public static Task EnableAtPharmacyAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Pharmacy, $"cards/{who.CardNumber}/activations", new { channel = "pharmacy", occasion = "purchase", idNumber = who.IdNumber });

    public static Task EnableAtBankAsync(DemoPartners at, Citizen who) =>
        at.CallAsync(who.BankId, $"cards/{who.CardNumber}/activations", new { channel = "bank", idNumber = who.IdNumber });

    public static Task EnableOnlineAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Portal,
        $"cards/{who.CardNumber}/activations",
        new { channel = "online", idNumber = who.IdNumber, realNameVerification = Evidence(at, who) });

    public static Task ActivateAccountAsync(DemoPartners at, Citizen who) =>
        TellAsync(at, who.BankId, "card.financial.activated", new { cardNumber = who.CardNumber });

    public static Task BuyAsync(DemoPartners at, Citizen who) => at.PutAsync("card-usages", new
    {
        messageId = $"purchase-{who.CardNumber}-{at.Now:yyyyMMdd}",
        partnerId = Pharmacy,
        cardNumber = who.CardNumber,
        occasion = "purchase",
        occurredAt = at.Now,
    });

    public static Task SetPasswordAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Bureau,
        $"cards/{who.CardNumber}/password-changes",
        new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = "840261", idNumber = who.IdNumber });

    public static async Task ForgetPasswordAsync(DemoPartners at, Citizen who)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await at.CallAsync(Pharmacy, $"cards/{who.CardNumber}/password-checks", new { kind = "social", password = "135790" });
        }
    }

    public static Task UnlockAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Bureau, $"cards/{who.CardNumber}/password-unlocks", new { kind = "social", channel = "serviceWindow", idNumber = who.IdNumber });

    public static async Task PhoneLossAsync(DemoPartners at, Citizen who) => who.LossReportId = (string?)(await at.CallAsync(
        Hotline,
        $"cards/{who.CardNumber}/loss-reports",
        new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = who.IdNumber }))!["reportId"];

    public static Task FindAgainAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Bureau,
        $"cards/{who.CardNumber}/loss-reports/{who.LossReportId}/release",
        new { channel = "serviceWindow", idNumber = who.IdNumber });

    public static async Task ReportFormallyAsync(DemoPartners at, Citizen who) => who.LossReportId = (string?)(await at.CallAsync(
        who.BankId,
        $"cards/{who.CardNumber}/loss-reports",
        new { kind = "formal", reason = "lost", scope = "both", channel = "bank", idNumber = who.IdNumber }))!["reportId"];

    public static Task ApplyForLostAsync(DemoPartners at, Citizen who) => ApplyAsync(at, who, "lost");

    public static Task ApplyForDamagedAsync(DemoPartners at, Citizen who) => ApplyAsync(at, who, "damaged");

    /// <summary>Pays at the window what the region asks; where that is nothing, the card is ordered already.</summary>
    public static async Task PayAsync(DemoPartners at, Citizen who)
    {
        var reissue = (await at.CallAsync(Bureau, $"cards/{who.CardNumber}/reissues/{who.ReissueId}", null, HttpMethod.Get))!;
        if ((string?)reissue["state"] == "awaitingPayment")
        {
            await at.CallAsync(
                Bureau,
                $"cards/{who.CardNumber}/reissues/{who.ReissueId}/payment",
                new { amountYuan = (int)reissue["feeYuan"]!, receipt = $"R-{who.CardNumber}" });
        }
    }

    public static async Task MakeNewCardAsync(DemoPartners at, Citizen who)
    {
        var number = "N" + who.CardNumber[1..];
        await TellAsync(at, who.BankId, "card.produced", new { reissueId = who.ReissueId, newCardNumber = number });
        who.CardNumber = number;
    }

    public static Task DieAsync(DemoPartners at, Citizen who) =>
        at.CallAsync(Bureau, "civil-events", new { kind = "death", idNumber = who.IdNumber, occurredOn = Today(at) });

    public static Task HaveChildRegisteredAsync(DemoPartners at, Citizen who) => RegisterAsync(at, who.Child!);

    public static Task GetChildsCardAsync(DemoPartners at, Citizen who) => ReceiveAsync(at, who.Child!);

    public static Task ShareWithChildAsync(DemoPartners at, Citizen who) => at.CallAsync(
        Bureau,
        $"cards/{who.CardNumber}/family-members",
        new
        {
            channel = "serviceWindow",
            idNumber = who.IdNumber,
            members = new[] { new { idNumber = who.Child!.IdNumber, relation = "child", cardNumber = who.Child.CardNumber } },
        });

    /// <summary>Goes through the steps of an electronic card for the child, up to the bureau's review.</summary>
    public static async Task ApplyForElectronicCardAsync(DemoPartners at, Citizen who)
    {
        var opened = await at.CallAsync(Portal, "electronic-cards", new
        {
            guardianCardNumber = who.CardNumber,
            guardianIdNumber = who.IdNumber,
            relation = "child",
            realNameVerification = Evidence(at, who),
        });
        who.ElectronicCardId = (string?)opened!["electronicCardId"];
        var path = $"electronic-cards/{who.ElectronicCardId}";
        await at.CallAsync(Portal, $"{path}/notice", new { version = "1", accepted = true }, HttpMethod.Put);
        await at.CallAsync(Portal, $"{path}/member", new { idNumber = who.Child!.IdNumber, name = who.Child.Name }, HttpMethod.Put);
        await at.AttachAsync(Portal, $"{path}/documents/householdRegister", Register, "application/pdf");
        await at.CallAsync(Portal, $"{path}/signature", new
        {
            letterHash = await at.TagOfAsync(Portal, $"{path}/letter"),
            signerIdNumber = who.IdNumber,
            method = "faceVerification",
            reference = $"face-{who.CardNumber}",
        });
        await at.CallAsync(Portal, $"{path}/submission", null);
    }

    public static Task IssueElectronicCardAsync(DemoPartners at, Citizen who) =>
        at.CallAsync(Bureau, $"electronic-cards/{who.ElectronicCardId}/decision", new { approve = true });

    private static async Task ApplyAsync(DemoPartners at, Citizen who, string reason) => who.ReissueId = (string?)(await at.CallAsync(
        Bureau,
        $"cards/{who.CardNumber}/reissues",
        new { reason, delivery = "pickUp", channel = "serviceWindow", idNumber = who.IdNumber }))!["reissueId"];

    private static object Evidence(DemoPartners at, Citizen who) =>
        new { method = "faceVerification", reference = $"face-{who.CardNumber}", at = at.Now.AddMinutes(-5) };

    private static DateOnly Today(DemoPartners at) => ChinaTime.DateOf(at.Now);

    /// <exception cref="HostStartException">The service does not take it.</exception>
    private static async Task TellAsync(DemoPartners at, string bankId, string type, object data)
    {
        if (await at.TellAsync(bankId, type, data) is var status and not 204)
        {
            throw new HostStartException($"The demo city: {bankId} told of {type} and was answered {status}.");
        }
    }
}
