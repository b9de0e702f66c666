using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace SocialCard.EndToEnd.Worker;

/// <summary>Messages and moments that the host hands over do their work; what cannot be read fails its invocation, no more.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class QueueAndTimerTests(WorkerFixture live)
{
    [Fact]
    public async Task A_reported_use_activates_the_card_once_however_often_it_is_delivered()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var message = WorkerFixture.UsageOf(number);

        for (var delivery = 0; delivery < 2; delivery++)
        {
            Assert.Equal(StatusResult.Types.Status.Success, (await live.Worker.InvokeAsync("TakeCardUsage", message)).Result.Status);
        }

        Assert.Equal("registered,received,socialActivated,activated", await live.Bureau.EventsOfAsync(number));
        Assert.Contains(
            live.Host.TaskHub.Events, raised => (raised.InstanceId, raised.Name) == ($"activation-{number}", "ActivationSettled"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_fails_its_invocation_and_the_worker_goes_on()
    {
        var readers = live.Worker.FunctionsOf("queueTrigger").ToList();
        Assert.NotEmpty(readers);
        foreach (var reader in readers)
        {
            foreach (var text in new[] { "", "no JSON", "null", "[]", "{}", """{"messageId":7}""" })
            {
                var result = (await live.Worker.InvokeAsync(reader, new() { String = text })).Result;
                Assert.True(result.Status == StatusResult.Types.Status.Failure, $"{reader} takes '{text}'.");
                Assert.False(string.IsNullOrEmpty(result.Exception.Message));
            }
        }

        Assert.False(live.Worker.HasExited);
        await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
    }

    [Fact]
    public async Task The_watch_over_poison_queues_tells_the_host_what_lies_there()
    {
        var poison = new QueueClient(live.Azurite.ConnectionString, "card-usages-poison");
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync("e30=");

        Assert.Equal(StatusResult.Types.Status.Success, (await live.Worker.InvokeAsync("PoisonQueues", Moment())).Result.Status);

        Assert.Contains("1 messages that could not be processed lie in the queue card-usages-poison", live.Worker.Logs);
    }

    [Fact]
    public async Task Every_timer_runs()
    {
        var timers = live.Worker.FunctionsOf("timerTrigger").ToList();
        Assert.NotEmpty(timers);
        foreach (var timer in timers)
        {
            var result = (await live.Worker.InvokeAsync(timer, Moment())).Result;
            Assert.True(result.Status == StatusResult.Types.Status.Success, $"{timer}: {result.Exception?.Message}");
        }
    }

    private static TypedData Moment() => new()
    {
        Json = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = new JsonObject
            {
                ["Last"] = "2026-11-24T19:00:00+00:00",
                ["Next"] = "2026-11-25T19:00:00+00:00",
                ["LastUpdated"] = "2026-11-24T19:00:00+00:00",
            },
            ["IsPastDue"] = false,
        }.ToJsonString(),
    };
}
