using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Embedded.Durable.Embedded;

namespace SocialCard.Tests.Integration;

/// <summary>The methods that a function's code calls, as its instructions name them, and the codes of problems that stand on the way.</summary>
internal static class ReachableCodes
{
    // They are called by all, with refusals of the aggregate's; what is behind an interface is not followed.
    private static readonly string[] OfTheFrame = ["SocialCard.Ledgers", "SocialCard.Http", "SocialCard.Regions", "SocialCard.Observability"];

    public static IReadOnlySet<string> Of(MethodInfo function, IReadOnlySet<string> known)
    {
        var (codes, seen, ahead) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<MethodBase>(), new Stack<MethodBase>([function]));
        while (ahead.TryPop(out var method))
        {
            if (!method.DeclaringType!.Assembly.GetName().Name!.StartsWith("SocialCard.", StringComparison.Ordinal) || !seen.Add(method))
            {
                continue;
            }

            if (CodeOf(method) is { } code)
            {
                codes.Add(code);
            }

            if (!OfTheFrame.Contains(method.DeclaringType.Namespace))
            {
                var body = BodyOf(method);
                codes.UnionWith(TextsOf(body).Where(known.Contains));
                foreach (var called in CallsOf(body))
                {
                    ahead.Push(called);
                }
            }
        }

        return codes;
    }

    /// <summary>Where the instructions of a method stand: an asynchronous one's in its state machine.</summary>
    public static MethodBase BodyOf(MethodBase method) => method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } machine
        ? machine.StateMachineType.GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance)! : method;

    /// <summary>The methods that a method calls, or makes delegates of.</summary>
    public static IEnumerable<MethodBase> CallsOf(MethodBase body) => Operands(body, code =>
        code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj || code == OpCodes.Ldftn).Select(token => Resolve(body, token)).OfType<MethodBase>();

    private static IEnumerable<string> TextsOf(MethodBase body) => Operands(body, code => code == OpCodes.Ldstr).Select(token => Text(body, token)).OfType<string>();

    private static string? CodeOf(MethodBase method) => method is MethodInfo { IsStatic: true } made && made.ReturnType == typeof(ProblemHttpResult)
        ? made.GetParameters().Length == 0 ? (string?)((ProblemHttpResult)made.Invoke(null, null)!).ProblemDetails.Extensions["code"] : null
        : ProblemCodes.RefusalOf(method)?.Code;

    // The bytes are not parsed as instructions: what only looks like one resolves to nothing, or to nothing of interest.
    private static IEnumerable<int> Operands(MethodBase body, Func<OpCode, bool> isMeant)
    {
        var bytes = body.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + sizeof(int) < bytes.Length; at++)
        {
            if (OpCodeAt(bytes, at) is { } code && isMeant(code))
            {
                yield return BitConverter.ToInt32(bytes, at + 1);
            }
        }
    }

    private static OpCode? OpCodeAt(byte[] bytes, int at) => bytes[at] switch
    {
        0x28 => OpCodes.Call,
        0x6F => OpCodes.Callvirt,
        0x73 => OpCodes.Newobj,
        0x72 => OpCodes.Ldstr,
        0x06 when at > 0 && bytes[at - 1] == 0xFE => OpCodes.Ldftn,
        _ => null,
    };

    private static MethodBase? Resolve(MethodBase body, int token)
    {
        try
        {
            return body.Module.ResolveMethod(
                token,
                body.DeclaringType!.IsGenericType ? body.DeclaringType.GetGenericArguments() : null,
                body.IsGenericMethod ? body.GetGenericArguments() : null);
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }

    private static string? Text(MethodBase body, int token)
    {
        try
        {
            return body.Module.ResolveString(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
