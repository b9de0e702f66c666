using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Operations;

/// <summary>What is waited for is found by kind, card and day; a workflow is ended and started again, the timeline says by whom.</summary>
[Collection(OperationsService.Collection)]
public sealed class WorkflowTests(OperationsService live)
{
    private const string Workflows = "operations/workflows";

    [Fact]
    public async Task A_card_that_was_handed_over_is_on_the_list_until_it_is_activated_and_only_its_region_sees_it()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var item = Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));

        Assert.Equal($"activation-{card}", (string?)item["instanceId"]);
        Assert.Equal(("activation", "waiting", "320200"), ((string?)item["kind"], (string?)item["state"], (string?)item["regionCode"]));
        Assert.Equal(("card", card), ((string?)item["subject"]!["kind"], (string?)item["subject"]!["key"]));
        Assert.Equal("reminder", (string?)item["waitsFor"]!["reason"]);
        var one = (await live.Wuxi.GetAsync($"{Workflows}/activation-{card}")).Expect(HttpStatusCode.OK);
        Assert.Equal(item["waitsFor"]!.ToJsonString(), one.Body!["waitsFor"]!.ToJsonString());
        Assert.Equal("waiting", one["state"]);
        Assert.Contains("executionStarted", one.Body["history"]!.AsArray().Select(line => (string?)line!["what"]));
        Assert.Contains(await ItemsAsync(live.Operations, "kind=activation"), found => (string?)found["subject"]!["key"] == card);
        Assert.Empty(await ItemsAsync(live.Taiyuan, $"kind=activation&cardNumber={card}"));
        (await live.Taiyuan.GetAsync($"{Workflows}/activation-{card}")).ExpectProblem(HttpStatusCode.NotFound, "workflow-not-found");
        (await live.Hospital.GetAsync(Workflows)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");

        (await live.Hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);

        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
    }

    [Fact]
    public async Task A_reminder_moves_the_wait_and_a_loss_report_has_its_own()
    {
        var (card, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var first = DueOf(Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}")));
        await live.Service.AdvanceToAsync(first);

        var second = Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
        Assert.Equal(first.AddDays(6), DueOf(second));
        (await Caller.Hotline(live.Service).PostAsync(
            $"cards/{card}/loss-reports", new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
            .Expect(HttpStatusCode.Accepted);

        var both = await ItemsAsync(live.Wuxi, $"cardNumber={card}");
        Assert.Superset(new HashSet<string> { "activation", "lossReport" }, both.Select(item => (string)item["kind"]!).ToHashSet());
        Assert.All(both, item => Assert.NotNull(item["waitsFor"]!["due"]));
    }

    [Fact]
    public async Task A_workflow_is_ended_and_started_again_with_who_and_why_on_the_timeline_and_does_its_work_then()
    {
        var (card, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var path = $"{Workflows}/activation-{card}";
        (await live.Wuxi.PostAsync($"{path}/termination", new { reason = "no" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Operations.PostAsync($"{path}/restart", new { reason = "too early" }))
            .ExpectProblem(HttpStatusCode.Conflict, "workflow-not-stopped");

        var key = Guid.NewGuid().ToString("N");
        var terminated = await live.Operations.PostAsync($"{path}/termination", new { reason = "looked into" }, key);
        Assert.Equal("terminated", terminated.Expect(HttpStatusCode.OK)["state"]);
        Assert.True((await live.Operations.PostAsync($"{path}/termination", new { reason = "looked into" }, key)).IsReplayed);
        await Host.SampleHost.EventuallyAsync(async () => (await live.Operations.GetAsync(path))["state"] == "terminated");
        (await live.Operations.PostAsync($"{path}/termination", new { reason = "again" }))
            .ExpectProblem(HttpStatusCode.Conflict, "workflow-ended");
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
        Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}&state=terminated"));

        (await live.Operations.PostAsync($"{path}/restart", new { reason = "looked at" })).Expect(HttpStatusCode.OK);
        Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
        var lines = (await live.Wuxi.TimelineAsync(card))
            .Where(line => ((string)line["type"]!).StartsWith("workflow", StringComparison.Ordinal));
        Assert.Equal(
            ["workflowTerminated operations looked into", "workflowRestarted operations looked at"],
            lines.Select(line => $"{line["type"]} {line["by"]} {line["details"]!["reason"]}"));

        await live.Service.AdvanceDaysAsync(16);
        Assert.NotEqual("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{card}"))["status"]);
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
    }

    [Fact]
    public async Task A_workflow_that_has_failed_is_found_within_the_hour_and_does_its_work_once_it_is_restarted()
    {
        var ((card, _), (behind, _)) =
            (await Cards.ReceivedAsync(live.Wuxi, "320200"), await Cards.ReceivedAsync(live.Wuxi, "320200"));
        var due = DueOf(Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}")));
        var rows = new TableClient(live.Azurite.ConnectionString, "Cards");
        var (whole, wholeBehind) = (await BreakAsync(card), await BreakAsync(behind));

        // Rows that nobody can read: the workflows try for two days, and give up.
        await live.Service.AdvanceToAsync(due.AddDays(3));
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={behind}&state=failed"));
        await rows.UpdateEntityAsync(wholeBehind, ETag.All, TableUpdateMode.Replace);
        await live.Service.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={behind}&state=failed"));
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}&state=failed"));
        await rows.UpdateEntityAsync(whole, ETag.All, TableUpdateMode.Replace);
        await live.Service.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(
            $"activation-{card}",
            (string?)Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}&state=failed"))["instanceId"]);
        Assert.Contains(
            await ItemsAsync(live.Operations, "kind=activation&state=failed"), item => (string?)item["subject"]!["key"] == card);
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}"));
        var path = $"{Workflows}/activation-{card}";
        var failed = (await live.Operations.GetAsync(path)).Expect(HttpStatusCode.OK);
        Assert.Equal("failed", failed["state"]);
        Assert.NotNull(failed.Body!["failure"]);

        (await live.Operations.PostAsync($"{path}/restart", new { reason = "mended" })).Expect(HttpStatusCode.OK);
        Assert.Empty(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={card}&state=failed"));
        await live.Service.AdvanceToAsync(due.AddDays(10));
        Assert.Equal(
            ["registered", "received", "workflowFailed", "workflowRestarted", "activationReminded", "activationReminded", "suspended"],
            (await live.Wuxi.EventsOfAsync(card)).Split(','));
        Assert.Equal("activationExpired", (await live.Wuxi.GetAsync($"cards/{card}"))["social.reason"]);

        async Task<TableEntity> BreakAsync(string number)
        {
            var row = (await rows.GetEntityAsync<TableEntity>(number, $"card-{number}")).Value;
            await rows.UpdateEntityAsync(new TableEntity(row) { ["State"] = "{}" }, ETag.All, TableUpdateMode.Replace);
            return row;
        }
    }

    [Fact]
    public async Task The_calendar_counts_by_day_and_kind_and_lists_a_day_and_pages_go_on_where_they_ended()
    {
        var cards = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            cards.Add((await Cards.ReceivedAsync(live.Wuxi, "320200")).Number);
        }

        var due = DueOf(Assert.Single(await ItemsAsync(live.Wuxi, $"kind=activation&cardNumber={cards[0]}")));
        var day = due.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var days = (await live.Wuxi.GetAsync("operations/due")).Expect(HttpStatusCode.OK).Body!["days"]!.AsArray();
        var counted = (int)days.Single(one => (string?)one!["day"] == day && (string?)one["kind"] == "activation")!["count"]!;
        var listed = (await live.Wuxi.GetAsync($"operations/due?from={day}&until={day}&kind=activation"))
            .Expect(HttpStatusCode.OK).Body!["items"]!.AsArray();

        Assert.Equal(counted, listed.Count);
        Assert.Superset(cards.ToHashSet(), listed.Select(item => (string)item!["subject"]!["key"]!).ToHashSet());
        (await live.Wuxi.GetAsync("operations/due?from=2026-02-30"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "from");
        (await live.Wuxi.GetAsync("operations/due?region=140100")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await live.Wuxi.GetAsync($"{Workflows}?state=completed&kind=x&dueUntil=2026-02-03&after=y&cardNumber=z"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "state", "kind", "dueUntil", "after", "cardNumber");
        Assert.DoesNotContain(
            await ItemsAsync(live.Wuxi, $"dueUntil={due:yyyy-MM-ddTHH:mm:ss}Z"), item => cards.Contains((string)item["subject"]!["key"]!));
    }

    private static DateTimeOffset DueOf(JsonNode item) =>
        DateTimeOffset.Parse((string)item["waitsFor"]!["due"]!, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<JsonNode>> ItemsAsync(Caller caller, string query)
    {
        var items = new List<JsonNode>();
        for (var after = ""; ;)
        {
            var page = (await caller.GetAsync($"{Workflows}?{query}{after}")).Expect(HttpStatusCode.OK);
            items.AddRange(page.Body!["items"]!.AsArray().Select(item => item!));
            if (page["next"] is not { } next)
            {
                return items;
            }

            after = $"&after={next}";
        }
    }
}
