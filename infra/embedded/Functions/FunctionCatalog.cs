using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Http;
using SocialCard.Embedded.Timers;

namespace SocialCard.Embedded.Functions;

internal sealed record HttpFunction(FunctionMethod Method, RoutePattern Route, IReadOnlyList<string> Verbs);

internal sealed record QueueFunction(FunctionMethod Method, string Queue);

internal sealed record TimerFunction(FunctionMethod Method, TimerSchedule Schedule, bool UseMonitor, bool RunOnStartup);

/// <summary>
/// The functions found by reflection over <c>[Function]</c>, each with its plan of invocation. What this host would not honour (an output
/// binding, a retry attribute, a function key) is refused here, at start, rather than ignored.
/// </summary>
internal sealed class FunctionCatalog
{
    private const string WorkerNamespace = "Microsoft.Azure.Functions.Worker";

    /// <summary>The worker's own way to read a queue message into a type.</summary>
    private static readonly JsonSerializerOptions MessageJson = new() { PropertyNameCaseInsensitive = true };

    private readonly IConfiguration settings;
    private readonly string routePrefix;
    private readonly List<HttpFunction> http = [];
    private readonly List<QueueFunction> queues = [];
    private readonly List<TimerFunction> timers = [];
    private readonly List<FunctionMethod> orchestrators = [];
    private readonly List<FunctionMethod> activities = [];

    private FunctionCatalog(IConfiguration settings, string routePrefix) => (this.settings, this.routePrefix) = (settings, routePrefix);

    public IReadOnlyList<HttpFunction> Http => http;

    public IReadOnlyList<QueueFunction> Queues => queues;

    public IReadOnlyList<TimerFunction> Timers => timers;

    public IReadOnlyList<FunctionMethod> Orchestrators => orchestrators;

    public IReadOnlyList<FunctionMethod> Activities => activities;

    /// <param name="types">The types that may have functions.</param>
    /// <param name="settings">Where <c>%Name%</c> in a queue's name or a schedule is looked up.</param>
    /// <param name="routePrefix">What every HTTP route begins with.</param>
    /// <exception cref="HostStartException">A function has a signature that this host does not run; the message names it.</exception>
    public static FunctionCatalog Load(IEnumerable<Type> types, IConfiguration settings, string routePrefix)
    {
        var catalog = new FunctionCatalog(settings, routePrefix);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
                continue;
            try
            {
                if (!names.Add(function.Name))
                    throw new NotSupportedException("another function has this name.");
                catalog.Add(function.Name, method);
            }
            catch (Exception fault) when (fault is NotSupportedException or FormatException or RoutePatternException or InvalidOperationException)
            {
                throw new HostStartException(
                    $"Function {function.Name} ({method.DeclaringType!.Name}.{method.Name}) cannot run here: {ConsoleLine.Of(fault.Message)}", fault);
            }
        }

