namespace SocialCard.Functions.Api;

/// <summary>A creation that lacks only what is answered.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
/// <typeparam name="TBody">The form of the body.</typeparam>
public sealed class CreatedCall<TState, TBody>
    where TState : class, IAggregate<TState>
    where TBody : class
{
    private readonly CommandCall<TState, TBody> call;
    private readonly Func<CommandContext<TBody>, string> keyOf;
    private readonly Refusal taken;
    private readonly Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<Decision<TState>>> create;
    private Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState>>? again;

    internal CreatedCall(
        CommandCall<TState, TBody> call,
        Func<CommandContext<TBody>, string> keyOf,
        Refusal taken,
        Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<Decision<TState>>> create) =>
        (this.call, this.keyOf, this.taken, this.create) = (call, keyOf, taken, create);

    /// <summary>Where there is such an aggregate already, it decides.</summary>
    public CreatedCall<TState, TBody> OrAgain(Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState>> decide)
    {
        again = decide;
        return this;
    }

    /// <summary>201 with the new aggregate, at its key below the request's own path.</summary>
    public async Task<Results<Created<TAnswer>, ProblemHttpResult>> CreatedAsync<TAnswer>(
        Func<TState, TAnswer> view, CancellationToken cancellation)
        where TAnswer : class
    {
        var (key, reply) = await ReplyAsync(view, cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Created($"{call.Request.Path}/{key}", reply.Answer);
    }

    /// <summary>200 with the aggregate, new or not.</summary>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> OkAsync<TAnswer>(
        Func<TState, TAnswer> view, CancellationToken cancellation)
        where TAnswer : class
    {
        var (_, reply) = await ReplyAsync(view, cancellation);
        return reply.Problem is { } problem ? problem : TypedResults.Ok(reply.Answer);
    }

    private async Task<(string Key, Reply<TAnswer> Reply)> ReplyAsync<TAnswer>(
        Func<TState, TAnswer> view, CancellationToken cancellation)
        where TAnswer : class
    {
        var admission = await call.AdmitAsync(cancellation);
        if (admission.Value is not { } context)
        {
            return ("", admission.Problem!);
        }

        var key = keyOf(context);
        var (reply, isTaken) = await call.CreateAsync(context, key, taken, now => create(context, now, cancellation), view, cancellation);
        if (isTaken && again is { } decide)
        {
            reply = await call.ExecuteAsync(
                context, (state, asked, now) => decide(state, asked, now).With<TState>(null), (state, _) => view(state), cancellation, key);
        }

        return (key, reply);
    }
}
