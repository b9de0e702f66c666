using System.Text.Json;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using SocialCard.Embedded.Functions;

namespace SocialCard.Embedded.Durable;

/// <summary>The functions as the framework asks for them, a new shim for every run. A name without code fails whoever called it.</summary>
internal sealed class FunctionShims(
    DurableFunctions functions, DurableTaskShimFactory shims, DataConverter converter, ILoggerFactory loggers, CancellationToken stopping)
    : INameVersionObjectManager<TaskOrchestration>, INameVersionObjectManager<TaskActivity>
{
    TaskOrchestration INameVersionObjectManager<TaskOrchestration>.GetObject(string name, string? version)
    {
        var run = functions.Orchestrator(name);
        return shims.CreateOrchestration<object, object>(
            name, (context, input) => run(new OrchestratorContext(context, Text(input), converter, loggers)));
    }

    TaskActivity INameVersionObjectManager<TaskActivity>.GetObject(string name, string? version)
    {
        var run = functions.Activity(name);
        return shims.CreateActivity<object, object>(
            name, (context, input) => run(new(context.Name, context.InstanceId, Text(input)), stopping));
    }

    public void Add(ObjectCreator<TaskOrchestration> creator) => throw new NotSupportedException("Functions are added to the catalog.");

    public void Add(ObjectCreator<TaskActivity> creator) => throw new NotSupportedException("Functions are added to the catalog.");

    private static string? Text(object? input) => ((JsonElement?)input)?.GetRawText();
}
