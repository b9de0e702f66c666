using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Embedded.Durable;

namespace SocialCard.Tests.Histories;

/// <summary>
/// What an execution of an orchestration left in the storage of a running service: the instance in the first line, then a record a
/// line. A release must go on with whatever its predecessors left.
/// </summary>
internal sealed record RecordedHistory(string InstanceId, IReadOnlyList<HistoryEvent> Records)
{
    private const string Prefix = "Histories/";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RecordedHistory).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The orchestrations of the code, by name.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> Orchestrations { get; } = typeof(SocialCardJson).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public ExecutionStarted Start => Records.OfType<ExecutionStarted>().First();

    public static RecordedHistory Read(string name)
    {
        using var stream = typeof(RecordedHistory).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(lines[0], [.. lines[1..].Select(HistoryText.Read)]);
    }

    /// <summary>An executor of the code as it is now, or of other code under the same names.</summary>
    public static OrchestrationExecutor Executor(Func<TaskOrchestrationContext, Task>? other = null)
    {
        var functions = new DurableFunctions();
        foreach (var (name, method) in Orchestrations)
        {
            var code = other ?? method.CreateDelegate<Func<TaskOrchestrationContext, Task>>();
            functions.AddOrchestrator(name, async context =>
            {
                await code(context);
                return null;
            });
        }

        return new(functions, JsonDataConverter.Default, NullLoggerFactory.Instance);
    }

    /// <summary>Takes each turn again: what the code did then, with what it does now.</summary>
    public IEnumerable<(IReadOnlyList<HistoryEvent> Turn, TurnOutcome Now)> Replay(OrchestrationExecutor executor)
    {
        var starts = Records.Index().Where(record => record.Item is TurnStarted).Select(record => record.Index).ToList();
        foreach (var (start, end) in starts.Zip([.. starts.Skip(1), Records.Count]))
        {
            var turn = Records.Skip(start).Take(end - start).ToList();
            yield return (turn, executor.TakeTurn(InstanceId, [.. Records.Take(start), .. turn.Where(IsGiven)], start));
        }
    }

    /// <summary>What the code does when the timer that it waits for fires; null where it waits for none.</summary>
    public TurnOutcome? GoOn(OrchestrationExecutor executor)
    {
        var over = Records.OfType<TimerFired>().Select(timer => timer.Id).Concat(Records.OfType<TimerCanceled>().Select(timer => timer.Id)).ToHashSet();
        return Records.OfType<TimerCreated>().FirstOrDefault(timer => !over.Contains(timer.Id)) is { } open && !Records.OfType<ExecutionCompleted>().Any()
            ? executor.TakeTurn(InstanceId, [.. Records, new TurnStarted(open.FireAt), new TimerFired(open.Id)], Records.Count)
            : null;
    }

    // What came in at a turn; what the code made of it is what is compared.
    private static bool IsGiven(HistoryEvent record) => record is not (OrchestratorCall or ExecutionCompleted or CustomStatusSet);
}
