using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace SocialCard.Functions.Waits;

/// <summary>A page of workflows.</summary>
/// <param name="Items">The workflows, what is due earliest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null where there are no more.</param>
/// <example>
/// {
///   "items": [
///     {
///       "instanceId": "activation-A00000001", "kind": "activation", "subject": {"kind": "card", "key": "A00000001"},
///       "regionCode": "140100", "state": "waiting", "waitsFor": {"reason": "reminder", "due": "2027-07-23T01:00:00Z"},
///       "startedAt": null, "updatedAt": null
///     }
///   ],
///   "next": "20270723010000-activation-A00000001"
/// }
/// </example>
public sealed record WorkflowsView(IReadOnlyList<WorkflowView> Items, string? Next);

/// <summary>A workflow.</summary>
/// <param name="InstanceId">Its name.</param>
/// <param name="Kind">What it accompanies.</param>
/// <param name="Subject">What it belongs to.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
/// <param name="State">Where it stands.</param>
/// <param name="WaitsFor">What it waits for, or waited for last; null where it never has.</param>
/// <param name="StartedAt">Since when it runs; null in lists, which do not ask the workflows themselves.</param>
/// <param name="UpdatedAt">When it was last in a turn; null in lists.</param>
public sealed record WorkflowView(
    string InstanceId,
    WorkflowKind Kind,
    WorkflowSubject Subject,
    string RegionCode,
    WorkflowState State,
    WaitsForView? WaitsFor,
    DateTimeOffset? StartedAt,
    DateTimeOffset? UpdatedAt)
{
    internal static WorkflowView Of(ListedWait listed) => new(
        listed.Wait.InstanceId,
        listed.Wait.Kind,
        listed.Subject,
        listed.RegionCode,
        listed.Wait.State,
        new(listed.Wait.Reason, listed.Wait.Due),
        null,
        null);
}

/// <summary>What a workflow waits for.</summary>
/// <param name="Reason">A stable word.</param>
/// <param name="Due">When that falls due by itself; null where only an event moves the workflow.</param>
public sealed record WaitsForView(string Reason, DateTimeOffset? Due);

/// <summary>A workflow with its history.</summary>
/// <param name="InstanceId">Its name.</param>
/// <param name="Kind">What it accompanies.</param>
/// <param name="Subject">What it belongs to.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
/// <param name="State">Where it stands.</param>
/// <param name="WaitsFor">What it waits for, or waited for last; null where it never has.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="UpdatedAt">When it was last in a turn.</param>
/// <param name="Failure">Why it broke off; null where it did not.</param>
/// <param name="History">What has happened to it since it last went on as new, oldest first.</param>
/// <example>
/// {
///   "instanceId": "activation-A00000001", "kind": "activation", "subject": {"kind": "card", "key": "A00000001"},
///   "regionCode": "140100", "state": "waiting", "waitsFor": {"reason": "reminder", "due": "2027-07-23T01:00:00Z"},
///   "startedAt": "2026-11-24T14:49:44Z", "updatedAt": "2026-11-24T14:49:44Z", "failure": null,
///   "history": [{"at": "2026-11-24T14:49:44Z", "what": "executionStarted", "name": "ActivationOrchestration"}]
/// }
/// </example>
public sealed record WorkflowDetailsView(
    string InstanceId,
    WorkflowKind Kind,
    WorkflowSubject Subject,
    string RegionCode,
    WorkflowState State,
    WaitsForView? WaitsFor,
    DateTimeOffset? StartedAt,
    DateTimeOffset? UpdatedAt,
    WorkflowFailureView? Failure,
    IReadOnlyList<WorkflowHistoryView> History)
{
    internal static WorkflowDetailsView Of(WorkflowInstance found, IReadOnlyList<HistoryEvent> history)
    {
        var instance = found.Instance;
        var status = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<WorkflowStatus>();
        return new(
            instance.InstanceId,
            found.Kind,
            found.Subject,
            found.RegionCode,
            StateOf(instance.RuntimeStatus, status is not null),
            status is null ? null : new(status.Reason, status.Due),
            instance.CreatedAt,
            instance.LastUpdatedAt,
            instance.FailureDetails is { } failure ? new(failure.ErrorType, failure.ErrorMessage) : null,
            [.. history.Select(WorkflowHistoryView.Of).OfType<WorkflowHistoryView>()]);
    }

    private static WorkflowState StateOf(OrchestrationRuntimeStatus status, bool waits) => status switch
    {
        OrchestrationRuntimeStatus.Completed => WorkflowState.Completed,
        OrchestrationRuntimeStatus.Failed => WorkflowState.Failed,
        OrchestrationRuntimeStatus.Terminated => WorkflowState.Terminated,
        _ => waits ? WorkflowState.Waiting : WorkflowState.Running,
    };
}

/// <summary>Why a workflow broke off.</summary>
/// <param name="Type">The type of the fault.</param>
/// <param name="Message">What it says; it holds no personal data.</param>
public sealed record WorkflowFailureView(string Type, string Message);

/// <summary>Something that happened to a workflow.</summary>
/// <param name="At">When.</param>
/// <param name="What">What, as the Durable Task Framework calls it.</param>
/// <param name="Name">The workflow, activity or event; null where there is none.</param>
public sealed record WorkflowHistoryView(DateTimeOffset At, string What, string? Name)
{
    internal static WorkflowHistoryView? Of(HistoryEvent happened) =>
        happened.EventType is EventType.OrchestratorStarted or EventType.OrchestratorCompleted ? null : new(
            new(DateTime.SpecifyKind(happened.Timestamp, DateTimeKind.Utc)),
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(happened.EventType.ToString()),
            happened switch
            {
                ExecutionStartedEvent started => started.Name,
                TaskScheduledEvent scheduled => scheduled.Name,
                EventRaisedEvent raised => raised.Name,
                _ => null,
            });
}

/// <summary>What operations have done to a workflow.</summary>
/// <param name="InstanceId">Its name.</param>
/// <param name="State">Where it stands after that.</param>
/// <example>
/// {"instanceId": "activation-A00000001", "state": "terminated"}
/// </example>
public sealed record WorkflowInterventionView(string InstanceId, WorkflowState State);
