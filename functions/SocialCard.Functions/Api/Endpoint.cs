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

    private Endpoint(MethodInfo function) => Callers = [.. function.GetCustomAttribute<CallersAttribute>()!.Roles];

    /// <summary>Which partners may call; none for every partner but agencies.</summary>
    public IReadOnlyList<PartnerRole> Callers { get; }

    /// <summary>The declarations of a function, by the name of its method.</summary>
    public static Endpoint Of(string function) => All[function];
}
