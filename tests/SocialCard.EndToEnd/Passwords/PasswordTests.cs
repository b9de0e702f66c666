using System.Globalization;
using System.Net;
using SocialCard.Domain.Rules;

namespace SocialCard.EndToEnd.Passwords;

/// <summary>Passwords over HTTP, in a region with a window of two working days at 00:00 and six wrong attempts.</summary>
public sealed class PasswordTests(PasswordService live) : IClassFixture<PasswordService>
{
    private const string Region = PasswordService.Region;
    private const string First = "739150";
    private const string Second = "840261";

    private readonly Service service = live.Service;
    private readonly Caller bureau = Caller.Bureau(live.Service);
    private readonly Caller hospital = Caller.Hospital(live.Service);

    private static DateOnly FridayBeforeHoliday => PasswordService.FridayBeforeHoliday;

    [Fact]
    public async Task A_change_before_a_holiday_takes_effect_at_local_midnight_two_working_days_later()
    {
        var (card, id) = await WithPasswordAsync(First);
        var requested = ChinaTime.At(FridayBeforeHoliday, new TimeOnly(15, 20));
        await service.AdvanceToAsync(requested);
        var effective = ChinaTime.StartOf(FridayBeforeHoliday.AddDays(11));

        var asked = (await ChangeAsync(card, First, Second)).Expect(HttpStatusCode.Accepted);
        Assert.Equal("pending", asked["state"]);
        Assert.Equal(effective, Instant(asked["effectiveAt"]));
        Assert.EndsWith(asked["changeId"]!, asked.Headers.Location!.ToString(), StringComparison.Ordinal);

        await service.AdvanceToAsync(effective.AddSeconds(-30));
        Assert.Equal("match", await CheckAsync(card, First));
        Assert.Equal("mismatch", await CheckAsync(card, Second));
        await service.AdvanceToAsync(effective);
        Assert.Equal("match", await CheckAsync(card, Second));
        Assert.Equal("mismatch", await CheckAsync(card, First));

        Assert.Equal("effective", (await bureau.GetAsync($"cards/{card}/password-changes/{asked["changeId"]}"))["state"]);
        var timeline = await TimelineAsync(card);
        var request = timeline.Single(line => line["type"] == "passwordChangeRequested");
        Assert.Equal("hospital-shanxi-first", request["by"]);
        Assert.Equal(("hospital", effective), (request["details.channel"], Instant(request["details.effectiveAt"])));
        var change = timeline.Last(line => line["type"] == "passwordChanged");
        Assert.Equal(effective, Instant(change["details.effectiveAt"]));
        Assert.Equal(id[^4..], (await bureau.GetAsync($"cards/{card}"))["holder.idNumber"]![^4..]);
    }

    [Fact]
    public async Task A_change_that_is_superseded_or_cancelled_never_takes_effect()
    {
        var (card, id) = await WithPasswordAsync(First);
        var first = (await ChangeAsync(card, First, Second)).Expect(HttpStatusCode.Accepted)["changeId"];
        var second = (await ChangeAsync(card, First, "951753")).Expect(HttpStatusCode.Accepted)["changeId"];
        Assert.Equal("superseded", (await bureau.GetAsync($"cards/{card}/password-changes/{first}"))["state"]);

        var (path, shown) = ($"cards/{card}/password-changes/{second}/cancellation", new { channel = "serviceWindow", idNumber = id });
        (await bureau.PostAsync(path, shown)).Expect(HttpStatusCode.OK);
        Assert.Equal("password-change-not-pending", (await bureau.PostAsync(path, shown)).Expect(HttpStatusCode.Conflict).Code);
        await service.AdvanceDaysAsync(30);

        Assert.Equal("match", await CheckAsync(card, First));
        Assert.Equal("cancelled", (await bureau.GetAsync($"cards/{card}/password-changes/{second}"))["state"]);
        Assert.Equal(
            ["passwordChangeRequested", "passwordChangeSuperseded", "passwordChangeRequested", "passwordChangeCancelled"],
            (await TimelineAsync(card)).Select(line => line["type"]).Where(
                type => type!.StartsWith("passwordChange", StringComparison.Ordinal) && type != "passwordChanged"));
    }

