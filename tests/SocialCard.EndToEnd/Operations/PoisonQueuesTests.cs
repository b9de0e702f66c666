using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Operations;

namespace SocialCard.EndToEnd.Operations;

[Collection(AzuriteFixture.Collection)]
public sealed class PoisonQueuesTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task Every_poison_queue_is_measured_whether_it_exists_or_not()
    {
        const string Poison = $"{CardUsageTrigger.Queue}-poison";
        var queues = new QueueServiceClient(fixture.Azurite.ConnectionString);
        var function = new PoisonQueues(queues, NullLogger<PoisonQueues>.Instance);
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "SocialCard", Name: "socialcard.poison_messages" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured[(string)tags[0].Value!] = value);
        listener.Start();

        await function.RunAsync(new TimerInfo(), default);
        Assert.Equal(0, measured[Poison]);

        var queue = queues.GetQueueClient(Poison);
        await queue.CreateAsync();
        await queue.SendMessageAsync("one");
        await queue.SendMessageAsync("two");
        await function.RunAsync(new TimerInfo(), default);

        Assert.Equal(2, measured[Poison]);
        Assert.Equal(PoisonQueues.Names.Order(), measured.Keys.Order());
    }
}
