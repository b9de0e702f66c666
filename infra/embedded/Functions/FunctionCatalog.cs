using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
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
internal sealed class FunctionCatalog(IConfiguration settings, string routePrefix)
{
    private delegate Func<FunctionCall, object?> Binder(ParameterInfo parameter);

    private const string WorkerNamespace = "Microsoft.Azure.Functions.Worker";

    /// <summary>The worker's own way to read a queue message into a type.</summary>
    private static readonly JsonSerializerOptions MessageJson = new() { PropertyNameCaseInsensitive = true };

    public List<HttpFunction> Http { get; } = [];
    public List<QueueFunction> Queues { get; } = [];
    public List<TimerFunction> Timers { get; } = [];
    public List<FunctionMethod> Orchestrators { get; } = [];
    public List<FunctionMethod> Activities { get; } = [];

    /// <param name="types">The types that may have functions.</param>
    /// <param name="settings">Where <c>%Name%</c> in a queue's name or a schedule is looked up.</param>
    /// <param name="routePrefix">What every HTTP route begins with.</param>
    /// <exception cref="HostStartException">A function has a signature that this host does not run; the message names it.</exception>
    public static FunctionCatalog Load(IEnumerable<Type> types, IConfiguration settings, string routePrefix)
    {
        var catalog = new FunctionCatalog(settings, routePrefix);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in types.SelectMany(type => type.GetMethods(own)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            {
                continue;
            }

            try
            {
                if (!names.Add(function.Name))
                {
                    throw new NotSupportedException("another function has this name.");
                }

                catalog.Add(function.Name, method);
            }
            catch (Exception fault)
                when (fault is NotSupportedException or FormatException or RoutePatternException or InvalidOperationException)
            {
                throw new HostStartException(
                    $"Function {function.Name} ({method.DeclaringType!.Name}.{method.Name}) cannot run here: {ConsoleLine.Of(fault.Message)}",
                    fault);
            }
        }

        return catalog;
    }

    /// <summary>Hands orchestrators and activities to the durable engine.</summary>
    public DurableFunctions ToDurableFunctions(IServiceProvider services)
    {
        var durable = new DurableFunctions();
        // No scope: an orchestrator that waits for months would keep it open. Its class may ask for singletons, and it does no I/O.
        foreach (var orchestrator in Orchestrators)
        {
            durable.AddOrchestrator(
                orchestrator.Name, async context => await orchestrator.InvokeAsync(new FunctionCall(services, context, default)));
        }

        foreach (var activity in Activities)
        {
            durable.AddActivity(activity.Name, (call, cancellation) => activity.InvokeScopedAsync(services, call, cancellation));
        }

        return durable;
    }

    private void Add(string name, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition)
        {
            throw new NotSupportedException("it is generic.");
        }

        if (method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType == typeof(void))
        {
            throw new NotSupportedException("it is 'async void', whose end nobody can await.");
        }

