using System.Collections.Frozen;
using System.Reflection;

namespace SocialCard.Functions.Api;

/// <summary>What a function declares of itself.</summary>
internal sealed class Endpoint
{
    private static readonly FrozenDictionary<string, Endpoint> All = typeof(Endpoint).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)) && method.IsDefined(typeof(CallersAttribute)))
        .ToFrozenDictionary(method => method.Name, method => new Endpoint(method));

    private readonly Proof? proof;
    private readonly string? undoes;

    private Endpoint(MethodInfo function)
    {
        Callers = [.. function.GetCustomAttribute<CallersAttribute>()!.Roles];
        (proof, undoes) = (
            function.GetCustomAttribute<ProofAttribute>()?.Proof, function.GetCustomAttribute<UndoesAttribute>()?.Command);
    }

    /// <summary>Which partners may call; none for every partner but agencies.</summary>
    public IReadOnlyList<PartnerRole> Callers { get; }

    /// <summary>Who must have been proven to be himself: for what undoes another command, who must for that one.</summary>
    /// <exception cref="InvalidOperationException">The function does not say.</exception>
    public Proof Proof => undoes is not null ? Of(undoes).Proof
        : proof ?? throw new InvalidOperationException($"A command says by {nameof(ProofAttribute)} with what proof it is done.");

    /// <summary>The declarations of a function, by the name of its method.</summary>
    public static Endpoint Of(string function) => All[function];

    /// <summary>The calls that a role may make, by the names that the description of the API gives them.</summary>
    public static IReadOnlyList<string> CallableBy(PartnerRole role) =>
    [
        .. All.Where(endpoint => endpoint.Value.Admits(role))
            .Select(endpoint => char.ToLowerInvariant(endpoint.Key[0]) + endpoint.Key[1..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether partners of a role may call; an agency only what names it.</summary>
    public bool Admits(PartnerRole role) => Callers.Contains(role) || (Callers.Count == 0 && role is not PartnerRole.Agency);
}
