using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SocialCard.Functions.Workflows;

/// <summary>Gives each invocation the client of workflows that the Functions host has sent with it.</summary>
internal sealed class WorkflowClientMiddleware(WorkflowClient workflows) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.FunctionDefinition.InputBindings.TryGetValue(WorkflowClientBinding.BindingName, out var binding))
        {
            // Before the function: a change whose workflow cannot be told is better not made.
            workflows.Current = (await context.BindInputAsync<DurableTaskClient>(binding)).Value
                ?? throw new InvalidOperationException($"What the host sends as {binding.Name} makes no client of workflows.");
        }

        await next(context);
    }
}

/// <summary>Where the worker of a Functions host gets <see cref="WorkflowClient.Current"/>.</summary>
internal static class WorkflowClientRegistration
{
    public static void UseWorkflowClient(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IFunctionMetadataTransformer, WorkflowClientBinding>();
        // First: others take the host's text for JSON of the type itself, and fail.
        builder.Services.Configure<WorkerOptions>(options => options.InputConverters.RegisterAt<WorkflowClientConverter>(0));
        builder.UseMiddleware<WorkflowClientMiddleware>();
    }
}