        return catalog;
    }

    /// <summary>Hands orchestrators and activities to the durable engine.</summary>
    public DurableFunctions ToDurableFunctions(IServiceProvider services)
    {
        var durable = new DurableFunctions();
        // No scope: an orchestrator that waits for months would keep it open. Its class may ask for singletons, and it does no I/O.
        foreach (var orchestrator in orchestrators)
            durable.AddOrchestrator(orchestrator.Name, async context => await orchestrator.InvokeAsync(new FunctionCall(services, context, default)));
        foreach (var activity in activities)
            durable.AddActivity(activity.Name, (call, cancellation) => activity.InvokeScopedAsync(services, call, cancellation));
        return durable;
    }

    private void Add(string name, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition)
            throw new NotSupportedException("it is generic.");
        if (method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType == typeof(void))
            throw new NotSupportedException("it is 'async void', whose end nobody can await.");
        if (method.ReturnType.FullName is { } type && type.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal))
            throw new NotSupportedException("it returns a ValueTask; return a Task.");
        if (method.GetCustomAttributes().FirstOrDefault(a => IsWorkers(a) && a is not FunctionAttribute) is { } unknown)
            throw new NotSupportedException($"[{NameOf(unknown)}] is not supported.");

        var parameters = method.GetParameters();
        var triggers = parameters.Where(parameter => WorkerAttribute(parameter) is { } a && a is not DurableClientAttribute).ToArray();
        if (triggers.Length != 1)
            throw new NotSupportedException($"it needs exactly one trigger and has {triggers.Length}.");
        var trigger = triggers[0];

        FunctionMethod Plan(Func<ParameterInfo, Func<FunctionCall, object?>> bind, Func<ParameterInfo, Func<FunctionCall, object?>>? bindOther = null) =>
            new(name, method, [.. parameters.Select(parameter => parameter == trigger ? bind(parameter) : Shared(parameter) ?? (bindOther ?? Unbound)(parameter))]);

        switch (WorkerAttribute(trigger))
        {
            case HttpTriggerAttribute attribute:
                http.Add(HttpFunctionOf(attribute, Plan, name));
                break;
            case QueueTriggerAttribute attribute:
                queues.Add(QueueFunctionOf(attribute, Plan));
                break;
            case TimerTriggerAttribute attribute:
                timers.Add(TimerFunctionOf(attribute, Plan));
                break;
            case OrchestrationTriggerAttribute attribute:
                name = attribute.Orchestration ?? name;
                orchestrators.Add(Plan(TheTrigger<TaskOrchestrationContext>, OrchestrationInput));
                break;
            case ActivityTriggerAttribute attribute:
                name = attribute.Activity ?? name;
                activities.Add(Plan(ActivityInput));
                break;
            case { } attribute:
                throw new NotSupportedException($"[{NameOf(attribute)}] is not supported.");
        }
    }

    private delegate FunctionMethod Planner(
        Func<ParameterInfo, Func<FunctionCall, object?>> bind,
        Func<ParameterInfo, Func<FunctionCall, object?>>? bindOther = null);

    private HttpFunction HttpFunctionOf(HttpTriggerAttribute trigger, Planner plan, string name)
    {
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
            throw new NotSupportedException($"it asks for authorization level {trigger.AuthLevel}, and there are no function keys; use Anonymous.");
        var route = RoutePatternFactory.Parse(string.Join('/', new[] { routePrefix, trigger.Route ?? name }.Where(part => part.Length > 0)));
        var method = plan(
            parameter => parameter.ParameterType == typeof(HttpRequest)
                ? invocation => ((HttpContext)invocation.Trigger).Request
                : throw new NotSupportedException($"[HttpTrigger] binds an HttpRequest, not {parameter.ParameterType.Name}."),
            parameter => HttpArgument.Of(parameter, fromRoute: route.GetParameter(parameter.Name!) is not null));
        if (method.ResultType?.FullName is { } result
            && (result.StartsWith("Microsoft.AspNetCore.Mvc.", StringComparison.Ordinal) || result.StartsWith(WorkerNamespace, StringComparison.Ordinal)))
            throw new NotSupportedException($"it returns {method.ResultType.Name}; return an IResult.");
        return new HttpFunction(method, route, trigger.Methods ?? []);
    }

    private QueueFunction QueueFunctionOf(QueueTriggerAttribute trigger, Planner plan)
    {
        if (trigger.Connection is { Length: > 0 } connection && connection != "AzureWebJobsStorage")
            throw new NotSupportedException($"its queue is in storage '{connection}'; only AzureWebJobsStorage is supported.");
        var method = WithoutResult(plan(parameter => parameter.ParameterType switch
        {
            var type when type == typeof(BinaryData) => TheTrigger<BinaryData>(parameter),
            var type when type == typeof(string) => invocation => ((BinaryData)invocation.Trigger).ToString(),
            { Namespace: { } space } type when space.StartsWith("Azure.", StringComparison.Ordinal) => throw new NotSupportedException(
                $"[QueueTrigger] binds a string, a BinaryData or a type read from JSON, not {type.Name}."),
            var type => invocation => JsonSerializer.Deserialize((BinaryData)invocation.Trigger, type, MessageJson),
        }));
        return new QueueFunction(method, Resolve(trigger.QueueName));
    }

    private TimerFunction TimerFunctionOf(TimerTriggerAttribute trigger, Planner plan)
    {
        var schedule = TimerSchedule.Parse(Resolve(trigger.Schedule));
        return new TimerFunction(WithoutResult(plan(TheTrigger<TimerInfo>)), schedule, trigger.UseMonitor, trigger.RunOnStartup);
    }

    private static FunctionMethod WithoutResult(FunctionMethod method) => method.ResultType is null
        ? method
        : throw new NotSupportedException($"it returns {method.ResultType.Name}, and nobody would receive it.");

    private static Func<FunctionCall, object?>? Shared(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CancellationToken) ? invocation => invocation.Cancellation
        : WorkerAttribute(parameter) is DurableClientAttribute { TaskHub: null, ConnectionName: null } && parameter.ParameterType == typeof(DurableTaskClient)
            ? invocation => invocation.Services.GetRequiredService<DurableEngine>().Client
        : null;

    private static Func<FunctionCall, object?> Unbound(ParameterInfo parameter) =>
        throw new NotSupportedException($"nothing binds its parameter '{parameter.ParameterType.Name} {parameter.Name}'.");

    private static Func<FunctionCall, object?> TheTrigger<T>(ParameterInfo parameter) => parameter.ParameterType == typeof(T)
        ? invocation => invocation.Trigger
        : throw new NotSupportedException($"its trigger binds a {typeof(T).Name}, not {parameter.ParameterType.Name}.");

    private static Func<FunctionCall, object?> ActivityInput(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type.Namespace is WorkerNamespace or "Microsoft.DurableTask")
            throw new NotSupportedException($"[ActivityTrigger] binds the activity's input, not {type.Name}.");
        var absent = type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;
        return invocation => ((ActivityCall)invocation.Trigger).Input is { } json ? JsonDataConverter.Default.Deserialize(json, type) : absent;
    }

    private static Func<FunctionCall, object?> OrchestrationInput(ParameterInfo parameter)
    {
        if (WorkerAttribute(parameter) is not null || parameter.ParameterType.Namespace is WorkerNamespace)
            return Unbound(parameter);
        var read = typeof(FunctionCatalog).GetMethod(nameof(InputOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(parameter.ParameterType)
            .CreateDelegate<Func<TaskOrchestrationContext, object?>>();
        return invocation => read((TaskOrchestrationContext)invocation.Trigger);
    }

    private static object? InputOf<T>(TaskOrchestrationContext context) => context.GetInput<T>();

    private string Resolve(string text) =>
        text is ['%', .. { Length: > 0 } name, '%']
            ? settings[name] ?? throw new NotSupportedException($"there is no setting '{name}'.")
            : text;

    private static Attribute? WorkerAttribute(ParameterInfo parameter) => parameter.GetCustomAttributes().FirstOrDefault(IsWorkers);

    private static bool IsWorkers(Attribute attribute) =>
        attribute.GetType().Namespace is { } space && space.StartsWith(WorkerNamespace, StringComparison.Ordinal);

    private static string NameOf(Attribute attribute) => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
}
