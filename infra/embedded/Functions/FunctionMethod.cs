using System.Reflection;

namespace SocialCard.Embedded.Functions;

/// <summary>One call of a function: what fired it and what its parameters may ask for.</summary>
/// <param name="Services">The scope of the call.</param>
/// <param name="Trigger">What the trigger hands over: an HttpContext, a message's body, a TimerInfo, a context or an activity call.</param>
/// <param name="Cancellation">Signalled when nobody waits for the outcome any more.</param>
internal readonly record struct FunctionCall(IServiceProvider Services, object Trigger, CancellationToken Cancellation);

/// <summary>
/// A function's method with its plan of invocation: how each parameter gets its value and how the result is awaited. The plan is made once;
/// a call only follows it.
/// </summary>
internal sealed class FunctionMethod(string name, MethodInfo method, Func<FunctionCall, object?>[] arguments)
{
    private readonly MethodInvoker invoker = MethodInvoker.Create(method);
    private readonly ObjectFactory? create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);

    // Of a Task<T>; a Task has none.
    private readonly PropertyInfo? taskResult = method.ReturnType.GetProperty(nameof(Task<>.Result));

    public string Name => name;

    /// <summary>The type of the result once awaited; null if the function has none.</summary>
    public Type? ResultType { get; } = method.ReturnType == typeof(void) || method.ReturnType == typeof(Task) ? null
        : method.ReturnType.IsAssignableTo(typeof(Task)) ? method.ReturnType.GetGenericArguments()[0]
        : method.ReturnType;

    /// <summary>Runs the function in a scope of its own.</summary>
    public async Task<object?> InvokeScopedAsync(IServiceProvider services, object trigger, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        return await InvokeAsync(new FunctionCall(scope.ServiceProvider, trigger, cancellation));
    }

    /// <summary>Runs the function. Nothing here leaves the scheduler of the caller: orchestrators run on one of their own.</summary>
    public async Task<object?> InvokeAsync(FunctionCall call)
    {
        var values = Array.ConvertAll(arguments, argument => argument(call));
        var returned = invoker.Invoke(create?.Invoke(call.Services, null), values.AsSpan());
        if (returned is not Task task)
        {
            return returned;
        }

        await task;
        return taskResult?.GetValue(task);
    }
}
