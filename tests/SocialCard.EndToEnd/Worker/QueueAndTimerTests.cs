using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace SocialCard.EndToEnd.Worker;

/// <summary>Messages and moments that the host hands over do their work; what cannot be read fails its invocation and nothing else.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class QueueAndTimerTests(WorkerFixture live)
{
    [Fact]
    public async Task A_reported_use_activates_the_card_once_however_often_it_is_delivered()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var message = WorkerFixture.UsageOf(number);

        Assert.Equal(StatusResult.Types.Status.Success, (await live.Worker.InvokeAsync("TakeCardUsage", message)).Result.Status);
        Assert.Equal(StatusResult.Types.Status.Success, (await live.Worker.InvokeAsync("TakeCardUsage", message)).Result.Status);

        Assert.Equal("registered,received,socialActivated,activated", await live.Bureau.EventsOfAsync(number));
        Assert.Contains(live.Host.TaskHub.Events, raised => raised.InstanceId == $"activation-{number}" && raised.Name == "ActivationSettled");
    }

    [Theory]
    [InlineData("TakeCardUsage")]
    [InlineData("TakeCivilEvent")]
    [InlineData("TakeContribution")]
    public async Task A_message_that_cannot_be_read_fails_its_invocation_and_the_worker_goes_on(string function)
    {
        foreach (var text in new[] { "", "no JSON", "null", "[]", "{}", """{"messageId":7}""" })
        {
            var failed = (await live.Worker.InvokeAsync(function, new() { String = text })).Result;
            Assert.Equal(StatusResult.Types.Status.Failure, failed.Status);
            Assert.False(string.IsNullOrEmpty(failed.Exception.Message));
        }

        Assert.False(live.Worker.HasExited);
        await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
    }

    [Fact]
    public void Every_queue_that_triggers_a_function_has_its_test_of_unreadable_messages()
    {
        var tested = GetType().GetMethod(nameof(A_message_that_cannot_be_read_fails_its_invocation_and_the_worker_goes_on))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.GetData(null!).Single()[0]);
        Assert.Equal(FunctionsOf("queueTrigger").Order(), tested.Order());
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
        var timers = FunctionsOf("timerTrigger").ToList();
        Assert.NotEmpty(timers);
        foreach (var timer in timers)
        {
            var result = (await live.Worker.InvokeAsync(timer, Moment())).Result;
            Assert.True(result.Status == StatusResult.Types.Status.Success, $"{timer}: {result.Exception?.Message}");
        }
    }

    private IEnumerable<string> FunctionsOf(string trigger) => live.Worker.Functions.Values
        .Where(function => HostedWorker.BindingsOf(function).Any(binding => (string?)binding["type"] == trigger))
        .Select(function => function.Name);

    private static TypedData Moment() => new()
    {
        Json = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = new JsonObject
            {
                ["Last"] = "2026-11-24T19:00:00+00:00", ["Next"] = "2026-11-25T19:00:00+00:00", ["LastUpdated"] = "2026-11-24T19:00:00+00:00",
            },
            ["IsPastDue"] = false,
        }.ToJsonString(),
    };
}
