using System.Runtime.CompilerServices;

namespace SocialCard.Functions.Api;

/// <summary>
/// The one way from a request to an aggregate and back. A function says what its request is read as, what the aggregate decides and
/// what is answered; who may call, how often, keys, bodies, repetitions and problems are dealt with here.
/// </summary>
/// <typeparam name="TState">The aggregate.</typeparam>
public partial class Api<TState>(
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
