using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Api;
using SocialCard.EndToEnd.ElectronicCards;

namespace SocialCard.EndToEnd.Persons;

/// <summary>A guardian with a passport opens the electronic card of a child whose name registers write in more than one way.</summary>
[Collection(StandingService.Collection)]
public sealed class ForeignGuardianTests(StandingService live)
{
    private const string Passport = "G70000001";

    private static readonly object Mother = new { type = "passport", number = Passport, nationality = "KAZ", birthDate = "1990-05-06" };

    private Caller Portal => Caller.Online(live.Service);

    [Fact]
    public async Task A_foreign_mother_opens_names_and_signs_with_her_passport()
    {
        var now = await live.Service.NowAsync();
        var child = Cards.IdNumber(ChinaTime.DateOf(now).AddYears(-4));
        var mothers = await ActiveAsync(new { document = Mother, name = "Aigerim Nurlanova", mobile = "+77012345678" });
        await ReceivedAsync(new { idNumber = child, name = "买买提\u2022艾力" });

        var opening = new
        {
            guardianCardNumber = mothers,
            guardianDocument = Mother,
            relation = "child",
            realNameVerification = new { method = "faceVerification", reference = "face-1", at = now.AddMinutes(-5) },
        };
        var opened = (await Portal.PostAsync("electronic-cards", opening)).Expect(HttpStatusCode.Created);
        Assert.Equal((null, "passport", "KAZ"), (
            opened["guardian.idNumber"], opened["guardian.document.type"], opened["guardian.document.nationality"]));
        var path = $"electronic-cards/{opened["electronicCardId"]}";
        (await Portal.PutAsync($"{path}/notice", new { version = "1", accepted = true })).Expect(HttpStatusCode.OK);

        (await NameAsync(path, new { type = "passport", number = "C1234567", nationality = "KAZ" }, "艾力"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "document.birthDate");
        (await NameAsync(path, new { type = "residentId", number = child }, "买买提\u00B7艾山"))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "member-mismatch");
        (await NameAsync(path, new { type = "residentId", number = child }, "买买提\u00B7艾力")).Expect(HttpStatusCode.OK);

        using var file = new ByteArrayContent(Guardian.Register);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        (await Portal.PutAsync($"{path}/documents/householdRegister", file)).Expect(HttpStatusCode.OK);
        var letter = (await Portal.GetAsync($"{path}/letter")).Expect(HttpStatusCode.OK);
        Assert.Contains($"护照（KAZ）{Passport}", letter.Text, StringComparison.Ordinal);
        Assert.Contains(child, letter.Text, StringComparison.Ordinal);
        Task<Answer> SignAsync(string number) => Portal.PostAsync($"{path}/signature", new
        {
            letterHash = letter.Headers.ETag!.Tag.Trim('"'),
            signerDocument = new { type = "passport", number, nationality = "KAZ" },
            method = "faceVerification",
            reference = "face-2",
        });
        (await SignAsync("G70000002")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await SignAsync(Passport)).Expect(HttpStatusCode.OK);
    }

    private Task<Answer> NameAsync(string path, object document, string name) =>
        Portal.PutAsync($"{path}/member", new { document, name });

    private async Task<string> ActiveAsync(object holder)
    {
        var card = await ReceivedAsync(holder);
        (await live.Wuxi.PostAsync($"cards/{card}/activations", new { channel = "serviceWindow", document = Mother }))
            .Expect(HttpStatusCode.OK);
        return card;
    }

    private async Task<string> ReceivedAsync(object holder)
    {
        var card = Cards.NextNumber();
        var registration = Cards.Registration(card, "", "320200");
        registration["holder"] = JsonSerializer.SerializeToNode(holder);
        (await live.Wuxi.PostAsync("cards", registration)).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{card}/receipt", new { })).Expect(HttpStatusCode.OK);
        return card;
    }
}
