using System.Reflection;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded.Durable;
using SocialCard.Embedded.Durable.AzureStorage;
using SocialCard.Embedded.Durable.Embedded;
using SocialCard.Embedded.Functions;
using SocialCard.Functions;

namespace SocialCard.Tests.Histories;

/// <summary>
/// What an execution of an orchestration left in the storage of a running service, in the framework's own JSON: what its clients give as an
/// instance's history, of whichever backend. A release must go on with whatever its predecessors left.
/// </summary>
internal sealed record RecordedHistory(IReadOnlyList<HistoryEvent> Events, TimeSpan LongestTimer)
{
    private const string Prefix = "Histories/";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RecordedHistory).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The orchestrations of the code, by name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Orchestrations { get; } = typeof(SocialCardServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public ExecutionStartedEvent Start => Events.OfType<ExecutionStartedEvent>().First();

    public static RecordedHistory Read(string name)
    {
        using var stream = typeof(RecordedHistory).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        var longest = name.Contains("-embedded-", StringComparison.Ordinal) ? TimeSpan.MaxValue : AzureStorageProvider.LongestTimer;
        return new(HistoryText.Read<List<HistoryEvent>>(reader.ReadToEnd()), longest);
    }

    /// <summary>Takes each turn again, with the code as it is now or with other code under the same names.</summary>
    /// <returns>For each turn the calls that are recorded and those that are made now, as text.</returns>
    public IEnumerable<(IReadOnlyList<string> Recorded, IReadOnlyList<string> Now)> Replay(
        Func<TaskOrchestrationContext, Task>? other = null)
    {
        var starts = Events.Index()
            .Where(happened => happened.Item is OrchestratorStartedEvent).Select(happened => happened.Index).ToList();
        foreach (var (start, end) in starts.Zip([.. starts.Skip(1), Events.Count]))
        {
            var turn = Events.Skip(start).Take(end - start).ToList();
            if (turn is not [OrchestratorStartedEvent, OrchestratorCompletedEvent])
            {
                yield return (
                    [.. turn.Select(CallOf).OfType<string>()],
                    TakeTurn(Events.Take(start), turn.Where(happened => CallOf(happened) is null), other));
            }
        }
    }

    /// <summary>What the code does when the timer that it waits for fires; null where it waits for none.</summary>
    public IReadOnlyList<string>? GoOn()
    {
        var over = Events.OfType<TimerFiredEvent>().Select(timer => timer.TimerId).ToHashSet();
        return Events.OfType<TimerCreatedEvent>()
            .LastOrDefault(timer => !over.Contains(timer.EventId)) is { } open && !Events.OfType<ExecutionCompletedEvent>().Any()
            ? TakeTurn(
                Events,
                [
                    new OrchestratorStartedEvent(-1) { Timestamp = open.FireAt },
                    new TimerFiredEvent(-1) { TimerId = open.EventId, FireAt = open.FireAt }
                ],
                null)
            : null;
    }

    private List<string> TakeTurn(
        IEnumerable<HistoryEvent> past, IEnumerable<HistoryEvent> given, Func<TaskOrchestrationContext, Task>? other)
    {
        var functions = new DurableFunctions();
        var code = other ?? Orchestrations[Start.Name].CreateDelegate<Func<TaskOrchestrationContext, Task>>();
        functions.AddOrchestrator(Start.Name, async context =>
        {
            await code(context);
            return null;
        });
        var shims = new FunctionShims(
            functions,
            new DurableTaskShimFactory(new DurableTaskWorkerOptions { MaximumTimerInterval = LongestTimer }),
            JsonDataConverter.Default,
            NullLoggerFactory.Instance,
            default);
        var state = new OrchestrationRuntimeState([.. past]);
        foreach (var happened in given)
        {
            state.AddEvent(happened);
        }

        if (state.ExecutionStartedEvent is null)
        {
            throw new NonDeterministicOrchestrationException(0, "The history does not begin with a start.");
        }

        var executor = new TaskOrchestrationExecutor(
            state,
            ((INameVersionObjectManager<TaskOrchestration>)shims).GetObject(Start.Name, Start.Version)!,
            BehaviorOnContinueAsNew.Carryover,
            ErrorPropagationMode.UseFailureDetails);
        return [.. executor.Execute().Actions.Select(CallOf)];
    }

    /// <summary>What the code called for, as it is recorded; null for what came in.</summary>
    private static string? CallOf(HistoryEvent happened) => happened switch
    {
        TaskScheduledEvent task => $"{task.EventId} activity {task.Name}",
        TimerCreatedEvent timer => $"{timer.EventId} timer {timer.FireAt:O}",
        SubOrchestrationInstanceCreatedEvent child => $"{child.EventId} sub-orchestration {child.Name}",
        EventSentEvent sent => $"{sent.EventId} event {sent.Name}",
        ExecutionCompletedEvent end => $"end {end.OrchestrationStatus}",
        _ => null,
    };

    private static string CallOf(OrchestratorAction action) => action switch
    {
        ScheduleTaskOrchestratorAction task => $"{task.Id} activity {task.Name}",
        CreateTimerOrchestratorAction timer => $"{timer.Id} timer {timer.FireAt:O}",
        CreateSubOrchestrationAction child => $"{child.Id} sub-orchestration {child.Name}",
        SendEventOrchestratorAction sent => $"{sent.Id} event {sent.EventName}",
        OrchestrationCompleteOrchestratorAction { OrchestrationStatus: OrchestrationStatus.Failed } end =>
            $"end Failed {end.FailureDetails}",
        OrchestrationCompleteOrchestratorAction end => $"end {end.OrchestrationStatus}",
        _ => action.OrchestratorActionType.ToString(),
    };
}
