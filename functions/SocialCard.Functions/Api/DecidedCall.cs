namespace SocialCard.Functions.Api;

/// <summary>A command that lacks only what is answered.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
/// <typeparam name="TBody">The form of the body.</typeparam>
/// <typeparam name="TResult">What comes of the decision beside the aggregate.</typeparam>
public sealed class DecidedCall<TState, TBody, TResult>
    where TState : class, IAggregate<TState>
    where TBody : class
{
    private readonly CommandCall<TState, TBody> call;
    private readonly Func<
        CommandContext<TBody>,
        CancellationToken,
        Task<Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>>>> prepare;
    private Func<TResult?, CancellationToken, Task>? afterwards;

    internal DecidedCall(
        CommandCall<TState, TBody> call, Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide)
        : this(call, (_, _) => Task.FromResult(decide))
    {
    }

    internal DecidedCall(
        CommandCall<TState, TBody> call,
        Func<
            CommandContext<TBody>,
            CancellationToken,
            Task<Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>>>> prepare) =>
        (this.call, this.prepare) = (call, prepare);

    /// <summary>Something is cleared away once the change is stored; what comes again clears nothing away.</summary>
    public DecidedCall<TState, TBody, TResult> Afterwards(Func<TResult?, CancellationToken, Task> clear)
    {
        afterwards = clear;
        return this;
    }

    /// <summary>200 with the aggregate after the change.</summary>
    public Task<Results<Ok<TAnswer>, ProblemHttpResult>> OkAsync<TAnswer>(Func<TState, TAnswer> view, CancellationToken cancellation)
        where TAnswer : class => OkAsync((state, _) => view(state), cancellation);

    /// <summary>200 with what came of it.</summary>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> OkAsync<TAnswer>(
        Func<TState, TResult?, TAnswer> answer, CancellationToken cancellation)
        where TAnswer : class
    {
        var (_, reply) = await RunAsync((state, result, _) => answer(state, result), cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Ok(reply.Answer);
    }

    /// <summary>200 with what the caller is told anew each time, by what is kept of the change.</summary>
    /// <param name="keep">What is kept of the change, for its repetitions.</param>
    /// <param name="tell">What the caller is told.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> OkAsync<TKept, TAnswer>(
        Func<TState, TResult?, TKept> keep,
        Func<TKept, CommandContext<TBody>, CancellationToken, Task<Reply<TAnswer>>> tell,
        CancellationToken cancellation)
        where TKept : class
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(tell);
        var (context, kept) = await RunAsync((state, result, _) => keep(state, result), cancellation);
        if (kept.Answer is not { } known)
        {
            return kept.Problem!;
        }

        var reply = await tell(known, context!, cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Ok(reply.Answer);
    }

    /// <summary>202 with what came of it, whose end lies in the future.</summary>
    /// <param name="answer">What is told.</param>
    /// <param name="location">Where it can be read, from the request's own path.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Results<Accepted<TAnswer>, ProblemHttpResult>> AcceptedAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer,
        Func<string, TAnswer, string> location,
        CancellationToken cancellation)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(location);
        var (_, reply) = await RunAsync(answer, cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Accepted(
            location(call.Request.Path.Value!, reply.Answer!), reply.Answer);
    }

    /// <summary>201 with what came of it, at the name that the command gives it below the request's own path.</summary>
    public Task<Results<Created<TAnswer>, ProblemHttpResult>> CreatedAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer, CancellationToken cancellation)
        where TAnswer : class => CreatedAsync(answer, (path, context) => $"{path}/{context.ResourceId}", cancellation);

    /// <summary>201 with what came of it.</summary>
    /// <param name="answer">What is told.</param>
    /// <param name="location">Where it can be read, from the request's own path.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public async Task<Results<Created<TAnswer>, ProblemHttpResult>> CreatedAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer,
        Func<string, CommandContext<TBody>, string> location,
        CancellationToken cancellation)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(location);
        var (context, reply) = await RunAsync(answer, cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Created(location(call.Request.Path.Value!, context!), reply.Answer);
    }

    /// <summary>What came of it, for a function that answers in its own way.</summary>
    public async Task<Reply<TAnswer>> ReplyAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer, CancellationToken cancellation)
        where TAnswer : class => (await RunAsync(answer, cancellation)).Reply;

    /// <summary>What came of it and of what follows it on other aggregates, for a function that answers in its own way.</summary>
    /// <param name="answer">What is kept of the change itself.</param>
    /// <param name="follow">Does what follows, for every repetition too, and says what the caller is told.</param>
    /// <param name="cancellation">Stops; a repetition goes on.</param>
    public async Task<Reply<TAnswer>> ReplyAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer,
        Func<TAnswer, CommandContext<TBody>, CancellationToken, Task<TAnswer>> follow,
        CancellationToken cancellation)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(follow);
        var (context, reply) = await RunAsync(answer, cancellation);
        return reply.Answer is { } made ? await follow(made, context!, cancellation) : reply;
    }

    private async Task<(CommandContext<TBody>? Context, Reply<TAnswer> Reply)> RunAsync<TAnswer>(
        Func<TState, TResult?, CommandContext<TBody>, TAnswer> answer, CancellationToken cancellation)
        where TAnswer : class
    {
        var admission = await call.AdmitAsync(cancellation);
        if (admission.Value is not { } context)
        {
            return (null, admission.Problem!);
        }

        var decide = await prepare(context, cancellation);
        TResult? result = default;
        var reply = await call.ExecuteAsync(context, decide, (state, made) => answer(state, result = made, context), cancellation);
        if (afterwards is not null && reply is { Problem: null, IsRepetition: false })
        {
            await afterwards(result, cancellation);
        }

        return (context, reply);
    }
}
