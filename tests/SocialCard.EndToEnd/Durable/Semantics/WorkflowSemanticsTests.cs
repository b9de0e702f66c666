using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SocialCard.Embedded.Functions;

namespace SocialCard.EndToEnd.Durable.Semantics;

/// <summary>
/// What workflows promise, whatever stores them: each provider is held to the same tests. The framework's provider is the one of the Azure
/// deployment, so where the two differ, ours is wrong.
/// </summary>
public abstract partial class WorkflowSemanticsTests(WorkflowProvider provider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Letters, Chinese ones and one outside the first plane, signs that JSON escapes.</summary>
    private const string Mixed = "a card, 社保卡, \"𠮷\" \\ and a hundred more letters of plain text";

    private DurableTaskClient Client => provider.Client;

    /// <summary>Adds what the tests run; the engine must know all of it before it starts.</summary>
    internal static void Register(DurableFunctions functions)
    {
        AddCalls(functions);
        AddEvents(functions);
        AddTimers(functions);
        AddSubOrchestrations(functions);
        AddContinuations(functions);
        AddFailures(functions);
        AddPayloads(functions);
        AddInstances(functions);
    }

    private static string NewId(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>Starts an instance and waits until it has begun: the backend of Azure may drop an event that overtakes the start.</summary>
    private async Task<string> StartAsync(string orchestrator, object? input = null, StartOrchestrationOptions? options = null)
    {
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options ?? new(NewId(orchestrator)))
            .WaitAsync(Patience);
        if (options?.StartAt is null)
        {
            await WhenAsync(id, instance => instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending);
        }

        return id;
    }

    private async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null) =>
        await EndAsync(await StartAsync(orchestrator, input));

    /// <summary>Waits for the end; Azure's backend itself looks every two seconds only.</summary>
    private Task<OrchestrationMetadata> EndAsync(string instanceId) => WhenAsync(instanceId, instance => instance.IsCompleted);

    /// <summary>Waits until an instance is as described.</summary>
    private async Task<OrchestrationMetadata> WhenAsync(string instanceId, Func<OrchestrationMetadata, bool> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            OrchestrationMetadata? found = await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, patience.Token);
            if (found is not null && condition(found))
            {
                return found;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private Task<OrchestrationMetadata> WhenAsync(string instanceId, OrchestrationRuntimeStatus status) =>
        WhenAsync(instanceId, instance => instance.RuntimeStatus == status);

    /// <summary>Waits until the code has set a custom status.</summary>
    private Task<OrchestrationMetadata> WhenAtAsync(string instanceId, string status) =>
        WhenAsync(instanceId, instance => instance.SerializedCustomStatus == $"\"{status}\"");

    /// <summary>
    /// What an instance has failed with. The backend of Azure tells clients type and message in one text; only parents hear more.
    /// </summary>
    private static string FailureOf(OrchestrationMetadata end)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.FailureDetails is { } failure ? $"{failure.ErrorType}: {failure.ErrorMessage}" : end.SerializedOutput!;
    }

    private async Task<List<OrchestrationMetadata>> ListAsync(OrchestrationQuery query)
    {
        List<OrchestrationMetadata> found = [];
        await foreach (OrchestrationMetadata instance in Client.GetAllInstancesAsync(query))
        {
            found.Add(instance);
        }

        return found;
    }
}
