using System.Net;

namespace SocialCard.EndToEnd.Worker;

/// <summary>An instance that the platform takes away in the middle of its work (SIGTERM) loses nothing.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class ShutdownTests(WorkerFixture live)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_under_way_takes_effect_once_when_it_is_delivered_again(bool isStored)
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var message = WorkerFixture.UsageOf(number);
        await using var worker = await live.StartWorkerAsync();
        var held = live.Storage.HoldTheNextTransaction(onItsWayBack: isStored);
        var invocation = worker.InvokeAsync("TakeCardUsage", message);
        await held.ArrivedAsync(invocation);

        Assert.Equal(0, await worker.TerminateAsync());
        await Assert.ThrowsAsync<WorkerGoneException>(() => invocation);

        var card = (await live.Bureau.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(isStored ? "active" : "awaitingActivation", card["status"]);
        await using var next = await live.StartWorkerAsync();
        Assert.Equal(StatusResult.Types.Status.Success, (await next.InvokeAsync("TakeCardUsage", message)).Result.Status);
        Assert.Equal("registered,received,socialActivated,activated", await live.Bureau.EventsOfAsync(number));
        Assert.Contains(live.Host.TaskHub.Events, raised => raised.InstanceId == $"activation-{number}");
    }

    [Fact]
    public async Task An_HTTP_call_under_way_is_answered_before_the_process_ends()
    {
        var number = Cards.NextNumber();
        await using var worker = await live.StartWorkerAsync();
        var held = live.Storage.HoldTheNextTransaction(onItsWayBack: false);
        var call = WorkerFixture.BureauAt(worker).PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), WorkerFixture.Region));
        await held.ArrivedAsync(call);

        var end = worker.TerminateAsync();
        await worker.UntilPortIsAsync(open: false);
        held.Release();

        (await call).Expect(HttpStatusCode.Created);
        Assert.Equal(0, await end);
        Assert.Equal("registered", await live.Bureau.EventsOfAsync(number));
    }
}
