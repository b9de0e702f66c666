using System.Net;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Api;

/// <summary>What a call costs in requests to the storage, which is what one pays for.</summary>
[Collection(MeasuredService.Collection)]
public sealed class StorageBudgetTests(MeasuredService live)
{
    [Fact]
    public async Task Reading_a_card_costs_one_read()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var before = await QuietAsync();

        (await live.Hospital.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);

        Assert.Equal([$"GET Cards(PartitionKey='{number}',RowKey='card-{number}')"], await SinceAsync(before));
    }

    [Fact]
    public async Task A_search_costs_one_read_for_the_person_and_one_a_card()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var holder = (await live.Wuxi.GetAsync($"cards/{number}"))["holder.holderId"];
        var before = await QuietAsync();

        (await live.Wuxi.SendAsync(HttpMethod.Post, "holders/search", new { idNumber }, key: null)).Expect(HttpStatusCode.OK);

        Assert.Equal(
            [
                $"GET Holders(PartitionKey='{holder}',RowKey='holder-{holder}')",
                $"GET Cards(PartitionKey='{number}',RowKey='card-{number}')",
            ],
            await SinceAsync(before));
    }

    [Fact]
    public async Task Asking_whether_a_card_must_not_be_taken_costs_two_reads()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Hospital.GetAsync($"invalid-cards/{number}")).Expect(HttpStatusCode.OK);
        var before = await QuietAsync();

        (await live.Hospital.GetAsync($"invalid-cards/{number}")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            [$"GET Cards(PartitionKey='{number}',RowKey='card-{number}')", $"GET InvalidCards(PartitionKey='list',RowKey='card-{number}')"],
            (await SinceAsync(before)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_of_a_work_list_costs_one_read_however_much_there_is_besides()
    {
        for (var card = 0; card < 4; card++)
        {
            await Cards.RegisteredAsync(live.Wuxi, "320200");
            await Cards.RegisteredAsync(live.Taiyuan);
        }

        (await live.Wuxi.GetAsync("work-items?kind=unclaimedCard&limit=1")).Expect(HttpStatusCode.OK);
        var before = await QuietAsync();

        var page = (await live.Wuxi.GetAsync("work-items?kind=unclaimedCard&limit=2")).Expect(HttpStatusCode.OK);
        (await live.Wuxi.GetAsync($"work-items?kind=unclaimedCard&limit=2&after={page["next"]}")).Expect(HttpStatusCode.OK);

        Assert.Equal("true", page["more"]);
        Assert.Equal(["GET WorkItems()", "GET WorkItems()"], await SinceAsync(before));
    }

    [Fact]
    public async Task A_page_of_what_is_waited_for_costs_one_read_and_so_do_the_days_to_come()
    {
        for (var card = 0; card < 4; card++)
        {
            await Cards.ReceivedAsync(live.Wuxi, "320200");
        }

        (await live.Wuxi.GetAsync("operations/workflows?kind=activation")).Expect(HttpStatusCode.OK);
        var before = await QuietAsync();

        (await live.Wuxi.GetAsync("operations/workflows?kind=activation")).Expect(HttpStatusCode.OK);
        (await live.Wuxi.GetAsync("operations/due?kind=activation&until=2100-01-01&from=2099-12-01")).Expect(HttpStatusCode.OK);

        Assert.Equal(["GET Waits()", "GET Waits()"], await SinceAsync(before));
    }

    [Fact]
    public async Task A_release_reads_its_card_once_and_its_report_not_at_all()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (hotline, bank) = (Caller.Hotline(live.Service), Caller.Bank(live.Service));
        var report = (await hotline.PostAsync(
            $"cards/{number}/loss-reports", new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber }))
            .Expect(HttpStatusCode.Accepted)["reportId"];
        var before = await QuietAsync();

        (await bank.PostAsync($"cards/{number}/loss-reports/{report}/release", new { channel = "bank", idNumber }))
            .Expect(HttpStatusCode.OK);

        Assert.Single(await SinceAsync(before), call => call.StartsWith($"GET Cards(PartitionKey='{number}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verification_costs_one_read_and_one_transaction()
    {
        var (number, idNumber) = await Cards.ReceivedAsync(live.Taiyuan);
        var (agency, body) = (Caller.Agency(live.Service), new { service = "training", holder = new { idNumber } });
        (await agency.PostAsync($"cards/{number}/verifications", body)).Expect(HttpStatusCode.OK);
        var before = await QuietAsync();

        (await agency.PostAsync($"cards/{number}/verifications", body)).Expect(HttpStatusCode.OK);

        Assert.Equal([$"GET Cards(PartitionKey='{number}',RowKey='card-{number}')", "POST $batch"], await SinceAsync(before));
    }

    [Fact]
    public async Task A_key_that_nobody_has_does_not_make_the_service_read_the_partners_at_every_call()
    {
        var before = await QuietAsync();
        for (var call = 0; call < 20; call++)
        {
            (await new Caller(live.Service, "nobody-has-this-key-at-all").GetAsync("cards/X00000000")).Expect(HttpStatusCode.Unauthorized);
        }

        Assert.InRange((await SinceAsync(before)).Count, 0, 10);
    }

    [Fact]
    public async Task An_activation_costs_seven_requests_in_all()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Hospital.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        var before = await QuietAsync();

        (await live.Hospital.PostAsync($"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);

        var calls = await SinceAsync(before);
        Assert.True(calls.Count <= 7, string.Join('\n', calls));
        Assert.Equal($"GET Cards(PartitionKey='{number}',RowKey='card-{number}')", calls[0]);
        Assert.Contains("POST notices/messages", calls);
    }

    [Fact]
    public async Task A_hand_over_costs_six_requests_and_two_for_each_workflow_that_it_starts()
    {
        await Cards.ReceivedAsync(live.Wuxi, "320200");
        var (number, _) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var before = await QuietAsync();

        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);

        var calls = await SinceAsync(before);
        Assert.True(calls.Count <= 10, string.Join('\n', calls));
    }

    [Fact]
    public async Task A_host_without_work_looks_at_its_queue_and_renews_its_lease_and_does_nothing_else()
    {
        await Cards.ReceivedAsync(live.Wuxi, "320200");
        await QuietAsync();
        var before = live.Storage.AllCalls.Count;

        await SampleHost.EventuallyAsync(() =>
        {
            var idle = live.Storage.AllCalls.Skip(before).ToList();
            return idle.Any(call => call.IsLease) && idle.Count(call => !call.IsLease) >= 3;
        });

        Assert.All(live.Storage.AllCalls.Skip(before), call => Assert.True(call.IsHeartbeat, call.ToString()));
    }

    private async Task<IReadOnlyList<string>> SinceAsync(int before)
    {
        await QuietAsync();
        return [.. live.Storage.Calls.Skip(before).Select(call => call.ToString())];
    }

    /// <summary>Waits until nothing has been asked of the storage for a second, and tells how much had been.</summary>
    private async Task<int> QuietAsync()
    {
        var (seen, since) = (-1, TimeProvider.System.GetTimestamp());
        await SampleHost.EventuallyAsync(() =>
        {
            var now = live.Storage.Calls.Count;
            if (now != seen)
            {
                (seen, since) = (now, TimeProvider.System.GetTimestamp());
            }

            return TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(1);
        });
        return seen;
    }
}
