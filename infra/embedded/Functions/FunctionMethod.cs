using System.Reflection;

namespace SocialCard.Embedded.Functions;

/// <summary>
/// A function's method with its plan of invocation: how each parameter gets its value and how the result is awaited. The plan is made once;
/// a call only follows it.
/// </summary>
internal sealed class FunctionMethod
{
    private readonly MethodInvoker invoker;
    private readonly Func<FunctionCall, object?>[] arguments;
    private readonly ObjectFactory? create;
    private readonly Func<object?, Task<object?>> awaitResult;

    public FunctionMethod(string name, MethodInfo method, Func<FunctionCall, object?>[] arguments)
    {
        Name = name;
        this.arguments = arguments;
        invoker = MethodInvoker.Create(method);
        create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        (ResultType, awaitResult) = AwaiterOf(method);
    }

    public string Name { get; }

    /// <summary>The type of the result once awaited; null if the function has none.</summary>
    public Type? ResultType { get; }

    /// <summary>Runs the function in a scope of its own.</summary>
    public async Task<object?> InvokeScopedAsync(IServiceProvider services, object trigger, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        return await InvokeAsync(new FunctionCall(scope.ServiceProvider, trigger, cancellation));
    }

    /// <summary>Runs the function. Nothing here leaves the scheduler of the caller: orchestrators run on one of their own.</summary>
    public Task<object?> InvokeAsync(FunctionCall invocation)
    {
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i](invocation);
        return awaitResult(invoker.Invoke(create?.Invoke(invocation.Services, null), values.AsSpan()));
    }

    private static (Type? Result, Func<object?, Task<object?>> Await) AwaiterOf(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (returned == typeof(void))
            return (null, _ => Task.FromResult<object?>(null));
        if (returned == typeof(Task))
            return (null, AwaitNothing);
        if (!returned.IsGenericType || returned.GetGenericTypeDefinition() != typeof(Task<>))
            return (returned, Task.FromResult);
        var result = returned.GetGenericArguments()[0];
        var awaiter = typeof(FunctionMethod).GetMethod(nameof(AwaitTask), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(result);
        return (result, awaiter.CreateDelegate<Func<object?, Task<object?>>>());
    }

    private static async Task<object?> AwaitNothing(object? task)
    {
        await (Task)task!;
        return null;
    }

    private static async Task<object?> AwaitTask<T>(object? task) => await (Task<T>)task!;
}
