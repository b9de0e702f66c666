using System.Net;

namespace SocialCard.EndToEnd.Passwords;

/// <summary>The plain password exists in the memory of the function and nowhere else.</summary>
public sealed class SecrecyTests
{
    private static readonly string[] Passwords = ["739150", "840261", "951372", "628403", "517394"];

    [Fact]
    public async Task After_every_operation_no_table_queue_history_or_log_holds_a_password_or_an_ID_number()
    {
        var files = Directory.CreateTempSubdirectory("socialcard-regions-");
        try
        {
            var regions = Path.Combine(files.FullName, "regions.json");
            await File.WriteAllTextAsync(regions, """
                { "regions": { "140100": { "name": "Taiyuan", "passwords": { "social": { "effectiveDelay": {
                  "change": { "value": { "any": "2 hours" } } } } } } } }
                """);
            await using var azurite = await Azurite.StartAsync();
            await using var service = await Service.StartOnAsync(
                azurite.ConnectionString, ("Regions__File", regions), ("Logging__LogLevel__Default", "Trace"));
            var (bureau, hospital) = (Caller.Bureau(service), Caller.Hospital(service));
            var (card, id) = await Cards.ReceivedAsync(bureau);
            var path = $"cards/{card}/password-changes";

            object Reset(
                string kind,
                string next) => new { kind, operation = "reset", channel = "serviceWindow", newPassword = next, idNumber = id };
            object Change(string current, string next) =>
                new { kind = "social", operation = "change", channel = "hospital", currentPassword = current, newPassword = next };
            (await bureau.PostAsync(path, Reset("social", Passwords[0]))).Expect(HttpStatusCode.OK);
            (await bureau.PostAsync(path, Reset("query", Passwords[1]))).Expect(HttpStatusCode.OK);
            (await hospital.PostAsync(path, Change(Passwords[0], Passwords[2]))).Expect(HttpStatusCode.Accepted);
            (await hospital.PostAsync(path, Change(Passwords[4], Passwords[3]))).Expect(HttpStatusCode.UnprocessableEntity);
            var repeated = Change(Passwords[0], Passwords[3]);
            (await hospital.PostAsync(path, repeated, "the-same-key")).Expect(HttpStatusCode.Accepted);
            (await hospital.PostAsync(path, repeated, "the-same-key")).Expect(HttpStatusCode.Accepted);
            (await hospital.PostAsync(path, Change(Passwords[0], Passwords[2]), "the-same-key")).Expect(HttpStatusCode.UnprocessableEntity);
            (await hospital.PostAsync(
                path,
                $$"""{"kind":"social","newPassword":"{{Passwords[4]}}","unknown":"{{Passwords[4]}}" """)).Expect(HttpStatusCode.BadRequest);
            foreach (var password in Passwords)
            {
                (await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "social", password })).Expect(HttpStatusCode.OK);
            }

            await service.AdvanceDaysAsync(1);
            (await bureau.PostAsync(
                $"cards/{card}/password-unlocks",
                new { kind = "social", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
            var last = await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "social", password = Passwords[3] });
            Assert.Equal("match", last["result"]);

            var left = await StorageContents.ReadAsync(azurite.ConnectionString);
            Assert.Contains(left, one => one.Text.Contains("PasswordChangeOrchestration", StringComparison.Ordinal));
            Assert.Contains(left, one => one.Where == "notices");
            var traces = new Traces([.. Passwords, id]);
            left.Add(("the host's output", service.Output));
            Assert.All(left, one => Assert.Empty(traces.In(one.Text)));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
