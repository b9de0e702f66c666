using System.Text.Json;

namespace SocialCard.EndToEnd.Worker;

/// <summary>Functions tell workflows through the client that the host sends with each invocation, which none has as a parameter.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class WorkflowClientTests(WorkerFixture live)
{
    [Fact]
    public async Task Each_invocation_tells_the_workflows_of_the_host_that_sent_it_however_many_run_at_once()
    {
        await using var other = await FunctionsHost.StartAsync();
        var cards = new List<string>();
        for (var card = 0; card < 8; card++)
        {
            cards.Add((await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region)).Number);
        }

        var uses = cards.Select((number, turn) => live.Worker.InvokeAsync(
            "TakeCardUsage", WorkerFixture.UsageOf(number), client: turn % 2 == 0 ? null : HostedWorker.ClientOf(other)));

        Assert.All(await Task.WhenAll(uses), use => Assert.Equal(StatusResult.Types.Status.Success, use.Result.Status));
        Assert.Equal(cards.Where((_, turn) => turn % 2 == 0), cards.Where(number => HasTold(live.Host, number)));
        Assert.Equal(cards.Where((_, turn) => turn % 2 == 1), cards.Where(number => HasTold(other, number)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{}")]
    public async Task An_invocation_without_a_client_fails_before_anything_is_changed_and_the_worker_goes_on(string client)
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var deadline = DateTimeOffset.UtcNow.AddYears(1);
        var expiry = new { cardNumber = number, deadline, instanceId = $"activation-{number}" };

        await FailsAsync("TakeCardUsage", WorkerFixture.UsageOf(number));
        await FailsAsync("ExpireActivation", new() { String = JsonSerializer.Serialize(expiry) });

        Assert.Equal("registered,received", await live.Bureau.EventsOfAsync(number));

        async Task FailsAsync(string function, TypedData trigger)
        {
            var failed = (await live.Worker.InvokeAsync(function, trigger, client: client)).Result;
            Assert.Equal(StatusResult.Types.Status.Failure, failed.Status);
            Assert.Contains("makes no client of workflows", failed.Exception.Message, StringComparison.Ordinal);
        }
    }

    private static bool HasTold(FunctionsHost host, string number) =>
        host.TaskHub.Events.Any(raised => (raised.InstanceId, raised.Name) == ($"activation-{number}", "ActivationSettled"));
}
