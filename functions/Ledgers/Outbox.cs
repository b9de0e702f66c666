using System.Diagnostics;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.LossReports;
using SocialCard.Observability;

namespace SocialCard.Ledgers;

/// <summary>
/// Delivers what a change wants to be sent, after the change is stored. Whoever dies in between has not answered yet: the
/// repetition of the request, or else the daily sweep, delivers it.
/// </summary>
public sealed class Outbox(QueueServiceClient queues, InvalidCards invalidCards)
{
    /// <summary>Delivers everything that is still in an aggregate's outbox.</summary>
    internal async Task DeliverPendingAsync(Ledger ledger, string key, DurableTaskClient durable, CancellationToken cancellation)
    {
        var rows = new List<OutgoingRow>();
        await foreach (var row in ledger.ReadOutboxAsync(key, cancellation))
        {
            rows.Add(row);
        }

        await DeliverAsync(ledger, rows, durable, cancellation);
    }

    /// <summary>Delivers messages of one aggregate in their order, then removes them.</summary>
    internal async Task DeliverAsync(Ledger ledger, IReadOnlyList<OutgoingRow> rows, DurableTaskClient durable, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            ActivityContext.TryParse(row.TraceParent, null, out var change);
            using var span = SocialCardTelemetry.Source.StartActivity($"outbox.deliver {row.Target}", ActivityKind.Producer, change);
            await DeliverAsync(row.ToMessage(), row.Sequence, durable, cancellation);
        }

        await ledger.ClearOutboxAsync(rows, cancellation);
    }

    private async Task DeliverAsync(Outgoing message, long sequence, DurableTaskClient durable, CancellationToken cancellation)
    {
        switch (message.Kind)
        {
            case OutgoingKind.StartWorkflow:
                await StartAsync(message, durable, cancellation);
                break;
            case OutgoingKind.RaiseEvent:
                await RaiseAsync(message, durable, cancellation);
                break;
            case OutgoingKind.QueueMessage:
                await SendAsync(message, cancellation);
                break;
            case OutgoingKind.InvalidCard:
                var standing = JsonSerializer.Deserialize<InvalidCardStanding>(message.Body, SocialCardJson.Options)!;
                await invalidCards.RecordAsync(standing, sequence, cancellation);
                break;
            default:
                throw new InvalidOperationException($"Nothing delivers {message.Kind}.");
        }
    }

    private static async Task StartAsync(Outgoing message, DurableTaskClient durable, CancellationToken cancellation)
    {
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(
                message.Target,
                JsonSerializer.Deserialize<JsonElement>(message.Body),
                new StartOrchestrationOptions(message.InstanceId),
                cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Started by an earlier delivery? Each backend says so with an exception of its own.
            if (await durable.GetInstanceAsync(message.InstanceId!, cancellation) is null)
            {
                throw;
            }
        }
    }

    private static async Task RaiseAsync(Outgoing message, DurableTaskClient durable, CancellationToken cancellation)
    {
        try
        {
            await durable.RaiseEventAsync(message.InstanceId!, message.Target, cancellation: cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nobody waits for the event any more: the workflow has ended, which is what the event would have told it.
            if (await durable.GetInstanceAsync(message.InstanceId!, cancellation) is { IsCompleted: false })
            {
                throw;
            }
        }
    }

    private async Task SendAsync(Outgoing message, CancellationToken cancellation)
    {
        var queue = queues.GetQueueClient(message.Target);
        try
        {
            await queue.SendMessageAsync(message.Body, cancellation);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == "QueueNotFound")
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync(message.Body, cancellation);
        }
    }
}
