using System.Runtime.CompilerServices;

namespace SocialCard.Functions.Api;

/// <content>What is read: every answer has its ETag, and a caller who says that he has it is told no more than that.</content>
public partial class Api<TState>
{
    /// <summary>200 with an aggregate as it is by now, and its ETag; 304 for a caller who has it; one read.</summary>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="view">What is shown of the aggregate; null where it has nothing of the kind.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="notFound">What is answered where there is nothing; by default that there is no such aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Results<Ok<TView>, NotModified, ProblemHttpResult>> ReadAsync<TView>(
        HttpRequest request,
        string key,
        Func<TState, TView?> view,
        CancellationToken cancellation,
        Refusal? notFound = null,
        [CallerMemberName] string function = "")
        where TView : class =>
        ReadAsync(request, key, (state, _) => Task.FromResult(view(state)), cancellation, notFound, function);

    /// <summary>200 with what is read of an aggregate as it is by now, and its ETag; 304 for a caller who has it.</summary>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="view">Reads what is shown of the aggregate; null where it has nothing of the kind.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="notFound">What is answered where there is nothing; by default that there is no such aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TView>, NotModified, ProblemHttpResult>> ReadAsync<TView>(
        HttpRequest request,
        string key,
        Func<TState, CancellationToken, Task<TView?>> view,
        CancellationToken cancellation,
        Refusal? notFound = null,
        [CallerMemberName] string function = "")
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(view);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TState.KeyOf(key) is { } known
                && await repository.FindAsync(known, caller, cancellation) is { } state && await view(state, cancellation) is { } seen
                ? NotModified.Unless(request, seen)
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
    public Task<Results<Ok<TDocument>, NotModified, ProblemHttpResult>> ReadDocumentAsync<TDocument>(
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
    public Task<Results<Ok<TDocument>, NotModified, ProblemHttpResult>> ReadDocumentAsync<TDocument>(
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
    public Task<Results<Ok<TView>, NotModified, ProblemHttpResult>> ReadDocumentAsync<TDocument, TView>(
        HttpRequest request,
        string key,
        string kind,
        string id,
        Func<TState, TDocument, DateTimeOffset, TView> view,
        Refusal notFound,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TDocument : class
        where TView : class =>
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
    public async Task<Results<Ok<TView>, NotModified, ProblemHttpResult>> ReadDocumentAsync<TDocument, TView>(
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
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(notFound);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TState.KeyOf(key) is { } name && ResourceId.IsOneOf(name, id)
                && await repository.FindDocumentAsync(name, caller, known, kind, id, cancellation) is var (state, document)
                ? NotModified.Unless(request, view(state, document, clock.GetUtcNow()))
                : Problems.Refused(notFound);
    }

    /// <summary>200 with a page of what happened to an aggregate, oldest first.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="isThere">Whether it is known to be there although nothing may have happened to it yet.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TimelineView>, NotModified, ProblemHttpResult>> ReadTimelineAsync(
        HttpRequest request,
        string key,
        CancellationToken cancellation,
        bool isThere = false,
        [CallerMemberName] string function = "")
    {
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var (page, invalid) = TimelinePage.Of(request);
        return page is null ? invalid!
            : TState.KeyOf(key) is { } known && await repository.FindHeadAsync(known, caller, cancellation) is { } head
                ? NotModified.Unless(request, await page.ReadAsync(repository, known, head, cancellation))
            : isThere ? NotModified.Unless(request, new TimelineView([], null, TimelineEntry.Genesis))
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
}
