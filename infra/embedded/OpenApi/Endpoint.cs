using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.OpenApi;

/// <summary>A call of the API, as the method that answers it declares it.</summary>
internal sealed partial class Endpoint
{
    private readonly MethodInfo method;

    private Endpoint(MethodInfo method, string verb, string path)
    {
        this.method = method;
        (Verb, Path) = (verb, path);
        Type[] proofs = [typeof(CallersAttribute), typeof(SignedAttribute), typeof(OpenToAllAttribute)];
        if (proofs.Count(proof => method.IsDefined(proof)) != 1)
        {
            throw new InvalidOperationException($"{method.Name} must say by one attribute who may call it.");
        }
    }

    /// <summary>The HTTP method, in small letters.</summary>
    public string Verb { get; }

    /// <summary>The path below the API's prefix, with a slash in front.</summary>
    public string Path { get; }

    /// <summary>The method that answers.</summary>
    public MethodInfo Method => method;

    /// <summary>The name that generated clients give it.</summary>
    public string OperationId => char.ToLowerInvariant(method.Name[0]) + method.Name[1..];

    /// <summary>The chapter that it stands in.</summary>
    public string Tag => Required<TagsAttribute>(method.DeclaringType!).Tags.Single();

    /// <summary>The names in the path, in its order.</summary>
    public IEnumerable<string> PathParameters => Named().Matches(Path).Select(match => match.Groups[1].Value);

    /// <summary>What it takes in its query.</summary>
    public IEnumerable<QueryAttribute> Query => method.GetCustomAttributes<QueryAttribute>();

    /// <summary>The type of its JSON body; null if it has none.</summary>
    public Type? Body => method.GetCustomAttribute<BodyAttribute>()?.Form;

    /// <summary>What the file may be that is its body; null if it is none.</summary>
    public IReadOnlyList<string>? FileBody => method.GetCustomAttribute<FileBodyAttribute>()?.MediaTypes;

    /// <summary>The file that it is answered with; null if it is none.</summary>
    public FileAnswerAttribute? FileAnswer => method.GetCustomAttribute<FileAnswerAttribute>();

    /// <summary>Whether the answer tells by an ETag which version it is.</summary>
    public bool HasETag => FileAnswer is { HasETag: true } || Answers.Any(answer => answer.Status == 304);

    /// <summary>Whether a bank's signature proves the caller.</summary>
    public bool IsSigned => method.GetCustomAttribute<SignedAttribute>() is not null;

    /// <summary>Whether nobody needs a key.</summary>
    public bool IsOpen => method.GetCustomAttribute<OpenToAllAttribute>() is not null;

    /// <summary>Whether it changes something, under a key of idempotency.</summary>
    public bool IsCommand => Verb != "get" && !IsSigned && !method.IsDefined(typeof(QuestionAttribute));

    /// <summary>The roles that may call; none means every partner but agencies.</summary>
    public IReadOnlyList<PartnerRole> Callers => method.GetCustomAttribute<CallersAttribute>()?.Roles ?? [];

    /// <summary>The command that it takes back; null where it takes none back.</summary>
    public string? Undoes => method.GetCustomAttribute<UndoesAttribute>()?.Command;

    /// <summary>Who must have been proven to be himself; null for what is no command, or is proven by a signature.</summary>
    /// <exception cref="InvalidOperationException">It is a command and does not say, or says it in two ways.</exception>
    public Proof? Proof => !IsCommand ? null
        : (Undoes, method.GetCustomAttribute<ProofAttribute>()) switch
        {
            ({ } undone, null) => Required<ProofAttribute>(
                typeof(ApiRoute).Assembly.GetTypes().SelectMany(type => type.GetMethods())
                    .Single(other => other.Name == undone && other.IsDefined(typeof(FunctionAttribute)))).Proof,
            (null, { } said) => said.Proof,
            _ => throw new InvalidOperationException($"{method.Name} must say with what proof it is done, or what it undoes; one of them."),
        };

    /// <summary>Whether somebody whom nobody sees may ask for it, and has to be verified.</summary>
    public bool NeedsVerification => Proof is not (null or SocialCard.Functions.Api.Proof.Partner or SocialCard.Functions.Api.Proof.Secret)
        && Callers.Any(role => role is PartnerRole.Online or PartnerRole.Hotline);

    /// <summary>The codes that it refuses with: those that it declares, and those that every call of its kind has.</summary>
    public IEnumerable<string> Refuses =>
    [
        .. method.GetCustomAttribute<RefusesAttribute>()?.Codes ?? [],
        .. IsCommand ? ["idempotency-key-reused"] : Array.Empty<string>(),
        .. NeedsVerification ? ["verification-missing"] : Array.Empty<string>(),
        .. Path.StartsWith("/cards/{cardNumber}", StringComparison.Ordinal) ? ["card-not-found"] : Array.Empty<string>(),
    ];

    /// <summary>The codes that concern one member of a family each.</summary>
    public IReadOnlyList<string> RefusesMembers => method.GetCustomAttribute<RefusesMembersAttribute>()?.Codes ?? [];

    /// <summary>What it is answered with when it is carried out: status and type of the body, which is null where there is none.</summary>
    public IEnumerable<(int Status, Type? Answer)> Answers => Outcomes().Select(outcome => (
        outcome.Name.Split('`')[0] switch
        {
            nameof(Ok) or nameof(FileContentHttpResult) => 200,
            nameof(Created) => 201,
            nameof(Accepted) => 202,
            nameof(NoContent) => 204,
            nameof(NotModified) => 304,
            var other => throw new NotSupportedException($"{method.Name} gives {other}, which has no place in the description of the API."),
        },
        outcome.IsGenericType ? outcome.GetGenericArguments()[0] : null));

    /// <summary>All calls of an assembly that are described.</summary>
    public static IReadOnlyList<Endpoint> In(Assembly functions) =>
    [
        .. functions.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FunctionAttribute)) && !method.IsDefined(typeof(ExcludeFromDescriptionAttribute)))
            .SelectMany(method => method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<HttpTriggerAttribute>())
                .Select(trigger => new Endpoint(method, trigger.Methods!.Single(verb => verb != "head"), PathOf(trigger.Route!)))),
    ];

    private static string PathOf(string route) => route.StartsWith(ApiRoute.V1, StringComparison.Ordinal)
        ? route[(ApiRoute.V1.Length - 1)..]
        : throw new InvalidOperationException($"{route} does not stand below {ApiRoute.V1}; exclude it from the description.");

    private static T Required<T>(MemberInfo member)
        where T : Attribute =>
        member.GetCustomAttribute<T>() ?? throw new InvalidOperationException($"{member.Name} has no {typeof(T).Name}.");

    private IEnumerable<Type> Outcomes()
    {
        var type = method.ReturnType is { Name: "Task`1" } task ? task.GetGenericArguments()[0] : method.ReturnType;
        return (type.Name.StartsWith("Results`", StringComparison.Ordinal) ? type.GetGenericArguments() : [type])
            .Where(outcome => outcome != typeof(ProblemHttpResult));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Named();
}
