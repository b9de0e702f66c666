using System.Runtime.CompilerServices;

namespace SocialCard.Functions.Api;

/// <summary>
/// The one way from a request to something that is no aggregate: the same gate, and the same promise for a key that comes again, kept
/// by <see cref="OperationKeys"/>.
/// </summary>
public class PlainApi(ApiGate gate, OperationKeys keys)
{
    /// <summary>A command with a body.</summary>
    /// <typeparam name="TBody">The form of the body.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public PlainCall<TBody> Command<TBody>(HttpRequest request, [CallerMemberName] string function = "")
        where TBody : class =>
        new(request, keys, cancellation => gate.AdmitAsync<TBody>(request, cancellation, Endpoint.Of(function).Callers));

    /// <summary>A command without a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public PlainCall<NoBody> Command(HttpRequest request, [CallerMemberName] string function = "") =>
        new(request, keys, cancellation => gate.AdmitBareAsync(request, cancellation, Endpoint.Of(function).Callers));

    /// <summary>Lets a call in that reads in its own way.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops the look at the partners.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public Task<Admission<Partner>> AdmitAsync(
        HttpRequest request, CancellationToken cancellation, [CallerMemberName] string function = "") =>
        gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);

    /// <summary>200 with what is read, and its ETag; 304 for a caller who has it.</summary>
    /// <typeparam name="TView">What is shown.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads it for a caller who may, or says what is wrong.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="function">The function, whose declarations say who may call it.</param>
    public async Task<Results<Ok<TView>, NotModified, ProblemHttpResult>> ReadAsync<TView>(
        HttpRequest request,
        Func<Partner, CancellationToken, Task<Reply<TView>>> read,
        CancellationToken cancellation,
        [CallerMemberName] string function = "")
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(read);
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(function).Callers);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var reply = await read(caller, cancellation);
        return reply.Answer is { } view ? NotModified.Unless(request, view) : reply.Problem!;
    }
}

/// <summary>A command on its way to something that is no aggregate.</summary>
/// <typeparam name="TBody">The form of the body.</typeparam>
public sealed class PlainCall<TBody>
    where TBody : class
{
    private readonly HttpRequest request;
    private readonly OperationKeys keys;
    private readonly Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit;
    private readonly List<Func<FieldErrors, TBody, CancellationToken, Task>> checks = [];

    internal PlainCall(HttpRequest request, OperationKeys keys, Func<CancellationToken, Task<Admission<CommandContext<TBody>>>> admit) =>
        (this.request, this.keys, this.admit) = (request, keys, admit);

    /// <summary>Notes what is wrong with the values of the body; 400 if anything is.</summary>
    public PlainCall<TBody> Check(Func<FieldErrors, TBody, CancellationToken, Task> rules)
    {
        checks.Add(rules);
        return this;
    }

    /// <summary>204 when the command is carried out; for a repetition of one that was, without doing it again.</summary>
    /// <param name="carryOut">
    /// Carries it out, or says why not. Asked again for a repetition whose first attempt did not come to its end, so it has to bear that.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    public Task<Results<NoContent, ProblemHttpResult>> NoContentAsync(
        Func<TBody, CancellationToken, Task<Refusal?>> carryOut, CancellationToken cancellation) =>
        CarryOutAsync((context, token) => carryOut(context.Body, token), cancellation);

    /// <summary>The same, for what is to know who asks.</summary>
    /// <param name="carryOut">Carries it out, or says why not.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Results<NoContent, ProblemHttpResult>> CarryOutAsync(
        Func<CommandContext<TBody>, CancellationToken, Task<Refusal?>> carryOut, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(carryOut);
        var admission = await admit(cancellation);
        if (admission.Value is not { } context)
        {
            return admission.Problem!;
        }

        var errors = new FieldErrors();
        foreach (var check in checks)
        {
            await check(errors, context.Body, cancellation);
        }

        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        switch (await keys.BindAsync(context.Operation, cancellation))
        {
            case Binding.Other:
                return Problems.IdempotencyKeyReused;
            case Binding.Done:
                request.MarkReplayed();
                return TypedResults.NoContent();
        }

        if (await carryOut(context, cancellation) is { } refusal)
        {
            return Problems.Refused(refusal);
        }

        await keys.CompleteAsync(context.Operation, cancellation);
        return TypedResults.NoContent();
    }
}
