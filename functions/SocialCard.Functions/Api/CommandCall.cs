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
    private readonly Endpoint endpoint;
    private readonly ProofCheck proofCheck;
    private readonly Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit;
    private readonly List<Func<CommandContext<TBody>, DateTimeOffset, CancellationToken, ValueTask<ProblemHttpResult?>>> checks = [];
    private readonly List<Func<TState, CommandContext<TBody>, Refusal?>> proofs = [];
    private Func<TBody, ServiceChannel?>? channelOf;
    private string? key;
    private Refusal? notFound;
    private (string Kind, string Id, Refusal NotFound)? document;

    internal CommandCall(
        CommandExecutor<TState> executor,
        AggregateRepository<TState> repository,
        TimeProvider clock,
        HttpRequest request,
        Endpoint endpoint,
        ProofCheck proofCheck,
        string? key,
        Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit) =>
        (this.executor, this.repository, this.clock, this.request, this.endpoint, this.proofCheck, this.key, this.admit) =
            (executor, repository, clock, request, endpoint, proofCheck, key, admit);

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

        return new(executor, repository, clock, request, endpoint, proofCheck, key, ParseAsync)
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
            return parsed.Value is not { } command ? parsed.Problem!
                : new CommandContext<TCommand>(context.Caller, command, context.Operation) { Presented = context.Presented };
        }
    }

    /// <summary>403 unless the channel is one of those that the caller's role has for this; a role that has none names none.</summary>
    public CommandCall<TState, TBody> Through(
        Func<TBody, ServiceChannel?> channel, Func<PartnerRole, IReadOnlyList<ServiceChannel>> channelsOf)
    {
        ArgumentNullException.ThrowIfNull(channelsOf);
        channelOf = channel;
        return Unless((context, _) =>
            channelsOf(context.Caller.Role) is var own && (channel(context.Body) is { } named ? own.Contains(named) : own.Count == 0)
                ? null : Problems.Forbidden("The channel is not the caller's."));
    }

    /// <summary>Refuses who may not undo what was asked for.</summary>
    /// <param name="asked">What was asked for; null where there is nothing to undo.</param>
    public CommandCall<TState, TBody> Undoing(Func<TState, AskedFor?> asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return Prove((state, context) => asked(state)?.MayBeUndoneBy(context.Caller, context.Presented!.Channel) is false
            ? ProofRefusals.UndoneElsewhere : null);
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

        if (context.Faults is { } faults)
        {
            return Problems.Invalid(faults);
        }

        context = context with { Presented = context.Presented ?? new(context.Body as IProofBody, ChannelOf(context)) };
        return Find is null ? context : await FindAsync(Find, context, cancellation);
    }

    internal async Task<Reply<TAnswer>> ExecuteAsync<TResult, TAnswer>(
        CommandContext<TBody> context,
        Func<TState, CommandContext<TBody>, DateTimeOffset, Decision<TState, TResult>> decide,
        Func<TState, TResult?, TAnswer> answer,
        CancellationToken cancellation,
        string? on = null)
        where TAnswer : class
    {
        var (presented, failure) = await TryPasswordAsync(on ?? key!, context, cancellation);
        if (failure is not null)
        {
            return failure;
        }

        var outcome = await executor.ExecuteAsync(
            on ?? key!,
            context.Operation with { Proof = KeptOf(presented) },
            (state, now) => (proofCheck.RefusalOf(endpoint.Proof, state, presented, now) ?? Refused(state, context)) is { } refusal
                ? refusal : decide(state, context, now),
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
        var outcome = await executor.CreateAsync(
            newKey,
            context.Operation with { Proof = KeptOf(context.Presented!) },
            async now => proofCheck.RefusalOf(endpoint.Proof, context.Caller, context.Presented!, now) is { } unproven
                ? unproven : await create(now),
            answer,
            taken,
            cancellation);
        return (
            outcome.ToReply(request, NotFound),
            outcome is Outcome<TAnswer>.Refused { Refusal: var refusal } && ReferenceEquals(refusal, taken));
    }

    // What has no channel of its own goes through the one that its caller has.
    private ServiceChannel? ChannelOf(CommandContext<TBody> context) =>
        channelOf is not null ? channelOf(context.Body)
        : context.Caller.Role switch
        {
            PartnerRole.Online => ServiceChannel.Online,
            PartnerRole.Hotline => ServiceChannel.Phone,
            _ => null,
        };

    private RealNameVerification? KeptOf(Presented presented) =>
        endpoint.Proof is Proof.Partner or Proof.Secret ? null : presented.KeptAt(clock.GetUtcNow());

    // One more read, and one more change of the card in use; for a caller on a line only, and a password that he has said.
    private async Task<(Presented Presented, ProblemHttpResult? Problem)> TryPasswordAsync(
        string on, CommandContext<TBody> context, CancellationToken cancellation)
    {
        var presented = context.Presented!;
        return presented is { IsByPhone: true, Body.QueryPassword: not null } && endpoint.Proof is not (Proof.Partner or Proof.Secret)
            ? await proofCheck.TryPasswordAsync(
                await repository.FindAsync(on, context.Caller, cancellation), presented, context.Operation, cancellation)
            : (presented, null);
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
