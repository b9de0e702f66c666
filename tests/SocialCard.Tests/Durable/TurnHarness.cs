using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Durable;

/// <summary>
/// One instance without storage. After every turn it is folded anew from its log's text, as after a reload, so every test is a test of
/// replay as well.
/// </summary>
internal sealed class TurnHarness
{
    private const string Orchestrator = "Subject";

    private readonly OrchestrationExecutor executor;

    public TurnHarness(Func<TaskOrchestrationContext, Task<object?>> code)
    {
        Code = code;
        Functions.AddOrchestrator(Orchestrator, context => Code(context));
        executor = new(Functions, JsonDataConverter.Default, NullLoggerFactory.Instance);
    }

    public DurableFunctions Functions { get; } = new();

    /// <summary>The orchestrator's code; a test may deploy other code in between.</summary>
    public Func<TaskOrchestrationContext, Task<object?>> Code { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public Instance? Instance { get; private set; }

    public Instance Subject => Instance ?? throw new InvalidOperationException("There is no instance yet.");

    public Task<InstanceTurn> StartAsync(object? input = null) => TurnAsync(new StartInstance(Orchestrator, null, JsonDataConverter.Default.Serialize(input)));

    public Task<InstanceTurn> RaiseAsync(string name, object? data = null) => TurnAsync(new RaiseEvent(name, JsonDataConverter.Default.Serialize(data)));

    public Task<InstanceTurn> CompleteAsync(string activity, object? result = null)
        => TurnAsync(new ActivityFinished(Pending(activity), JsonDataConverter.Default.Serialize(result), null));

    public Task<InstanceTurn> FailAsync(string activity, Exception exception)
        => TurnAsync(new ActivityFinished(Pending(activity), null, Failure.From(exception)));

    /// <summary>Moves to the next timer and fires what is due then.</summary>
    public Task<InstanceTurn> FireNextTimerAsync()
    {
        Now = Subject.NextTimer ?? throw new InvalidOperationException("No timer is pending.");
        return TurnAsync(new TimersDue());
    }

    public async Task<InstanceTurn> TurnAsync(params Message[] messages)
    {
        InstanceTurn turn = new("subject-1", Instance, Now, defaultVersion: "1.0");
        turn.Accept(messages);
        await turn.RunAsync((instance, newTurn) => Task.FromResult(executor.TakeTurn(instance.Id, instance.History, newTurn)));
        Instance = turn.Instance is null || turn.Deletes ? null : Reload(turn.Instance);
        return turn;
    }

    public PendingActivity Pending(string activity) => Subject.Activities.First(pending => pending.Name == activity);

    public string? Output() => Subject.Output;

    private static Instance Reload(Instance instance)
    {
        Instance reloaded = new(instance.Id, instance.Execution) { Row = new() { HasWork = instance.HasWork } };
        foreach (HistoryEvent record in instance.History)
            reloaded.Append(HistoryText.Read(HistoryText.Write(record)));
        return reloaded;
    }
}
