using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Api;

/// <summary>
/// The one way from a request to an aggregate and back. A function says what its request is read as, what the aggregate decides and
/// what is answered; who may call, how often, keys, bodies, repetitions and problems are dealt with here.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public class Api<TState>(ApiGate gate, CommandExecutor<TState> executor, AggregateRepository<TState> repository, TimeProvider clock)
    where TState : class, IAggregate<TState>
{
    /// <summary>A command on an aggregate, with a body.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Command<TBody>(HttpRequest request, string key, [CallerMemberName] string function = "")
        where TBody : class =>
        new(executor, repository, clock, request, TState.KeyOf(key), cancellation => gate.AdmitAsync<TBody>(request, cancellation, Endpoint.Of(function).Callers));

    /// <summary>A command on an aggregate, without a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, NoBody> Command(HttpRequest request, string key, [CallerMemberName] string function = "") =>
        new(executor, repository, clock, request, TState.KeyOf(key), cancellation => gate.AdmitBareAsync(request, cancellation, Endpoint.Of(function).Callers));

    /// <summary>A command on an aggregate whose body is a file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The part of the address that names the aggregate.</param>
    /// <param name="maxBytes">The largest file, in bytes.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, byte[]> FileCommand(HttpRequest request, string key, int maxBytes, [CallerMemberName] string function = "") =>
        new(executor, repository, clock, request, TState.KeyOf(key), cancellation => gate.AdmitFileAsync(request, maxBytes, cancellation, Endpoint.Of(function).Callers));

    /// <summary>A command that creates an aggregate.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public CommandCall<TState, TBody> Creation<TBody>(HttpRequest request, [CallerMemberName] string function = "")
        where TBody : class =>
        new(executor, repository, clock, request, "", cancellation => gate.AdmitAsync<TBody>(request, cancellation, Endpoint.Of(function).Callers));

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
            : TState.KeyOf(key) is { } known && await repository.FindAsync(known, caller, cancellation) is { } state && view(state) is { } seen
                ? TypedResults.Ok(seen)
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
        ReadDocumentAsync<TDocument, TDocument>(request, key, kind, id, (_, document, _) => document, notFound, cancellation, function);

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
    public async Task<Results<Ok<TView>, ProblemHttpResult>> ReadDocumentAsync<TDocument, TView>(
        HttpRequest request,
        string key,
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
            : TState.KeyOf(key) is { } known && ResourceId.IsOneOf(known, id)
                && await repository.FindDocumentAsync<TDocument>(known, caller, kind, id, cancellation) is var (state, document)
                ? TypedResults.Ok(view(state, document, clock.GetUtcNow()))
                : Problems.Refused(notFound);
    }

    /// <summary>Lets a call in that reads in its own way.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops the look at the partners.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Admission<Partner>> AdmitAsync(HttpRequest request, CancellationToken cancellation, [CallerMemberName] string function = "") =>
        gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
}
