using Microsoft.DurableTask.Client;
using SocialCard.Domain.BankSuccessions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Workflows;

namespace SocialCard.Functions.Waits;

/// <summary>
/// The workflows: what is waited for, by kind and day, and one with its history. A bureau sees what is its region's. Operations end one, or
/// start it again; both stand on the timeline of what it belongs to, with who and why.
/// </summary>
[Tags("Operations")]
public sealed class WorkflowTriggers(
    PlainApi api,
    Api<Card> cards,
    Api<ElectronicCard> electronicCards,
    Api<Employer> employers,
    Api<SuccessionRegister> successions,
    WorkflowInstances instances,
    WaitList list,
    RegionPolicies regions)
{
    private const string Route = ApiRoute.V1 + "operations/workflows";
    private const int Page = 100;

    /// <summary>
    /// Lists workflows by when what they wait for falls due, earliest first: those that wait, or those that were found failed or were
    /// terminated. Of those that run and those that are over the one is known by its name.
    /// </summary>
    [Function(nameof(GetWorkflows))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau)]
    [Query("kind", "What they accompany.", Form = typeof(WorkflowKind))]
    [Query("state", "Whether they wait, as they do unless it says otherwise, or failed, or were terminated.", Form = typeof(WorkflowState))]
    [Query("cardNumber", "Only those of a card.", Pattern = @"^[0-9A-Z]{9}\z")]
    [Query("region", "Only what is there or below, by GB/T 2260.", Pattern = @"^[0-9]{6}\z")]
    [Query("dueUntil", "Only what is due before this instant.", Pattern = InstantForm)]
    [Query("after", "Only what comes after this, which a page before gave.", Pattern = WaitList.CursorForm)]
    public Task<Results<Ok<WorkflowsView>, NotModified, ProblemHttpResult>> GetWorkflows(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        api.ReadAsync(request, (caller, token) => ListAsync(request, caller, token), cancellation);

    /// <summary>Reads a workflow with its history since it last went on as new.</summary>
    [Function(nameof(GetWorkflow))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau)]
    [Refuses("workflow-not-found")]
    public Task<Results<Ok<WorkflowDetailsView>, NotModified, ProblemHttpResult>> GetWorkflow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route + "/{instanceId}")] HttpRequest request,
        string instanceId, CancellationToken cancellation) =>
        api.ReadAsync<WorkflowDetailsView>(
            request,
            async (caller, token) => await instances.FindAsync(instanceId, caller, token) is { } found
                ? WorkflowDetailsView.Of(found, await instances.HistoryAsync(instanceId, token))
                : Problems.Refused(WorkflowRefusals.NotFound),
            cancellation);

    /// <summary>Ends a workflow before it is over.</summary>
    [Function(nameof(TerminateWorkflow))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Body(typeof(ReasonRequest))]
    [Refuses("workflow-ended", "workflow-not-found")]
    public Task<Results<Ok<WorkflowInterventionView>, ProblemHttpResult>> TerminateWorkflow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{instanceId}/termination")] HttpRequest request,
        string instanceId, CancellationToken cancellation) =>
        InterveneAsync(
            request,
            instanceId,
            (found, reason) => found.IsCompleted ? (WorkflowRefusals.Ended, null) : (null, new WorkflowTerminated(instanceId, reason)),
            WorkflowState.Terminated,
            nameof(TerminateWorkflow),
            cancellation);

    /// <summary>Starts a workflow again, with the input that it had, that has failed or was terminated.</summary>
    [Function(nameof(RestartWorkflow))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Body(typeof(ReasonRequest))]
    [Refuses("workflow-not-found", "workflow-not-stopped")]
    public Task<Results<Ok<WorkflowInterventionView>, ProblemHttpResult>> RestartWorkflow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{instanceId}/restart")] HttpRequest request,
        string instanceId, CancellationToken cancellation) =>
        InterveneAsync(
            request,
            instanceId,
            (found, reason) => found.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated
                ? (null, new WorkflowRestarted(instanceId, reason)) : (WorkflowRefusals.NotStopped, null),
            WorkflowState.Waiting,
            nameof(RestartWorkflow),
            cancellation);

    /// <summary>The form of an instant in a query.</summary>
    internal const string InstantForm =
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})\z";

    private async Task<Reply<WorkflowsView>> ListAsync(HttpRequest request, Partner caller, CancellationToken cancellation)
    {
        var query = new WaitQuery(request, caller, regions);
        var (kind, state) = (query.Kind(), query.State());
        var (card, after) = (query.Card(), query.After());
        var until = query.Instant("dueUntil");
        var scope = card is { } number ? WaitList.ScopeOf(new(SubjectKind.Card, number.Value)) : query.Scope();
        if (query.Problem is { } problem)
        {
            return problem;
        }

        // A card's list is of all kinds.
        var (items, next) = await list.ReadAsync(scope, state, card is null ? kind : null, after, until, Page, cancellation);
        return new WorkflowsView(
            [
                .. items.Where(item => caller.Covers(item.RegionCode) && (kind is null || item.Wait.Kind == kind)).Select(WorkflowView.Of),
            ],
            next);
    }

    private async Task<Results<Ok<WorkflowInterventionView>, ProblemHttpResult>> InterveneAsync(
        HttpRequest request,
        string instanceId,
        Func<OrchestrationMetadata, Reason, (Refusal? Refusal, DomainEvent? Event)> intervene,
        WorkflowState becomes,
        string function,
        CancellationToken cancellation)
    {
        var admission = await api.AdmitAsync(request, cancellation, function);
        return admission.Value is not { } caller ? admission.Problem!
            : await instances.FindAsync(instanceId, caller, cancellation) is not { } found ? Problems.Refused(WorkflowRefusals.NotFound)
            : await (found.Subject.Kind switch
            {
                SubjectKind.Card => OnAsync(cards),
                SubjectKind.ElectronicCard => OnAsync(electronicCards),
                SubjectKind.Employer => OnAsync(employers),
                _ => OnAsync(successions),
            });

        Task<Results<Ok<WorkflowInterventionView>, ProblemHttpResult>> OnAsync<TState>(Api<TState> of)
            where TState : class, IAggregate<TState> =>
            of.Command<ReasonRequest>(request, found.Subject.Key, function)
                .Decide((state, context, _) => intervene(found.Instance, context.Body.Reason) is (null, { } happened)
                    ? Decision.Changed(state, happened) : intervene(found.Instance, context.Body.Reason).Refusal!)
                .OkAsync(_ => new WorkflowInterventionView(instanceId, becomes), cancellation);
    }
}
