using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using SocialCard.Domain.ElectronicCards;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.ElectronicCards;

[Collection(ElectronicService.Collection)]
public sealed class ElectronicCardTests(ElectronicService live)
{
    private const int FiveMebibytes = 5 * 1024 * 1024;

    [Fact]
    public async Task A_step_out_of_its_order_is_refused_and_loses_nothing()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = (await guardian.OpenAsync()).Expect(HttpStatusCode.Created)["electronicCardId"]!;
        var hash = new string('0', 64);
        (await guardian.NameChildAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "notice-not-accepted");
        (await guardian.AttachAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "notice-not-accepted");
        await guardian.AcceptNoticeAsync(id);
        (await guardian.AttachAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "member-missing");
        (await guardian.LetterAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "member-missing");
        await guardian.NameChildAsync(id);
        (await guardian.SignAsync(id, hash)).ExpectProblem(HttpStatusCode.Conflict, "documents-missing");
        await guardian.AttachAsync(id);
        (await guardian.SignAsync(id, hash)).ExpectProblem(HttpStatusCode.Conflict, "letter-changed");
        (await guardian.SubmitAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "letter-not-signed");
        (await guardian.DecideAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "not-under-review");
        (await guardian.VoucherAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "electronic-card-not-issued");
        (await guardian.DecideAsync(id, approve: false)).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "reason");
        (await Caller.OtherBureau(live.Service).GetAsync($"electronic-cards/{id}"))
            .ExpectProblem(HttpStatusCode.NotFound, "electronic-card-not-found");
        (await live.Hospital.GetAsync($"electronic-cards/{id}")).Expect(HttpStatusCode.Forbidden);
        (await guardian.ReadAsync("nonsense")).ExpectProblem(HttpStatusCode.NotFound, "electronic-card-not-found");
        Assert.Equal(("draft", "signature"), await StandingAsync(guardian, id));
    }

    [Fact]
    public async Task Who_may_not_apply_is_told_why()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var good = await guardian.OpeningAsync();
        var inactive = Cards.NextNumber();
        (await live.Wuxi.PostAsync("cards", Cards.Registration(inactive, guardian.Card.IdNumber, "320200"))).Expect(HttpStatusCode.Created);
        (await guardian.OpenAsync(changes: good with { GuardianCardNumber = inactive }))
            .ExpectProblem(HttpStatusCode.Conflict, "guardian-card-not-active");
        (await guardian.OpenAsync(changes: good with { GuardianCardNumber = Cards.NextNumber() }))
            .ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await guardian.OpenAsync(changes: good with { GuardianIdNumber = Cards.IdNumber() }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await guardian.OpenAsync(
            changes: good with { GuardianIdNumber = "1", RealNameVerification = good.RealNameVerification with { Reference = "" } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "guardianIdNumber", "realNameVerification.reference");
        (await guardian.OpenAsync(
            changes: good with { RealNameVerification = good.RealNameVerification with { At = good.RealNameVerification.At.AddDays(-2) } }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "verification-missing");
        var schoolboy = await Guardian.WithChildAsync(live, age: 15);
        var young = await Guardian.ActiveAsync(live, Cards.IdNumber((await live.TodayAsync()).AddYears(-17)));
        (await guardian.OpenAsync(changes: good with { GuardianCardNumber = young.Number, GuardianIdNumber = young.IdNumber }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "guardian-too-young");

        var id = await schoolboy.UpToAsync("member");
        Assert.Equal(HttpStatusCode.OK, (await schoolboy.NameChildAsync(id)).Status);
        foreach (var (who, code, status) in new[]
        {
            (guardian.Card.IdNumber, "child-too-old", HttpStatusCode.UnprocessableEntity),
            (Cards.IdNumber((await live.TodayAsync()).AddYears(-5)), "member-card-missing", HttpStatusCode.Conflict),
            (schoolboy.ChildId, "member-mismatch", HttpStatusCode.UnprocessableEntity),
        })
        {
            (await Caller.Online(live.Service).PutAsync($"electronic-cards/{id}/member", new { idNumber = who, name = "某人" }))
                .ExpectProblem(status, code);
        }
    }

    [Fact]
    public async Task A_file_is_what_it_says_and_is_kept_encrypted_once()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = await guardian.UpToAsync("documents");
        var picture = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        (byte[] File, string MediaType, HttpStatusCode Status, string Code)[] wrong =
        [
            (Guardian.Register, "image/jpeg", HttpStatusCode.UnsupportedMediaType, "content-type-mismatch"),
            ([], "application/pdf", HttpStatusCode.UnsupportedMediaType, "document-type-not-supported"),
            (Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF\n"), "application/pdf", HttpStatusCode.UnsupportedMediaType, "document-not-readable"),
            ([.. picture, .. Guardian.Register], "image/png", HttpStatusCode.UnsupportedMediaType, "document-type-not-supported"),
            (Encoding.ASCII.GetBytes("GIF89a"), "image/png", HttpStatusCode.UnsupportedMediaType, "document-type-not-supported"),
            (new byte[FiveMebibytes + 1], "application/pdf", HttpStatusCode.RequestEntityTooLarge, "body-too-large"),
        ];
        foreach (var (file, mediaType, status, code) in wrong)
        {
            (await guardian.AttachAsync(id, file, mediaType: mediaType)).ExpectProblem(status, code);
        }

        (await guardian.AttachAsync(id, kind: "diploma")).ExpectProblem(HttpStatusCode.NotFound, "document-not-found");
        byte[] largest =
        [
            .. Guardian.Register[..9],
            (byte)'%', .. Enumerable.Repeat((byte)'.', FiveMebibytes - Guardian.Register.Length - 2), (byte)'\n',
            .. Guardian.Register[9..],
        ];
        (await guardian.AttachAsync(id, largest)).Expect(HttpStatusCode.OK);
        (await guardian.AttachAsync(id, picture, "birthCertificate", "image/png")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, (await BlobsOfAsync(id)).Count);

        // A signature is of what was shown: another file, another letter.
        (await guardian.SignAsync(id)).Expect(HttpStatusCode.OK);
        var replaced = (await guardian.AttachAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal((null, "signature"), (replaced["signature"], replaced["nextStep"]));
        Assert.Equal(2, (await BlobsOfAsync(id)).Count);

        Assert.Equal(
            Encoding.ASCII.GetString(Guardian.Register),
            (await live.Wuxi.GetAsync($"electronic-cards/{id}/documents/householdRegister")).Expect(HttpStatusCode.OK).Text);
        (await Caller.Online(live.Service).GetAsync($"electronic-cards/{id}/documents/householdRegister")).Expect(HttpStatusCode.Forbidden);

        (await guardian.GiveUpAsync(id)).Expect(HttpStatusCode.OK);
        await SampleHost.EventuallyAsync(async () => (await BlobsOfAsync(id)).Count == 0);
    }

    [Fact]
    public async Task A_letter_names_both_and_is_shown_again_as_it_was_signed()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = await guardian.UpToAsync("signature");
        var letter = (await guardian.LetterAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal("text/html", letter.MediaType);
        Assert.All(
            ["承诺书", "王小明", guardian.Card.IdNumber, Guardian.ChildName, guardian.ChildId, "16周岁"],
            text => Assert.Contains(text, letter.Text, StringComparison.Ordinal));
        Assert.Contains("default-src 'none'", letter.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(
            letter.Headers.ETag!.Tag.Trim('"'),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(letter.Text))));

        var signed = (await guardian.SignAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal(("王**", "faceVerification"), (signed["signature.signer"], signed["signature.method"]));
        Assert.Equal(letter.Text, (await guardian.LetterAsync(id)).Text);
        await guardian.SubmitAsync(id);
        await live.Wuxi.TellAsync(
            new { kind = "nameChange", idNumber = guardian.Card.IdNumber, newName = "李大方", occurredOn = await live.TodayAsync() });
        Assert.Equal("李**", (await guardian.ReadAsync(id))["guardian.name"]);
        Assert.Equal(letter.Text, (await guardian.LetterAsync(id)).Text);
    }

    [Fact]
    public async Task A_guardian_has_three_children_however_fast_he_asks_and_each_once()
    {
        var first = await Guardian.WithChildAsync(live);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => first.OpenAsync()));
        Assert.Equal(3, answers.Count(answer => answer.Status is HttpStatusCode.Created));
        Assert.Equal(3, answers.Count(answer => answer.Code == "electronic-card-limit-reached"));
        (await first.OpenAsync(changes: await first.OpeningAsync("ward"))).Expect(HttpStatusCode.Created);

        string[] ids = [.. answers.Where(answer => answer.Code is null).Select(answer => answer["electronicCardId"]!)];
        foreach (var id in ids)
        {
            await first.AcceptNoticeAsync(id);
        }

        (await first.NameChildAsync(ids[0])).Expect(HttpStatusCode.OK);
        (await first.NameChildAsync(ids[1])).ExpectProblem(HttpStatusCode.Conflict, "electronic-card-exists");
        (await (await first.AndAnotherAsync()).NameChildAsync(ids[1])).Expect(HttpStatusCode.OK);
        (await first.GiveUpAsync(ids[0])).Expect(HttpStatusCode.OK);
        (await first.OpenAsync()).Expect(HttpStatusCode.Created);
        (await first.NameChildAsync(ids[2])).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_voucher_counts_once_for_sixty_seconds_and_only_as_it_was_given()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = await guardian.IssuedAsync();
        var token = (await guardian.VoucherAsync(id)).Expect(HttpStatusCode.OK)["token"]!;
        Assert.InRange(token.Length, 1, 300);
        var checks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => live.Hospital.PostAsync("voucher-checks", new { token })));
        Assert.Single(checks, check => check.Status is HttpStatusCode.OK);
        Assert.Equal(7, checks.Count(check => check.Code == "voucher-used"));

        var second = (await guardian.VoucherAsync(id))["token"]!;
        var swapped = second[..^4] + (second[^4] == 'A' ? 'B' : 'A') + second[^3..];
        foreach (var bad in new[] { swapped, "", "not a token", new string('A', 600) })
        {
            (await live.Hospital.PostAsync("voucher-checks", new { token = bad }))
                .ExpectProblem(HttpStatusCode.UnprocessableEntity, "voucher-invalid");
        }

        (await Caller.Hospital(live.Service).PostAsync("voucher-checks", new { token = second }))
            .ExpectProblem(HttpStatusCode.NotFound, "electronic-card-not-found");
        await live.Service.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await live.Hospital.PostAsync("voucher-checks", new { token = second }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "voucher-expired");
    }

    [Fact]
    public async Task A_lost_card_of_the_child_takes_the_guardians_word()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var id = await guardian.IssuedAsync();
        var held = (await guardian.VoucherAsync(id))["token"];
        (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{guardian.ChildCard}/loss-reports",
            new
            {
                kind = "temporary",
                reason = "lost",
                scope = "social",
                channel = "phone",
                idNumber = guardian.ChildId,
                agent = new { idNumber = guardian.Card.IdNumber, name = "王小明", relation = "guardian" },
            })).Expect(HttpStatusCode.Accepted);
        (await guardian.VoucherAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "authorisation-missing");
        (await live.Hospital.PostAsync("voucher-checks", new { token = held }))
            .ExpectProblem(HttpStatusCode.Conflict, "authorisation-missing");
        var authorised = (await guardian.VoucherAsync(id, authorised: true)).Expect(HttpStatusCode.OK)["token"];
        (await live.Hospital.PostAsync("voucher-checks", new { token = authorised })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_draft_lapses_after_thirty_days_and_a_review_is_asked_for_every_day()
    {
        var (slow, refused) = (await Guardian.WithChildAsync(live), await Guardian.WithChildAsync(live));
        var draft = await slow.UpToAsync("signature");
        var id = await refused.UpToAsync("decision");
        var again = (await refused.DecideAsync(id, approve: false, reason: "The register cannot be read.")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("refused", "submission", "The register cannot be read."),
            (again["state"], again["nextStep"], again["review.decision.reason"]));
        (await refused.AttachAsync(id, [.. Guardian.Register, (byte)'\n'])).Expect(HttpStatusCode.OK);
        (await refused.SubmitAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "letter-not-signed");
        (await refused.SignAsync(id)).Expect(HttpStatusCode.OK);
        (await refused.SubmitAsync(id)).Expect(HttpStatusCode.Accepted);

        await live.Service.AdvanceDaysAsync(29);
        Assert.Equal("draft", (await slow.ReadAsync(draft))["state"]);
        Assert.Equal("true", (await refused.ReadAsync(id))["review.overdue"], ignoreCase: true);
        Assert.InRange((await EscalationsOfAsync(id)).Distinct().Count(), 15, 29);
        await live.Service.AdvanceDaysAsync(2);
        Assert.Equal(("lapsed", null), await StandingAsync(slow, draft));
        (await slow.SignAsync(draft, new string('0', 64))).ExpectProblem(HttpStatusCode.Conflict, "application-lapsed");
        await SampleHost.EventuallyAsync(async () => (await BlobsOfAsync(draft)).Count == 0);
        Assert.Equal("issued", (await refused.DecideAsync(id)).Expect(HttpStatusCode.OK)["state"]);
    }

    [Fact]
    public async Task On_the_sixteenth_birthday_the_guardians_access_ends_with_a_notice_before()
    {
        var guardian = await Guardian.WithChildAsync(live, age: 0);
        var id = await guardian.IssuedAsync();
        var ends = DateTimeOffset.Parse((await guardian.ReadAsync(id))["accessEndsAt"]!, CultureInfo.InvariantCulture);
        Assert.InRange((ends - await live.Service.NowAsync()).TotalDays, 15.8 * 365, 16 * 366);

        await live.Service.AdvanceToAsync(ends.AddDays(-30).AddMinutes(-1));
        Assert.DoesNotContain("electronicCardAccessEnding", await NoticesOfAsync(guardian));
        await live.Service.AdvanceToAsync(ends.AddMinutes(-1));
        Assert.Contains("electronicCardAccessEnding", await NoticesOfAsync(guardian));
        Assert.Equal("issued", (await guardian.ReadAsync(id))["state"]);
        var held = (await guardian.VoucherAsync(id, authorised: true)).Expect(HttpStatusCode.OK)["token"];
        await live.Service.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("ended", null), await StandingAsync(guardian, id));
        Assert.Equal("cameOfAge", (await guardian.ReadAsync(id))["end"]);
        Assert.NotEqual(HttpStatusCode.OK, (await live.Hospital.PostAsync("voucher-checks", new { token = held })).Status);
        (await guardian.VoucherAsync(id)).ExpectProblem(HttpStatusCode.Conflict, "electronic-card-not-issued");
        Assert.Contains("electronicCardEnded", await NoticesOfAsync(guardian));
    }

    [Fact]
    public async Task A_death_ends_it_and_a_corrected_number_is_followed()
    {
        var parent = await Guardian.WithChildAsync(live);
        var (first, second) = (await parent.IssuedAsync(), await (await parent.AndAnotherAsync()).IssuedAsync());
        var born = (await live.TodayAsync()).AddYears(-3);
        var corrected = Cards.IdNumber(born);
        await live.Wuxi.TellAsync(
            new { kind = "idCorrection", idNumber = parent.ChildId, newIdNumber = corrected, occurredOn = await live.TodayAsync() });
        var after = await parent.ReadAsync(first);
        Assert.Equal(
            (corrected[^4..], ElectronicCard.AccessEndOf(born, 16)),
            (after["member.idNumber"]![^4..], DateTimeOffset.Parse(after["accessEndsAt"]!, CultureInfo.InvariantCulture)));
        (await live.Hospital.PostAsync("voucher-checks", new { token = (await parent.VoucherAsync(first))["token"] }))
            .Expect(HttpStatusCode.OK);

        await live.Wuxi.TellAsync(new { kind = "death", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal("memberEnded", (await parent.ReadAsync(first))["end"]);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = parent.Card.IdNumber, occurredOn = await live.TodayAsync() });
        Assert.Equal("guardianEnded", (await parent.ReadAsync(second))["end"]);

        // Neither had died.
        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = parent.Card.IdNumber, occurredOn = await live.TodayAsync() });
        await live.Wuxi.TellAsync(new { kind = "deathRevoked", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal(("issued", "issued"), ((await parent.ReadAsync(first))["state"], (await parent.ReadAsync(second))["state"]));

        // Their deaths are told again, which is noted only.
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = parent.Card.IdNumber, occurredOn = await live.TodayAsync() });
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = corrected, occurredOn = await live.TodayAsync() });
        Assert.Equal(("issued", "issued"), ((await parent.ReadAsync(first))["state"], (await parent.ReadAsync(second))["state"]));
        (await live.Hospital.PostAsync("voucher-checks", new { token = (await parent.VoucherAsync(first))["token"] }))
            .Expect(HttpStatusCode.OK);
    }

    private static async Task<(string? State, string? Next)> StandingAsync(Guardian guardian, string id)
    {
        var read = (await guardian.ReadAsync(id)).Expect(HttpStatusCode.OK);
        return (read["state"], read["nextStep"]);
    }

    private async Task<List<string>> BlobsOfAsync(string id)
    {
        var names = new List<string>();
        await foreach (var blob in new BlobContainerClient(live.Azurite.ConnectionString, "electronic-card-documents").GetBlobsAsync(
            BlobTraits.None, BlobStates.None, id, default))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private Task<IReadOnlyList<string>> EscalationsOfAsync(string id) =>
        MessagesAsync("operations-escalations", message => (string?)message["electronicCardId"] == id, "escalationId");

    private Task<IReadOnlyList<string>> NoticesOfAsync(Guardian guardian) =>
        MessagesAsync("notices", message => (string?)message["cardNumber"] == guardian.Card.Number, "kind");

    private async Task<IReadOnlyList<string>> MessagesAsync(string queue, Func<JsonNode, bool> isMeant, string field)
    {
        var client = live.QueueOf(queue);
        while ((await client.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                live.Received.Add((queue, JsonNode.Parse(Convert.FromBase64String(message.MessageText))!));
                await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
        }

        return [.. live.Received.Where(one => one.Queue == queue && isMeant(one.Message)).Select(one => (string)one.Message[field]!)];
    }
}