        if (method.ReturnType.FullName is { } type && type.StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal))
        {
            throw new NotSupportedException("it returns a ValueTask; return a Task.");
        }

        if (method.GetCustomAttributes().FirstOrDefault(a => IsWorkers(a) && a is not FunctionAttribute) is { } unknown)
        {
            throw new NotSupportedException($"[{NameOf(unknown)}] is not supported.");
        }

        var parameters = method.GetParameters();
        var triggers = parameters.Where(parameter => WorkerAttribute(parameter) is TriggerBindingAttribute).ToArray();
        if (triggers.Length != 1)
        {
            throw new NotSupportedException($"it needs exactly one trigger and has {triggers.Length}.");
        }

        var trigger = triggers[0];

        FunctionMethod Plan(Binder bind, Binder? bindOther = null) => new(name, method,
            [
                .. parameters.Select(one => one == trigger
                    ? bind(one)
                    : Cancellation(one) ?? (WorkerAttribute(one) is null ? bindOther ?? Unbound : Unbound)(one)),
            ]);

        switch (WorkerAttribute(trigger))
        {
            case HttpTriggerAttribute http:
                Http.Add(HttpFunctionOf(http, Plan, name));
                break;
            case QueueTriggerAttribute queue:
                if (queue.Connection is not (null or "" or "AzureWebJobsStorage"))
                {
                    throw new NotSupportedException($"its queue is in storage '{queue.Connection}'; only AzureWebJobsStorage is served.");
                }

                Queues.Add(new QueueFunction(WithoutResult(Plan(Message)), Resolve(queue.QueueName)));
                break;
            case TimerTriggerAttribute timer:
                var schedule = TimerSchedule.Parse(Resolve(timer.Schedule));
                Timers.Add(new TimerFunction(WithoutResult(Plan(TheTrigger<TimerInfo>)), schedule, timer.UseMonitor, timer.RunOnStartup));
                break;
            case OrchestrationTriggerAttribute orchestration:
                name = orchestration.Orchestration ?? name;
                Orchestrators.Add(Plan(TheTrigger<TaskOrchestrationContext>, OrchestrationInput));
                break;
            case ActivityTriggerAttribute activity:
                name = activity.Activity ?? name;
                Activities.Add(Plan(ActivityInput));
                break;
            case { } attribute:
                throw new NotSupportedException($"[{NameOf(attribute)}] is not supported.");
        }
    }

    private HttpFunction HttpFunctionOf(HttpTriggerAttribute trigger, Func<Binder, Binder?, FunctionMethod> plan, string name)
    {
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
        {
            throw new NotSupportedException(
                $"it asks for authorization level {trigger.AuthLevel}, and there are no function keys; use Anonymous.");
        }

        var route = RoutePatternFactory.Parse(
            string.Join('/', new[] { routePrefix, trigger.Route ?? name }.Where(part => part.Length > 0)));
        var method = plan(
            parameter => parameter.ParameterType == typeof(HttpRequest)
                ? invocation => ((HttpContext)invocation.Trigger).Request
                : throw new NotSupportedException($"[HttpTrigger] binds an HttpRequest, not {parameter.ParameterType.Name}."),
            parameter => HttpArgument.Of(parameter, fromRoute: route.GetParameter(parameter.Name!) is not null));
        if (method.ResultType?.FullName is { } result
            && (result.StartsWith("Microsoft.AspNetCore.Mvc.", StringComparison.Ordinal)
                || result.StartsWith(WorkerNamespace, StringComparison.Ordinal)))
        {
            throw new NotSupportedException($"it returns {method.ResultType.Name}; return an IResult.");
        }

        return new HttpFunction(method, route, trigger.Methods ?? []);
    }

    private static Func<FunctionCall, object?> Message(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(BinaryData) => invocation => invocation.Trigger,
        var type when type == typeof(string) => invocation => ((BinaryData)invocation.Trigger).ToString(),
        { Namespace: { } space } type when space.StartsWith("Azure.", StringComparison.Ordinal) =>
            throw new NotSupportedException($"[QueueTrigger] binds a string, a BinaryData or a type read from JSON, not {type.Name}."),
        var type => invocation => JsonSerializer.Deserialize((BinaryData)invocation.Trigger, type, MessageJson),
    };

    private static FunctionMethod WithoutResult(FunctionMethod method) => method.ResultType is null
        ? method
        : throw new NotSupportedException($"it returns {method.ResultType.Name}, and nobody would receive it.");

    private static Func<FunctionCall, object?>? Cancellation(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CancellationToken) ? invocation => invocation.Cancellation : null;

    private static Func<FunctionCall, object?> Unbound(ParameterInfo parameter) =>
        throw new NotSupportedException($"nothing binds its parameter '{parameter.ParameterType.Name} {parameter.Name}'.");

    private static Func<FunctionCall, object?> TheTrigger<T>(ParameterInfo parameter) => parameter.ParameterType == typeof(T)
        ? invocation => invocation.Trigger
        : throw new NotSupportedException($"its trigger binds a {typeof(T).Name}, not {parameter.ParameterType.Name}.");

    private static Func<FunctionCall, object?> ActivityInput(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type.Namespace is WorkerNamespace or "Microsoft.DurableTask")
        {
            throw new NotSupportedException($"[ActivityTrigger] binds the activity's input, not {type.Name}.");
        }

        var absent = type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;
        return invocation => ((ActivityCall)invocation.Trigger).Input is { } json
            ? JsonDataConverter.Default.Deserialize(json, type)
            : absent;
    }

    private static Func<FunctionCall, object?> OrchestrationInput(ParameterInfo parameter)
    {
        if (parameter.ParameterType.Namespace is WorkerNamespace)
        {
            return Unbound(parameter);
        }

        var read = typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!;
        var invoker = MethodInvoker.Create(read.MakeGenericMethod(parameter.ParameterType));
        return invocation => invoker.Invoke(invocation.Trigger);
    }

    private string Resolve(string text) =>
        text is ['%', .. { Length: > 0 } name, '%']
            ? settings[name] ?? throw new NotSupportedException($"there is no setting '{name}'.")
            : text;

    private static Attribute? WorkerAttribute(ParameterInfo parameter) => parameter.GetCustomAttributes().FirstOrDefault(IsWorkers);

    private static bool IsWorkers(Attribute attribute) =>
        attribute.GetType().Namespace is { } space && space.StartsWith(WorkerNamespace, StringComparison.Ordinal);

    private static string NameOf(Attribute attribute) => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal);
}
