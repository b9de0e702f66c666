using SocialCard.Domain.Operations;

namespace SocialCard.Functions.Operations;

/// <summary>
/// The queues: what lies in them, and what could not be processed. Operations look at that, masked, and send it back to its queue or throw
/// it away; who did so, and why, is kept.
/// </summary>
[Tags("Operations")]
public sealed class QueueTriggers(PlainApi api, Api<PoisonQueue> poison, PoisonMessages messages)
{
    private const string Route = ApiRoute.V1 + "operations/queues";
    private const string PoisonRoute = Route + "/{queue}/poison";

    /// <summary>Lists the queues with what lies in them.</summary>
    [Function(nameof(GetQueues))]
    [Callers(PartnerRole.Operations)]
    public Task<Results<Ok<QueuesView>, NotModified, ProblemHttpResult>> GetQueues(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        api.ReadAsync<QueuesView>(
            request,
            async (_, token) => new QueuesView(await Task.WhenAll(StorageSetup.Queues.Order(StringComparer.Ordinal).Select(async name =>
            {
                var lies = await DepthAsync(name, token);
                var poisoned = PoisonQueues.Sources.Contains(name) ? await DepthAsync(PoisonQueues.Of(name), token) : null;
                return new QueueView(name, lies.Depth, lies.OldestAt, poisoned);
            }))),
            cancellation);

    /// <summary>
    /// Shows the oldest messages of a queue that could not be processed, 32 at most. Of their content the form shows and what says where
    /// it comes from.
    /// </summary>
    [Function(nameof(GetPoisonMessages))]
    [Callers(PartnerRole.Operations)]
    [Refuses("queue-not-found")]
    public Task<Results<Ok<PoisonMessagesView>, NotModified, ProblemHttpResult>> GetPoisonMessages(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = PoisonRoute)] HttpRequest request,
        string queue, CancellationToken cancellation) =>
        api.ReadAsync<PoisonMessagesView>(
            request,
            async (_, token) => !PoisonQueues.Sources.Contains(queue) ? Problems.Refused(PoisonQueueRefusals.NotFound)
                : new PoisonMessagesView(
                    [.. (await messages.LookAsync(PoisonQueues.Of(queue), PoisonMessages.LargestLook, token)).Select(PoisonMessageView.Of)],
                    await messages.CountAsync(PoisonQueues.Of(queue), token)),
            cancellation);

    /// <summary>Reads what was done with a queue's messages that could not be processed, by whom and why, oldest first, paged.</summary>
    [Function(nameof(GetPoisonTimeline))]
    [Callers(PartnerRole.Operations)]
    [Refuses("queue-not-found")]
    [Query("after", "The number of the line before the first.", Least = 0)]
    [Query("limit", "At most so many lines.", Least = 1, Most = TimelinePage.Largest)]
    public Task<Results<Ok<TimelineView>, NotModified, ProblemHttpResult>> GetPoisonTimeline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = PoisonRoute + "/timeline")] HttpRequest request,
        string queue, CancellationToken cancellation) =>
        poison.ReadTimelineAsync(request, queue, cancellation, PoisonQueues.Sources.Contains(queue));

    /// <summary>Sends a message back to its queue, where it is tried anew.</summary>
    [Function(nameof(ReturnPoisonMessage))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Refuses("message-not-found", "queue-not-found")]
    public Task<Results<Ok<PoisonQueueView>, ProblemHttpResult>> ReturnPoisonMessage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PoisonRoute + "/{messageId}/return")] HttpRequest request,
        string queue, string messageId, CancellationToken cancellation) =>
        DealAsync(
            poison.Creation(request),
            queue,
            token => IsThereAsync(queue, messageId, token),
            (state, isThere, _) => isThere ? state.Return(messageId) : PoisonQueueRefusals.MessageNotFound,
            cancellation);

    /// <summary>Sends all messages that lie there back to their queue.</summary>
    [Function(nameof(ReturnPoisonMessages))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Refuses("queue-not-found")]
    public Task<Results<Ok<PoisonQueueView>, ProblemHttpResult>> ReturnPoisonMessages(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PoisonRoute + "/return")] HttpRequest request,
        string queue, CancellationToken cancellation) =>
        DealAsync(
            poison.Creation(request),
            queue,
            token => messages.CountAsync(PoisonQueues.Of(queue), token),
            (state, count, _) => state.ReturnAll(count),
            cancellation);

    /// <summary>Throws a message away.</summary>
    [Function(nameof(DiscardPoisonMessage))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Body(typeof(ReasonRequest))]
    [Refuses("message-not-found", "queue-not-found")]
    public Task<Results<Ok<PoisonQueueView>, ProblemHttpResult>> DiscardPoisonMessage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PoisonRoute + "/{messageId}/discard")] HttpRequest request,
        string queue, string messageId, CancellationToken cancellation) =>
        DealAsync(
            poison.Creation<ReasonRequest>(request),
            queue,
            token => IsThereAsync(queue, messageId, token),
            (state, isThere, body) => isThere ? state.Discard(messageId, body.Reason) : PoisonQueueRefusals.MessageNotFound,
            cancellation);

    // The first who does anything with a queue's messages begins its timeline.
    private static Task<Results<Ok<PoisonQueueView>, ProblemHttpResult>> DealAsync<TBody, TFound>(
        CommandCall<PoisonQueue, TBody> call,
        string queue,
        Func<CancellationToken, Task<TFound>> look,
        Func<PoisonQueue, TFound, TBody, Decision<PoisonQueue>> decide,
        CancellationToken cancellation)
        where TBody : class
    {
        TFound found = default!;
        return call
            .Unless((_, _) => PoisonQueues.Sources.Contains(queue) ? null : Problems.Refused(PoisonQueueRefusals.NotFound))
            .Create(
                _ => queue,
                PoisonQueueRefusals.NotFound,
                async (context, _, token) => decide(new() { Name = queue }, found = await look(token), context.Body))
            .OrAgain((state, context, _) => decide(state, found, context.Body))
            .OkAsync(PoisonQueueView.Of, cancellation);
    }

    private async Task<bool> IsThereAsync(string queue, string messageId, CancellationToken cancellation) =>
        (await messages.LookAsync(PoisonQueues.Of(queue), PoisonMessages.LargestLook, cancellation))
            .Any(message => message.MessageId == messageId);

    private async Task<QueueDepthView> DepthAsync(string queue, CancellationToken cancellation) => new(
        await messages.CountAsync(queue, cancellation),
        (await messages.LookAsync(queue, 1, cancellation)) is [var oldest] ? oldest.InsertedOn : null);
}
