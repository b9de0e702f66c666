using System.Diagnostics;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Storage;

/// <summary>
/// Delivers what a change wants to be sent, after the change is stored. Whoever dies in between has not answered yet: the
/// repetition of the request, or else the daily sweep, delivers it.
/// </summary>
public sealed class Outbox(WorkflowClient workflows, QueueServiceClient queues, Lazy<IEnumerable<IProjection>> projections)
{
    /// <summary>Delivers everything that is still in an aggregate's outbox.</summary>
    internal async Task DeliverPendingAsync(AggregateRepository repository, string key, CancellationToken cancellation)
    {
        var rows = new List<OutboxRow>();
        await foreach (var row in repository.ReadOutboxAsync(key, cancellation))
        {
            rows.Add(row);
        }

        await DeliverAsync(repository, new Commit(CommitResult.Done, rows), cancellation);
    }

    /// <summary>Delivers the messages of a change in their order, then removes them.</summary>
    internal async Task DeliverAsync(AggregateRepository repository, Commit commit, CancellationToken cancellation)
    {
        var rows = commit.Outbox;

        // At the start of the app nobody can tell workflows yet; the sweep will.
        var deliverable = workflows.IsThere ? rows : [.. rows.Where(row => row.ToMessage() is
        {
            Kind: OutboxMessageKind.QueueMessage or OutboxMessageKind.Projection
        })];
        foreach (var row in deliverable)
        {
            ActivityContext.TryParse(row.TraceParent, null, out var change);
            using var span = SocialCardTelemetry.Source.StartActivity($"outbox.deliver {row.Target}", ActivityKind.Producer, change);
            await DeliverAsync(row.ToMessage(), row.Sequence, cancellation);
        }

        // Nobody who delivers at once, and finds that no other change came between, need look at the aggregate again.
        if (commit.Unlisted is not null && deliverable.Count == rows.Count && await repository.TryClearOutboxAsync(commit, cancellation))
        {
            return;
        }

        foreach (var (row, message) in deliverable.Select(row => (row, row.ToMessage()))
            .Where(delivered => delivered.Item2.Kind is OutboxMessageKind.Projection))
        {
            await ProjectionOf(message).SettleAsync(message.Body, row.Sequence, cancellation);
        }

        await repository.ClearOutboxAsync(deliverable, cancellation);
    }

    private IProjection ProjectionOf(OutboxMessage message) => projections.Value.First(projection => projection.Name == message.Target);

    private async Task DeliverAsync(OutboxMessage message, long sequence, CancellationToken cancellation)
    {
        switch (message.Kind)
        {
            case OutboxMessageKind.StartWorkflow:
                await StartAsync(message, cancellation);
                break;
            case OutboxMessageKind.RaiseEvent:
                await RaiseAsync(message, cancellation);
                break;
            case OutboxMessageKind.QueueMessage:
                await SendAsync(message, cancellation);
                break;
            case OutboxMessageKind.Projection:
                await ProjectionOf(message).TakeAsync(message.Body, sequence, cancellation);
                break;
            case OutboxMessageKind.TerminateWorkflow:
                await TerminateAsync(message, cancellation);
                break;
            case OutboxMessageKind.RestartWorkflow:
                await RestartAsync(message, cancellation);
                break;
            default:
                throw new InvalidOperationException($"Nothing delivers {message.Kind}.");
        }
    }

    /// <summary>Starts a workflow, unless it is there already.</summary>
    internal async Task StartAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await workflows.Current.ScheduleNewOrchestrationInstanceAsync(
                message.Target,
                JsonSerializer.Deserialize<JsonElement>(message.Body),
                new StartOrchestrationOptions(message.InstanceId),
                cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Started by an earlier delivery? Each backend says so with an exception of its own.
            if (await workflows.Current.GetInstanceAsync(message.InstanceId!, cancellation) is null)
            {
                throw;
            }
        }
    }

    private async Task RaiseAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await workflows.Current.RaiseEventAsync(message.InstanceId!, message.Target, cancellation: cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nobody waits for the event any more: the workflow has ended, which is what the event would have told it.
            if (await workflows.Current.GetInstanceAsync(message.InstanceId!, cancellation) is { IsCompleted: false })
            {
                throw;
            }
        }
    }

    private async Task TerminateAsync(OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await workflows.Current.TerminateInstanceAsync(message.InstanceId!, new TerminateInstanceOptions(), cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Ended by an earlier delivery, or by itself.
            if (await workflows.Current.GetInstanceAsync(message.InstanceId!, cancellation) is { IsCompleted: false })
            {
                throw;
            }
        }
    }

    private async Task RestartAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ended = await workflows.Current.GetInstanceAsync(message.InstanceId!, getInputsAndOutputs: true, cancellation);

        // Running already, by an earlier delivery; one that came to its own end meanwhile is over.
        if (ended?.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated)
        {
            await workflows.Current.ScheduleNewOrchestrationInstanceAsync(
                ended.Name, ended.ReadInputAs<JsonElement>(), new StartOrchestrationOptions(message.InstanceId), cancellation);
        }
    }

    private async Task SendAsync(OutboxMessage message, CancellationToken cancellation)
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
