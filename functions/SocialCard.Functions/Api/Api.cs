using System.Runtime.CompilerServices;

namespace SocialCard.Functions.Api;

/// <summary>
/// The one way from a request to an aggregate and back. A function says what its request is read as, what the aggregate decides and
/// what is answered; who may call, how often, keys, bodies, repetitions and problems are dealt with here.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public class Api<TState>(
    ApiGate gate, CommandExecutor<TState> executor, AggregateRepository<TState> repository, ProofCheck proofCheck, TimeProvider clock)
    where TState : class, IAggregate<TState>
{
    /// <summary>A command on an aggregate, with a body.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Command<TBody>(HttpRequest request, string key, [CallerMemberName] string function = "")
        where TBody : class =>
        WithBody<TBody>(request, TState.KeyOf(key), function);

    /// <summary>A command on an aggregate that the body leads to.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="find">Finds the key of the aggregate once the body is known to be right; null where there is none.</param>
    /// <param name="unnamed">What is answered where there is none; by default that there is no such aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Command<TBody>(
        HttpRequest request,
        Func<CommandContext<TBody>, CancellationToken, Task<string?>> find,
        Refusal? unnamed = null,
        [CallerMemberName] string function = "")
        where TBody : class =>
        WithBody<TBody>(request, "", function, async (context, token) => (await find(context, token), unnamed));

    /// <summary>A command on an aggregate that the body leads to, or else to the reason why it leads to none.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="find">Finds the key of the aggregate once the body is known to be right, or says why there is none.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Command<TBody>(
        HttpRequest request,
        Func<CommandContext<TBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>> find,
        [CallerMemberName] string function = "")
        where TBody : class =>
        WithBody(request, "", function, find);

    /// <summary>A command on an aggregate, without a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, NoBody> Command(HttpRequest request, string key, [CallerMemberName] string function = "") =>
        Bare(request, TState.KeyOf(key), function);

    /// <summary>A command without a body, on an aggregate that another leads to.</summary>
    /// <param name="request">The request.</param>
    /// <param name="find">Finds the key of the aggregate; null where there is none.</param>
    /// <param name="unnamed">What is answered where there is none.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, NoBody> Command(
        HttpRequest request,
        Func<CommandContext<NoBody>, CancellationToken, Task<string?>> find,
        Refusal unnamed,
        [CallerMemberName] string function = "") =>
        Bare(request, "", function, async (context, token) => (await find(context, token), unnamed));

    /// <summary>A command on an aggregate whose body is a file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="maxBytes">The largest file, in bytes.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, byte[]> FileCommand(
        HttpRequest request, string key, int maxBytes, [CallerMemberName] string function = "") =>
        Call(request, TState.KeyOf(key), function, token => gate.AdmitFileAsync(request, maxBytes, token, Endpoint.Of(function).Callers));

    /// <summary>A command that creates an aggregate.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Creation<TBody>(HttpRequest request, [CallerMemberName] string function = "")
        where TBody : class =>
        WithBody<TBody>(request, "", function);

    /// <summary>A command without a body that creates an aggregate.</summary>
    /// <param name="request">The request.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, NoBody> Creation(HttpRequest request, [CallerMemberName] string function = "") =>
        Bare(request, "", function);

    /// <summary>200 with an aggregate as it is by now; one read.</summary>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="view">What is shown of the aggregate; null where it has nothing of the kind.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="notFound">What is answered where there is nothing; by default that there is no such aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TView>, ProblemHttpResult>> ReadAsync<TView>(
        HttpRequest request,
        string key,
        Func<TState, TView?> view,
        CancellationToken cancellation,
        Refusal? notFound = null,
        [CallerMemberName] string function = "")
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(view);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TState.KeyOf(key) is { } known
                && await repository.FindAsync(known, caller, cancellation) is { } state && view(state) is { } seen
                ? TypedResults.Ok(seen)
                : Problems.Refused(notFound ?? TState.NotFound);
    }

    /// <summary>What a function makes, in its own way, of an aggregate as it is by now.</summary>
    /// <typeparam name="TAnswer">What it answers where it has no problem.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="answer">Makes the answer.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="notFound">What is answered where there is nothing; by default that there is no such aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<TAnswer, ProblemHttpResult>> AnswerAsync<TAnswer>(
        HttpRequest request,
        string key,
        Func<TState, CancellationToken, Task<Results<TAnswer, ProblemHttpResult>>> answer,
        CancellationToken cancellation,
        Refusal? notFound = null,
        [CallerMemberName] string function = "")
        where TAnswer : IResult
    {
        ArgumentNullException.ThrowIfNull(answer);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TState.KeyOf(key) is { } known && await repository.FindAsync(known, caller, cancellation) is { } state
                ? await answer(state, cancellation)
                : Problems.Refused(notFound ?? TState.NotFound);
    }

    /// <summary>200 with a resource of an aggregate as it is by now; two reads.</summary>
    /// <typeparam name="TDocument">The resource.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="id">The part of the address that names it.</param>
    /// <param name="notFound">What is answered where there is none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Results<Ok<TDocument>, ProblemHttpResult>> ReadDocumentAsync<TDocument>(
        HttpRequest request,
        string key,
        string kind,
        string id,
        Refusal notFound,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TDocument : class =>
        ReadDocumentAsync<TDocument>(request, key, _ => null, kind, id, notFound, cancellation, function);

    /// <summary>200 with a resource of an aggregate as it is by now; one read where the aggregate still knows it, else two.</summary>
    /// <typeparam name="TDocument">The resource.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="known">What the aggregate itself says of it; null where it has forgotten it.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="id">The part of the address that names it.</param>
    /// <param name="notFound">What is answered where there is none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Results<Ok<TDocument>, ProblemHttpResult>> ReadDocumentAsync<TDocument>(
        HttpRequest request,
        string key,
        Func<TState, TDocument?> known,
        string kind,
        string id,
        Refusal notFound,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TDocument : class =>
        ReadDocumentAsync(request, key, known, kind, id, (_, document, _) => document, notFound, cancellation, function);

    /// <summary>200 with what is shown of a resource of an aggregate, as it is by now; two reads.</summary>
    /// <typeparam name="TDocument">The resource.</typeparam>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="id">The part of the address that names it.</param>
    /// <param name="view">What is shown of the resource, by what the aggregate is at the time.</param>
    /// <param name="notFound">What is answered where there is none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Results<Ok<TView>, ProblemHttpResult>> ReadDocumentAsync<TDocument, TView>(
        HttpRequest request,
        string key,
        string kind,
        string id,
        Func<TState, TDocument, DateTimeOffset, TView> view,
        Refusal notFound,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TDocument : class =>
        ReadDocumentAsync(request, key, _ => null, kind, id, view, notFound, cancellation, function);

    /// <summary>
    /// 200 with what is shown of a resource of an aggregate, as it is by now; one read where the aggregate still knows it, else two.
    /// </summary>
    /// <typeparam name="TDocument">The resource.</typeparam>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="known">What the aggregate itself says of it; null where it has forgotten it.</param>
    /// <param name="kind">The kind of resource.</param>
    /// <param name="id">The part of the address that names it.</param>
    /// <param name="view">What is shown of the resource, by what the aggregate is at the time.</param>
    /// <param name="notFound">What is answered where there is none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TView>, ProblemHttpResult>> ReadDocumentAsync<TDocument, TView>(
        HttpRequest request,
        string key,
        Func<TState, TDocument?> known,
        string kind,
        string id,
        Func<TState, TDocument, DateTimeOffset, TView> view,
        Refusal notFound,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TDocument : class
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(notFound);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TState.KeyOf(key) is { } name && ResourceId.IsOneOf(name, id)
                && await repository.FindDocumentAsync(name, caller, known, kind, id, cancellation) is var (state, document)
                ? TypedResults.Ok(view(state, document, clock.GetUtcNow()))
                : Problems.Refused(notFound);
    }

    /// <summary>200 with a page of what happened to an aggregate, oldest first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TimelineView>, ProblemHttpResult>> ReadTimelineAsync(
        HttpRequest request, string key, CancellationToken cancellation, [CallerMemberName] string function = "")
    {
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var (page, invalid) = TimelinePage.Of(request);
        return page is null ? invalid!
            : TState.KeyOf(key) is { } known && await repository.FindHeadAsync(known, caller, cancellation) is { } head
                ? TypedResults.Ok(await page.ReadAsync(repository, known, head, cancellation))
                : Problems.Refused(TState.NotFound);
    }

    /// <summary>200 with the answer to a question that has a body.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="answer">Answers it.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> AskAsync<TBody, TAnswer>(
        HttpRequest request,
        Func<Question<TBody>, CancellationToken, Task<TAnswer>> answer,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TBody : class
    {
        ArgumentNullException.ThrowIfNull(answer);
        var admission = await gate.AdmitQuestionAsync<TBody>(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is { } question ? TypedResults.Ok(await answer(question, cancellation)) : admission.Problem!;
    }

    /// <summary>Lets a call in that reads in its own way.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops the look at the partners.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Admission<Partner>> AdmitAsync(
        HttpRequest request, CancellationToken cancellation, [CallerMemberName] string function = "") =>
        gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);

    private CommandCall<TState, TBody> WithBody<TBody>(
        HttpRequest request,
        string? key,
        string function,
        Func<CommandContext<TBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>>? find = null)
        where TBody : class =>
        Call(request, key, function, token => gate.AdmitFaultyAsync<TBody>(request, token, Endpoint.Of(function).Callers), find);

    private CommandCall<TState, NoBody> Bare(
        HttpRequest request,
        string? key,
        string function,
        Func<CommandContext<NoBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>>? find = null) =>
        Call(request, key, function, token => gate.AdmitBareAsync(request, token, Endpoint.Of(function).Callers), find);

    private CommandCall<TState, TBody> Call<TBody>(
        HttpRequest request,
        string? key,
        string function,
        Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit,
        Func<CommandContext<TBody>, CancellationToken, Task<(string? Key, Refusal? Refusal)>>? find = null)
        where TBody : class =>
        new(executor, repository, clock, request, Endpoint.Of(function), proofCheck, key, admit) { Find = find };
}
