namespace SocialCard.Functions.Api;

/// <summary>A command on its way: what it is checked for, and in the end what decides and what is answered.</summary>
/// <typeparam name="TState">The aggregate.</typeparam>
/// <typeparam name="TBody">The form of the body.</typeparam>
public sealed partial class CommandCall<TState, TBody>
    where TState : class, IAggregate<TState>
    where TBody : class
{
    private readonly CommandExecutor<TState> executor;
    private readonly AggregateRepository<TState> repository;
    private readonly TimeProvider clock;
    private readonly HttpRequest request;
    private readonly Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit;
    private readonly List<Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, ValueTask<ProblemHttpResult?>>> checks = [];
    private readonly List<Func<TState, CommandContext<TBody>, Refusal?>> proofs = [];
    private string? key;
    private Refusal? notFound;
    private (string Kind, string Id, Refusal NotFound)? document;

    internal CommandCall(
        CommandExecutor<TState> executor,
        AggregateRepository<TState> repository,
        TimeProvider clock,
        HttpRequest request,
        string? key,
        Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit) =>
        (this.executor, this.repository, this.clock, this.request, this.key, this.admit) =
            (executor, repository, clock, request, key, admit);

    /// <summary>Notes what is wrong with the values of the body; 400 if anything is.</summary>
    public CommandCall<TState, TBody> Check(Action<FieldErrors, TBody, DateTimeOffset> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Unless((context, now) =>
        {
            var errors = new FieldErrors(context.Faults);
            rules(errors, context.Body, now);
            return errors.Problem;
        });
    }

    /// <summary>Notes what is wrong with the values of the body, where that has to be looked up; 400 if anything is.</summary>
    public CommandCall<TState, TBody> Check(Func<FieldErrors, TBody, DateTimeOffset, CancellationToken, Task> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        checks.Add(async (context, now, cancellation) =>
        {
            var errors = new FieldErrors(context.Faults);
            await rules(errors, context.Body, now, cancellation);
            return errors.Problem;
        });
        return this;
    }

    /// <summary>Answers with a problem, if there is one, before the aggregate is looked at.</summary>
    public CommandCall<TState, TBody> Unless(Func<CommandContext<TBody>, DateTimeOffset, ProblemHttpResult?> problem)
    {
        checks.Add((context, now, _) => ValueTask.FromResult(problem(context, now)));
        return this;
    }

    /// <summary>Answers with a problem, if there is one, before the aggregate is looked for; where others have to be looked up.</summary>
    public CommandCall<TState, TBody> UnlessAsync(Func<CommandContext<TBody>, CancellationToken, Task<ProblemHttpResult?>> problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        checks.Add(async (context, _, cancellation) => await problem(context, cancellation));
        return this;
    }

    /// <summary>
    /// Reads the body on, into what the aggregate is asked, where that takes a look elsewhere; or says what is wrong with it. What is
    /// to be proved is said after that.
    /// </summary>
    /// <typeparam name="TCommand">What the aggregate is asked.</typeparam>
    /// <param name="parse">Reads it, at a time.</param>
    /// <exception cref="InvalidOperationException">
    /// A proof is asked for already, and would be of another form of the command.
    /// </exception>
    public CommandCall<TState, TCommand> Parse<TCommand>(
        Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, Task<Admission<TCommand>>> parse)
        where TCommand : class
    {
        ArgumentNullException.ThrowIfNull(parse);
        if (proofs.Count > 0)
        {
            throw new InvalidOperationException("A command is read on first, and proved after that.");
        }

        return new(executor, repository, clock, request, key, ParseAsync)
        {
            notFound = notFound,
            document = document,
            Find = Find is null ? null : (_, _) => Task.FromResult((key, (Refusal?)null)),
        };

        async Task<Admission<CommandContext<TCommand>>> ParseAsync(CancellationToken cancellation)
        {
            var admission = await AdmitAsync(cancellation);
            if (admission.Value is not { } context)
            {
                return admission.Problem!;
            }

            var parsed = await parse(context, clock.GetUtcNow(), cancellation);
            return parsed.Value is { } command ? new CommandContext<TCommand>(context.Caller, command, context.Operation) : parsed.Problem!;
        }
    }

    /// <summary>Refuses unless what was presented is the aggregate's; asked each time before it decides.</summary>
    public CommandCall<TState, TBody> Prove(Func<TState, CommandContext<TBody>, Refusal?> proof)
    {
        proofs.Add(proof);
        return this;
    }

    /// <summary>Answers otherwise than that there is no such aggregate, where there is none.</summary>
    public CommandCall<TState, TBody> OrElse(Refusal absence)
    {
        notFound = absence;
        return this;
    }

    /// <summary>
    /// The command is on a resource of the aggregate, which its decisions may have forgotten by now: a refusal is that there is no such
    /// resource, where there never was one. Looked up for a refusal only.
    /// </summary>
    public CommandCall<TState, TBody> OnDocument(string kind, string id, Refusal absence)
    {
        document = (kind, id, absence);
        return this;
    }

    internal HttpRequest Request => request;

    /// <summary>Finds the aggregate by the body, where the address does not name it, or says why there is none.</summary>
    internal Func<CommandContext<TBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>>? Find { get; init; }

    private Refusal NotFound => document?.NotFound ?? notFound ?? TState.NotFound;

    internal async Task<Admission<CommandContext<TBody>>> AdmitAsync(CancellationToken cancellation)
    {
        var admission = await admit(cancellation);
        if (admission.Value is not { } context)
        {
            return admission;
        }

        if (key is null)
        {
            return Problems.Refused(NotFound);
        }

        var now = clock.GetUtcNow();
        foreach (var check in checks)
        {
            if (await check(context, now, cancellation) is { } problem)
            {
                return problem;
            }
        }

        return context.Faults is { } faults ? Problems.Invalid(faults)
            : Find is null ? context
            : await FindAsync(Find, context, cancellation);
    }

    internal async Task<Reply<TAnswer>> ExecuteAsync<TResult, TAnswer>(
        CommandContext<TBody> context,
        Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide,
        Func<TState, TResult?, TAnswer> answer,
        CancellationToken cancellation,
        string? on = null)
        where TAnswer : class
    {
        var outcome = await executor.ExecuteAsync(
            on ?? key!,
            context.Operation,
            (state, now) => Refused(state, context) is { } refusal ? refusal : decide(state, context, now),
            answer,
            cancellation);
        var unknown = outcome is Outcome<TAnswer>.Refused && document is { } named && !await ExistsAsync(named.Kind, named.Id, cancellation)
            ? named.NotFound : null;
        return unknown is not null ? Problems.Refused(unknown) : outcome.ToReply(request, NotFound);
    }

    internal async Task<(Reply<TAnswer> Reply, bool IsTaken)> CreateAsync<TAnswer>(
        CommandContext<TBody> context,
        string newKey,
        Refusal taken,
        Func<DateTimeOffset, Task<Decision<TState>>> create,
        Func<TState, TAnswer> answer,
        CancellationToken cancellation)
        where TAnswer : class
    {
        var outcome = await executor.CreateAsync(newKey, context.Operation, create, answer, taken, cancellation);
        return (
            outcome.ToReply(request, NotFound),
            outcome is Outcome<TAnswer>.Refused { Refusal: var refusal } && ReferenceEquals(refusal, taken));
    }

    // The same key with another body would meet the empty partition of another aggregate.
    private async Task<Admission<CommandContext<TBody>>> FindAsync(
        Func<CommandContext<TBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>> find,
        CommandContext<TBody> context,
        CancellationToken cancellation)
    {
        (key, var refusal) = await find(context, cancellation);
        return key is null ? Problems.Refused(refusal ?? notFound ?? TState.NotFound)
            : await executor.IsOthersKeyAsync(context.Operation, cancellation) ? Problems.IdempotencyKeyReused
            : context;
    }

    private Refusal? Refused(TState state, CommandContext<TBody> context)
    {
        foreach (var proof in proofs)
        {
            if (proof(state, context) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task<bool> ExistsAsync(string kind, string id, CancellationToken cancellation) =>
        ResourceId.IsOneOf(key!, id) && await repository.FindDocumentAsync<object>(key!, kind, id, cancellation) is not null;
}
