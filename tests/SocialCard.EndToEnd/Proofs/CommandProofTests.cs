using System.Net;
using System.Text.Json.Nodes;
using SocialCard.Domain.Partners;
using SocialCard.EndToEnd.ElectronicCards;
using SocialCard.Functions.Api;
using Endpoint = SocialCard.Embedded.OpenApi.Endpoint;

namespace SocialCard.EndToEnd.Proofs;

/// <summary>The table of commands by role and proof, on a service that runs.</summary>
[Collection(ElectronicService.Collection)]
public sealed class CommandProofTests(ElectronicService live)
{
    private static readonly JsonObject Nothing = [];

    private Caller Portal => Caller.Online(live.Service);

    private Caller Careless => Caller.CarelessPortal(live.Service);

    [Fact]
    public async Task Who_may_not_call_a_command_is_refused_before_anything_is_read_and_who_may_is_not()
    {
        var commands = Endpoint.In(typeof(ApiRoute).Assembly).Where(endpoint => endpoint.IsCommand && endpoint.Callers.Count > 0);
        foreach (var command in commands)
        {
            var path = PathOf(command);
            foreach (var role in Enum.GetValues<PartnerRole>())
            {
                var answer = await CallerOf(role).SendAsync(
                    HttpMethod.Parse(command.Verb), path, command.Body is null ? null : Nothing, Guid.NewGuid().ToString("N"));
                Assert.True(
                    command.Callers.Contains(role) == answer.Status is not HttpStatusCode.Forbidden,
                    $"{command.Verb} {path} as {role}: {(int)answer.Status} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task A_verification_that_is_old_or_of_no_kind_that_is_taken_proves_nothing_and_a_repetition_is_not_asked_for_a_new_one()
    {
        var (number, id) = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var path = $"cards/{number}/password-changes";
        (string Method, int Hours)[] fruitless =
            [("faceVerification", -25), ("faceVerification", 1), ("callBack", -1), ("queryPassword", -1)];
        foreach (var (method, hours) in fruitless)
        {
            (await Portal.PostAsync(path, await ResetAsync(method, hours)))
                .ExpectProblem(HttpStatusCode.UnprocessableEntity, "verification-missing");
        }

        var (body, key) = (await ResetAsync("faceVerification", -23), Guid.NewGuid().ToString("N"));
        (await Portal.PostAsync(path, body, key)).Expect(HttpStatusCode.OK);
        await live.Service.AdvanceDaysAsync(2);
        Assert.True((await Portal.PostAsync(path, body, key)).Expect(HttpStatusCode.OK).IsReplayed);

        async Task<object> ResetAsync(string method, int hours) => new
        {
            kind = "query",
            operation = "reset",
            channel = "online",
            newPassword = "739150",
            idNumber = id,
            realNameVerification = new { method, reference = "v-1", at = (await live.Service.NowAsync()).AddHours(hours) },
        };
    }

    [Fact]
    public async Task On_the_line_the_query_password_proves_its_holder_and_wrong_ones_count()
    {
        var (number, id) = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var hotline = Caller.CarelessHotline(live.Service);
        var holder = (await live.Wuxi.GetAsync($"cards/{number}"))["holder.holderId"];
        var path = $"holders/{holder}/contact";
        await RefusedAsync(null);
        await RefusedAsync("739150");
        (await Portal.PostAsync(
            $"cards/{number}/password-changes",
            new { kind = "query", operation = "reset", channel = "online", newPassword = "739150", idNumber = id }))
            .Expect(HttpStatusCode.OK);

        var key = Guid.NewGuid().ToString("N");
        await RefusedAsync("739151", key);
        await RefusedAsync("739151", key);
        (await hotline.PutAsync(path, new { mobile = "13900139001", idNumber = id, queryPassword = "739150" }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal("4", (await live.Wuxi.PostAsync($"cards/{number}/password-checks", new { kind = "query", password = "739152" }))
            .Expect(HttpStatusCode.OK)["attemptsLeft"]);
        (await hotline.PutAsync(path, new { mobile = "13900139001", idNumber = id, queryPassword = "739150" })).Expect(HttpStatusCode.OK);

        // A temporary report needs no more than the number, and nothing that undoes it is as easy.
        var report = (await hotline.PostAsync(
            $"cards/{number}/loss-reports",
            new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted)["reportId"];
        (await hotline.PostAsync($"cards/{number}/loss-reports/{report}/release", new { channel = "phone", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "verification-missing");

        async Task RefusedAsync(string? password, string? again = null) =>
            (await hotline.PutAsync(path, new { mobile = "13900139001", idNumber = id, queryPassword = password }, again))
                .ExpectProblem(HttpStatusCode.UnprocessableEntity, "verification-missing");
    }

    [Fact]
    public async Task A_hospital_takes_back_no_member_that_the_portal_asked_for_and_nobody_with_anothers_document()
    {
        var (number, id) = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var wife = await Guardian.ActiveAsync(live, Cards.IdNumber());
        var family = (await Portal.PostAsync($"cards/{number}/family-members", new
        {
            channel = "weChat",
            idNumber = id,
            members = new[] { new { idNumber = wife.IdNumber, relation = "spouse" } },
        })).Expect(HttpStatusCode.Accepted);
        var path = $"cards/{number}/family-members/{family.Body!["members"]![0]!["memberId"]}/withdrawal";

        (await live.Hospital.PostAsync(path, new { channel = "hospitalOffice", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "undo-elsewhere");
        (await live.Wuxi.PostAsync(path, new { channel = "serviceWindow", idNumber = wife.IdNumber }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await Portal.PostAsync(path, new { channel = "website", idNumber = wife.IdNumber }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await live.Wuxi.PostAsync(path, new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
    }

    private static string PathOf(Endpoint command) => command.PathParameters.Aggregate(
        command.Path[1..],
        (path, name) => path.Replace($"{{{name}}}", name == "cardNumber" ? "X00000000" : "0123456789abcdef", StringComparison.Ordinal));

    private Caller CallerOf(PartnerRole role) => role switch
    {
        PartnerRole.Bureau => live.Wuxi,
        PartnerRole.Bank => Caller.Bank(live.Service),
        PartnerRole.Hospital => live.Hospital,
        PartnerRole.Pharmacy => Caller.Pharmacy(live.Service),
        PartnerRole.Online => Careless,
        PartnerRole.Hotline => Caller.CarelessHotline(live.Service),
        PartnerRole.Operations => Caller.Operations(live.Service),
        PartnerRole.Agency => Caller.Agency(live.Service),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
