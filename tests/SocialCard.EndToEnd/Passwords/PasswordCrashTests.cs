using System.Net;

namespace SocialCard.EndToEnd.Passwords;

/// <summary>The host dies between the timer of a password change and the swap of the password.</summary>
[Trait(Category.Name, Category.Crash)]
public sealed class PasswordCrashTests
{
    private const int Kills = 6;

    [Fact]
    public async Task However_often_the_host_is_killed_around_the_moment_each_password_changes_once()
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
                azurite.ConnectionString, ("Regions__File", regions), ("RateLimit__PerSecond", "10000"), ("RateLimit__Burst", "10000"));
            var (bureau, hospital) = (Caller.Bureau(service), Caller.Hospital(service));

            var cards = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => WithPendingChangeAsync(bureau, hospital)));
            var due = (await service.NowAsync()).AddHours(2);
            var random = new Random(20260213);
            for (var kill = 0; kill < Kills; kill++)
            {
                var moving = service.AdvanceToAsync(due.AddSeconds(kill));
                var dying = Task.Delay(random.Next(5, 120));
                await Task.WhenAny(moving, dying);
                await service.KillAsync();
                await Assert.ThrowsAnyAsync<Exception>(async () =>
                {
                    await moving;
                    throw new InvalidOperationException("The move was done before the host died.");
                });
                await service.RestartAsync();
            }

            await service.AdvanceToAsync(due.AddMinutes(30));
            foreach (var card in cards)
            {
                var timeline = (await bureau.GetAsync($"cards/{card}/timeline")).Expect(HttpStatusCode.OK);
                var types = timeline.Body!["events"]!.AsArray().Select(line => (string?)line!["type"]).ToList();
                // The first one set the password, the second is the change.
                Assert.Equal(2, types.Count(type => type == "passwordChanged"));
                Assert.Equal(
                    "match",
                    (await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "social", password = "840261" }))["result"]);
            }
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static async Task<string> WithPendingChangeAsync(Caller bureau, Caller hospital)
    {
        var (card, id) = await Cards.ReceivedAsync(bureau);
        (await bureau.PostAsync(
            $"cards/{card}/password-changes",
            new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = "739150", idNumber = id }))
                .Expect(HttpStatusCode.OK);
        (await hospital.PostAsync(
            $"cards/{card}/password-changes",
            new { kind = "social", operation = "change", channel = "hospital", currentPassword = "739150", newPassword = "840261" }))
                .Expect(HttpStatusCode.Accepted);
        return card;
    }
}