    [Fact]
    public async Task A_hundred_wrong_checks_at_once_count_exactly_to_the_lock()
    {
        var (card, id) = await WithPasswordAsync(First);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CheckAsync(card, Second)));
        Assert.Equal(6, answers.Count(result => result == "mismatch"));
        Assert.Equal(94, answers.Count(result => result == "locked"));
        Assert.Equal("locked", await CheckAsync(card, First));
        Assert.Equal("passwordLocked", (await bureau.GetAsync($"cards/{card}"))["social.reason"]);
        var timeline = await TimelineAsync(card);
        Assert.Equal(6, timeline.Count(line => line["type"] == "passwordMismatched"));
        Assert.Single(timeline, line => line["type"] == "passwordLocked");

        var unlock = new { kind = "social", channel = "serviceWindow", idNumber = id };
        Assert.Equal(
            "active", (await bureau.PostAsync($"cards/{card}/password-unlocks", unlock)).Expect(HttpStatusCode.OK)["social.state"]);
        Assert.Equal("match", await CheckAsync(card, First));
    }

    [Fact]
    public async Task Every_refusal_has_its_code()
    {
        var (card, id) = await WithPasswordAsync(First);
        async Task RefusedAsync(string code, object body, HttpStatusCode status = HttpStatusCode.UnprocessableEntity) =>
            Assert.Equal(code, (await bureau.PostAsync($"cards/{card}/password-changes", body)).Expect(status).Code);
        object Change(string current, string next) =>
            new { kind = "social", operation = "change", channel = "serviceWindow", currentPassword = current, newPassword = next };
        object Reset(string kind, string channel, string idNumber) =>
            new { kind, operation = "reset", channel, newPassword = "624071", idNumber };

        await RefusedAsync("password-run", Change(First, "456789"));
        await RefusedAsync("password-repeated-digit", Change(First, "777777"));
        await RefusedAsync("password-not-six-digits", Change(First, "7391"));
        await RefusedAsync("password-in-id-number", Change(First, id[6..12]));
        await RefusedAsync("password-unchanged", Change(First, First));
        await RefusedAsync("current-password-wrong", Change("000111", Second));
        await RefusedAsync("holder-mismatch", Reset("social", "serviceWindow", Cards.IdNumber()));
        await RefusedAsync("password-held-by-bank", Reset("financial", "serviceWindow", id));
        await RefusedAsync("channel-not-allowed", Reset("social", "kiosk", id));
        await RefusedAsync("forbidden", Reset("social", "hospital", id), HttpStatusCode.Forbidden);
        await RefusedAsync(
            "invalid-request",
            new { kind = "social", operation = "change", channel = "serviceWindow", newPassword = Second },
            HttpStatusCode.BadRequest);
        await RefusedAsync(
            "invalid-request",
            new { kind = "social", operation = "unlock", channel = "serviceWindow", newPassword = Second },
            HttpStatusCode.BadRequest);
        Assert.Equal(
            "password-not-set",
            (await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "query", password = First }))
                .Expect(HttpStatusCode.Conflict).Code);
        Assert.Equal(
            "password-change-not-found",
            (await bureau.GetAsync($"cards/{card}/password-changes/0123456789abcdef")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal(
            "password-change-not-found",
            (await bureau.GetAsync($"cards/{card}/password-changes/a'b")).Expect(HttpStatusCode.NotFound).Code);
        Assert.Equal(
            "password-change-not-found",
            (await bureau.PostAsync(
                $"cards/{card}/password-changes/0123456789abcdef/cancellation", new { channel = "serviceWindow", idNumber = id }))
                .Expect(HttpStatusCode.NotFound).Code);
        object Agent(string relation) => new
        {
            kind = "social",
            operation = "reset",
            channel = "serviceWindow",
            newPassword = "624071",
            idNumber = id,
            agent = new { idNumber = Cards.IdNumber(), name = "李", relation },
        };
        await RefusedAsync("agent-not-allowed", Agent("parent"));

        // The wrong current password above counted as an attempt.
        Assert.Equal(
            "4", (await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "social", password = Second }))["attemptsLeft"]);
    }

    [Fact]
    public async Task The_bank_tells_of_its_password_by_webhook_and_only_times_are_kept()
    {
        var (card, _) = await Cards.ReceivedAsync(bureau, Region);
        var bank = BankCaller.Icbc(service);
        var changedAt = await service.NowAsync();
        var changed = new { cardNumber = card, changedAt, effectiveAt = changedAt.AddDays(1) };
        (await bank.PostAsync("card.password.changed", changed)).Expect(HttpStatusCode.NoContent);
        (await bank.PostAsync("card.financial.activated", new { cardNumber = card })).Expect(HttpStatusCode.NoContent);

        // A password that a bank sends along is none of what is known, and so is kept nowhere.
        (await bank.PostAsync("card.password.changed", new { cardNumber = card, changedAt, password = First }))
            .Expect(HttpStatusCode.NoContent);
        Assert.DoesNotContain(await TimelineAsync(card), line => line.Text.Contains(First, StringComparison.Ordinal));
        Assert.Equal(changedAt.AddDays(1), Instant((await bureau.GetAsync($"cards/{card}"))["passwords.financial.effectiveAt"]));
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);

    /// <summary>A received card whose holder has set a social password; the first one needs no window.</summary>
    private async Task<(string Card, string IdNumber)> WithPasswordAsync(string password)
    {
        var (card, id) = await Cards.ReceivedAsync(bureau, Region);
        var reset = new { kind = "social", operation = "reset", channel = "serviceWindow", newPassword = password, idNumber = id };
        Assert.Equal("effective", (await bureau.PostAsync($"cards/{card}/password-changes", reset)).Expect(HttpStatusCode.OK)["state"]);
        return (card, id);
    }

    private Task<Answer> ChangeAsync(string card, string current, string next) => hospital.PostAsync(
        $"cards/{card}/password-changes",
        new { kind = "social", operation = "change", channel = "hospital", currentPassword = current, newPassword = next });

    private async Task<string?> CheckAsync(string card, string password) =>
        (await hospital.PostAsync($"cards/{card}/password-checks", new { kind = "social", password })).Expect(HttpStatusCode.OK)["result"];

    private async Task<List<Answer>> TimelineAsync(string card)
    {
        var answer = (await bureau.GetAsync($"cards/{card}/timeline")).Expect(HttpStatusCode.OK);
        return [.. answer.Body!["events"]!.AsArray().Select(line => answer with { Body = line })];
    }
}
