namespace SocialCard.Functions.Api;

public sealed partial class CommandCall<TState, TBody>
{
    /// <summary>The aggregate decides.</summary>
    public DecidedCall<TState, TBody, TState> Decide(Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState>> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return new(this, (state, context, now) => decide(state, context, now).With<TState>(null));
    }

    /// <summary>The aggregate decides, and something comes of it.</summary>
    public DecidedCall<TState, TBody, TResult> Decide<TResult>(
        Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide) =>
        new(this, decide);

    /// <summary>The aggregate decides, by what was looked up of others before.</summary>
    /// <param name="find">Looks it up; asked once.</param>
    /// <param name="decide">The decision, and what comes of it.</param>
    public DecidedCall<TState, TBody, TResult> Decide<TFound, TResult>(
        Func<CommandContext<TBody>, CancellationToken, Task<TFound>> find,
        Func<TState, TFound, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide)
    {
        ArgumentNullException.ThrowIfNull(find);
        return new(this, async (context, cancellation) =>
        {
            var found = await find(context, cancellation);
            return (state, asked, now) => decide(state, found, asked, now);
        });
    }

    /// <summary>The aggregate decides, by what was looked up of others before with the aggregate as it was then; one more read.</summary>
    /// <param name="find">Looks it up; asked once.</param>
    /// <param name="decide">The decision, and what comes of it.</param>
    public DecidedCall<TState, TBody, TResult> Decide<TFound, TResult>(
        Func<TState, CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<TFound>> find,
        Func<TState, TFound, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide)
    {
        ArgumentNullException.ThrowIfNull(find);
        return new(this, async (context, cancellation) =>
        {
            if (await repository.FindAsync(key!, context.Caller, cancellation) is not { } seen)
            {
                // What is not there is not asked.
                return (state, asked, at) => decide(state, default!, asked, at);
            }

            // To look up may be to reserve or to keep something: not for whom nothing proves. Whether a password is right is told later.
            var (now, presented) = (clock.GetUtcNow(), context.Presented!);
            if (proofCheck.RefusalOf(
                endpoint.Proof, seen, presented with { HasQueryPassword = presented.Body?.QueryPassword is not null }, now) is { } unproven)
            {
                return (_, _, _) => unproven;
            }

            var found = await find(seen, context, now, cancellation);
            return (state, asked, at) => decide(state, found, asked, at);
        });
    }

    /// <summary>The aggregate decides, by what was looked up of others before with the aggregate as it was then; one more read.</summary>
    /// <param name="find">Looks it up; asked once.</param>
    /// <param name="decide">The decision.</param>
    public DecidedCall<TState, TBody, TState> Decide<TFound>(
        Func<TState, CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<TFound>> find,
        Func<TState, TFound, CommandContext<TBody>, DateTimeOffset, Decision<TState>> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return Decide<TFound, TState>(find, (state, found, context, now) => decide(state, found, context, now).With<TState>(null));
    }

    /// <summary>202 with what came of a command that is not one aggregate's to decide.</summary>
    /// <param name="carryOut">Carries it out, once for all of its repetitions.</param>
    /// <param name="location">The name of what came of it, below the request's own path.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Results<Accepted<TAnswer>, ProblemHttpResult>> AcceptedAsync<TAnswer>(
        Func<CommandContext<TBody>, CancellationToken, Task<Outcome<TAnswer>>> carryOut,
        Func<TAnswer, string> location,
        CancellationToken cancellation)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(carryOut);
        ArgumentNullException.ThrowIfNull(location);
        var admission = await AdmitAsync(cancellation);
        if (admission.Value is not { } context)
        {
            return admission.Problem!;
        }

        var reply = (await carryOut(context, cancellation)).ToReply(request, NotFound);
        return reply.Problem is { } problem ? problem : TypedResults.Accepted($"{request.Path}/{location(reply.Answer!)}", reply.Answer);
    }

    /// <summary>A new aggregate comes to be.</summary>
    /// <param name="keyOf">Its key.</param>
    /// <param name="taken">What is answered when the key is another's.</param>
    /// <param name="create">The aggregate with its first event, or why there is none.</param>
    public CreatedCall<TState, TBody> Create(
        Func<CommandContext<TBody>, string> keyOf,
        Refusal taken,
        Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<Decision<TState>>> create) =>
        new(this, keyOf, taken, create);

    /// <summary>A new aggregate comes to be.</summary>
    /// <param name="keyOf">Its key.</param>
    /// <param name="taken">What is answered when the key is another's.</param>
    /// <param name="create">The aggregate with its first event, or why there is none.</param>
    public CreatedCall<TState, TBody> Create(
        Func<CommandContext<TBody>, string> keyOf, Refusal taken, Func<CommandContext<TBody>, DateTimeOffset, Decision<TState>> create) =>
        new(this, keyOf, taken, (context, now, _) => Task.FromResult(create(context, now)));
}
