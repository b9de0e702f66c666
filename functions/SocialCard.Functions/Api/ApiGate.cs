using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Api;

/// <summary>
/// What every API call passes first: who calls, may he, not too often; and for a command its key and its body. A call that
/// does not pass gets its problem, and the function behind never sees it.
/// </summary>
public sealed class ApiGate(PartnerDirectory partners, SignedIn signedIn, PartnerRateLimit rateLimit, RequestKey requestKey)
{
    /// <summary>Lets a reading call in.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellation">Stops looking.</param>
    /// <param name="roles">Who may call; nobody named means every role but <see cref="PartnerRole.Agency"/>.</param>
    public async Task<Admission<Partner>> AdmitAsync(
        HttpRequest request, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(roles);
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        var hasKey = header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
        if ((hasKey
            ? await partners.FindByKeyAsync(header[scheme.Length..].Trim(), cancellation)
            : await signedIn.FindAsync(request, cancellation)) is not { } caller)
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.UnknownKey;
        }

        if (!hasKey && SignedIn.IsFromElsewhere(request))
        {
            return Problems.Forbidden("Another site may not call for somebody who has signed in here.");
        }

        if (rateLimit.Take(caller.Id) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        // An agency learns whether a card is usable and nothing else: it calls only what names it.
        return roles.Contains(caller.Role) || (roles.Count == 0 && caller.Role is not PartnerRole.Agency)
            ? caller
            : Problems.Forbidden($"The role {SocialCardJson.NameOf<PartnerRole>(caller.Role)} may not call this.");
    }

    /// <summary>Lets a command in.</summary>
    /// <typeparam name="TBody">The form of its body.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <param name="roles">Who may call.</param>
    public async Task<Admission<CommandContext<TBody>>> AdmitAsync<TBody>(
        HttpRequest request, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
        where TBody : class
    {
        var admission = await AdmitFaultyAsync<TBody>(request, cancellation, roles);
        return admission.Value?.Faults is { } faults ? Problems.Invalid(faults) : admission;
    }

    /// <summary>Lets a command in whose body may have texts with faults, for whoever adds what else is wrong.</summary>
    internal async Task<Admission<CommandContext<TBody>>> AdmitFaultyAsync<TBody>(
        HttpRequest request, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
        where TBody : class
    {
        var admission = await AdmitKeyedAsync(request, roles, cancellation);
        if (admission.Value is not { } keyed)
        {
            return admission.Problem!;
        }

        var (bytes, unread) = await ReadAsync(request, cancellation);
        if (bytes is null)
        {
            return unread!;
        }

        var (body, faults, malformed) = JsonBody.Read<TBody>(bytes);
        return body is null ? malformed!
            : new CommandContext<TBody>(keyed.Caller, body, OperationOf(keyed, request, bytes)) { Faults = faults };
    }

    /// <summary>Lets a question in: it has a body, since what is asked must not stand in an address, and changes nothing.</summary>
    /// <typeparam name="TBody">The form of its body.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <param name="roles">Who may ask.</param>
    public async Task<Admission<Question<TBody>>> AdmitQuestionAsync<TBody>(
        HttpRequest request, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
        where TBody : class
    {
        var admission = await AdmitAsync(request, cancellation, roles);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var (bytes, unread) = await ReadAsync(request, cancellation);
        if (bytes is null)
        {
            return unread!;
        }

        var (body, malformed) = JsonBody.Parse<TBody>(bytes);
        return body is null ? malformed! : new Question<TBody>(caller, body);
    }

    /// <summary>Lets a command in whose body is a file.</summary>
    /// <param name="request">The call.</param>
    /// <param name="maxBytes">The largest file.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <param name="roles">Who may call.</param>
    public async Task<Admission<CommandContext<byte[]>>> AdmitFileAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
    {
        var admission = await AdmitKeyedAsync(request, roles, cancellation);
        return admission.Value is not { } keyed ? admission.Problem!
            : await JsonBody.ReadAsync(request, maxBytes, cancellation) is { } file
                ? new CommandContext<byte[]>(keyed.Caller, file, OperationOf(keyed, request, file))
                : Problems.LargerThan(maxBytes);
    }

    /// <summary>Lets a command in that has no body.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <param name="roles">Who may call.</param>
    public async Task<Admission<CommandContext<NoBody>>> AdmitBareAsync(
        HttpRequest request, CancellationToken cancellation, params IReadOnlyList<PartnerRole> roles)
    {
        var admission = await AdmitKeyedAsync(request, roles, cancellation);
        return admission.Value is { } keyed ? new CommandContext<NoBody>(
            keyed.Caller, NoBody.Value, OperationOf(keyed, request, [])) : admission.Problem!;
    }

    private static async Task<(byte[]? Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        !request.HasJsonContentType() ? (null, Problems.NotJson)
        : await JsonBody.ReadAsync(request, cancellation) is { } bytes ? (bytes, null)
        : (null, Problems.BodyTooLarge);

    private async Task<Admission<Keyed>> AdmitKeyedAsync(
        HttpRequest request, IReadOnlyList<PartnerRole> roles, CancellationToken cancellation)
    {
        var admission = await AdmitAsync(request, cancellation, roles);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var key = request.Headers["Idempotency-Key"].ToString();
        return key.Length is > 0 and <= 64 && key.All(c => c is > ' ' and < (char)127)
            ? new Keyed(caller, key)
            : Problems.IdempotencyKeyMissing;
    }

    private Operation OperationOf(Keyed keyed, HttpRequest request, ReadOnlySpan<byte> body)
    {
        var (method, path) = (request.Method, request.Path.ToUriComponent());
        var asked = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(method.Length + path.Length + 2) + body.Length);
        try
        {
            Utf8.TryWrite(asked, $"{method} {path}\n", out var head);
            body.CopyTo(asked.AsSpan(head));
            return Operation.Of(keyed.Caller, keyed.Key, asked.AsSpan(0, head + body.Length), requestKey);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(asked, clearArray: true);
        }
    }

    private sealed record Keyed(Partner Caller, string Key);
}

/// <summary>Either what passed the gate, or why it did not.</summary>
/// <typeparam name="T">What passed.</typeparam>
public readonly record struct Admission<T>
    where T : class
{
    private Admission(T? value, ProblemHttpResult? problem) => (Value, Problem) = (value, problem);

    /// <summary>What passed; null if it did not.</summary>
    public T? Value { get; }

    /// <summary>Why it did not pass; null if it did.</summary>
    public ProblemHttpResult? Problem { get; }

#pragma warning disable CA2225 // The named alternatives are the properties.
    /// <summary>It passed.</summary>
    public static implicit operator Admission<T>(T value) => new(value, null);

    /// <summary>It did not pass.</summary>
    public static implicit operator Admission<T>(ProblemHttpResult problem) => new(null, problem);
#pragma warning restore CA2225
}
