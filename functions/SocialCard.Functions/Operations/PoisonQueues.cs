using System.Reflection;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Operations;

/// <summary>
/// Measures every five minutes how many messages that could not be processed lie in the poison queues, in the gauge
/// <c>socialcard.poison_messages</c> with the tag <c>queue</c>, because a storage account counts its messages only all together.
/// </summary>
public sealed partial class PoisonQueues(QueueServiceClient queues, ILogger<PoisonQueues> logger)
{
    /// <summary>The queues that trigger a function.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        .. typeof(PoisonQueues).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>())
            .OfType<QueueTriggerAttribute>()
            .Select(trigger => trigger.QueueName)
            .Distinct(),
    ];

    /// <summary>The poison queues: one for each queue that triggers a function.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sources.Select(Of)];

    /// <summary>Where the messages of a queue lie that could not be processed.</summary>
    public static string Of(string queue) => $"{queue}-poison";

    /// <summary>Measures all of them.</summary>
    [Function(nameof(PoisonQueues))]
    public async Task RunAsync([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(timer);
        foreach (var name in Names)
        {
            var count = await CountAsync(name, cancellation);
            OperationMetrics.InPoisonQueue(name, count);
            if (count > 0)
            {
                Found(count, name);
            }
        }
    }

    private async Task<int> CountAsync(string queue, CancellationToken cancellation)
    {
        try
        {
            return (await queues.GetQueueClient(queue).GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // The host makes a poison queue for its first message.
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages that could not be processed lie in the queue {Queue}")]
    private partial void Found(int count, string queue);
}
