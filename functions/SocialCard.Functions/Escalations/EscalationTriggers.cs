namespace SocialCard.Functions.Escalations;

/// <summary>What operations must look at: who has taken it, and why it was closed.</summary>
[Tags("Operations")]
public sealed class EscalationTriggers(PlainApi api, Api<EscalationCase> escalations, EscalationList list)
{
    private const string Route = ApiRoute.V1 + "operations/escalations";
    private const string OneRoute = Route + "/{escalationId}";
    private const int Page = 100;

    /// <summary>Lists escalations by where they stand, the oldest first.</summary>
    [Function(nameof(GetEscalations))]
    [Callers(PartnerRole.Operations)]
    [Query("state", "Where they stand; open unless it says otherwise.", Form = typeof(EscalationState))]
    [Query("after", "Only what comes after this, which a page before gave.", Pattern = EscalationList.CursorForm)]
    public Task<Results<Ok<EscalationsView>, NotModified, ProblemHttpResult>> GetEscalations(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        api.ReadAsync<EscalationsView>(
            request,
            async (_, token) =>
            {
                var (state, after) = (EscalationState.Open, (string?)request.Query["after"]);
                var errors = new FieldErrors()
                    .Require(
                        "state",
                        !request.Query.ContainsKey("state") || PageQuery.TryRead(request, "state", out state),
                        "One of open, taken, closed.")
                    .Require(
                        "after",
                        after is null || EscalationList.IsCursor(after),
                        "The cursor of an escalation, as the page before gave it.");
                if (errors.Problem is { } invalid)
                {
                    return invalid;
                }

                var (items, next) = await list.ReadAsync(state, after, Page, token);
                return new EscalationsView([.. items.Select(EscalationView.Of)], next);
            },
            cancellation);

    /// <summary>Reads an escalation.</summary>
    [Function(nameof(GetEscalation))]
    [Callers(PartnerRole.Operations)]
    [Refuses("escalation-not-found")]
    public Task<Results<Ok<EscalationView>, NotModified, ProblemHttpResult>> GetEscalation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = OneRoute)] HttpRequest request,
        string escalationId, CancellationToken cancellation) =>
        escalations.ReadAsync(request, escalationId, EscalationView.Of, cancellation);

    /// <summary>Reads what happened to an escalation, by whom and why, oldest first, paged.</summary>
    [Function(nameof(GetEscalationTimeline))]
    [Callers(PartnerRole.Operations)]
    [Refuses("escalation-not-found")]
    [Query("after", "Only what comes after this number.", Least = 0)]
    [Query("limit", "At most so many.", Least = 1, Most = TimelinePage.Largest)]
    public Task<Results<Ok<TimelineView>, NotModified, ProblemHttpResult>> GetEscalationTimeline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = OneRoute + "/timeline")] HttpRequest request,
        string escalationId, CancellationToken cancellation) =>
        escalations.ReadTimelineAsync(request, escalationId, cancellation);

    /// <summary>Takes an escalation, also from who has it.</summary>
    [Function(nameof(TakeEscalation))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Refuses("escalation-closed", "escalation-not-found")]
    public Task<Results<Ok<EscalationView>, ProblemHttpResult>> TakeEscalation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OneRoute + "/taking")] HttpRequest request,
        string escalationId, CancellationToken cancellation) =>
        escalations.Command(request, escalationId)
            .Decide((state, context, now) => state.Take(context.Caller.Id, now))
            .OkAsync(EscalationView.Of, cancellation);

    /// <summary>Closes an escalation; if it is raised again, it opens again.</summary>
    [Function(nameof(CloseEscalation))]
    [Callers(PartnerRole.Operations)]
    [Proof(Proof.Partner)]
    [Body(typeof(ReasonRequest))]
    [Refuses("escalation-closed", "escalation-not-found")]
    public Task<Results<Ok<EscalationView>, ProblemHttpResult>> CloseEscalation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OneRoute + "/closing")] HttpRequest request,
        string escalationId, CancellationToken cancellation) =>
        escalations.Command<ReasonRequest>(request, escalationId)
            .Decide((state, context, now) => state.Close(context.Caller.Id, context.Body.Reason, now))
            .OkAsync(EscalationView.Of, cancellation);
}

/// <summary>A page of escalations.</summary>
/// <param name="Items">The escalations, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null where there are no more.</param>
/// <example>
/// {
///   "items": [
///     {
///       "escalationId": "0123456789abcdef", "state": "taken",
///       "matter": {
///         "kind": "productionHalted", "regionCode": "320200", "cardNumber": "T00000265", "employerCode": null,
///         "electronicCardId": null, "reissueId": "T00000265fedcba9876543210", "bankId": "bank-icbc"
///       },
///       "openedAt": "2026-11-24T14:49:44Z", "raisedAt": "2026-11-24T14:49:44Z", "times": 1,
///       "takenBy": "operations", "takenAt": "2026-11-24T15:00:00Z", "closedBy": null, "closedAt": null, "reason": null
///     }
///   ],
///   "next": null
/// }
/// </example>
public sealed record EscalationsView(IReadOnlyList<EscalationView> Items, string? Next);

/// <summary>An escalation.</summary>
/// <param name="EscalationId">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Matter">What it is about.</param>
/// <param name="OpenedAt">When it was raised first, or again after it was closed.</param>
/// <param name="RaisedAt">When it was last raised.</param>
/// <param name="Times">How often it was raised.</param>
/// <param name="TakenBy">Who has taken it; null while nobody has.</param>
/// <param name="TakenAt">When.</param>
/// <param name="ClosedBy">Who has closed it, last; null where nobody has.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="Reason">Why it was closed, last.</param>
public sealed record EscalationView(
    string EscalationId,
    EscalationState State,
    EscalationMatter Matter,
    DateTimeOffset OpenedAt,
    DateTimeOffset RaisedAt,
    int Times,
    string? TakenBy,
    DateTimeOffset? TakenAt,
    string? ClosedBy,
    DateTimeOffset? ClosedAt,
    string? Reason)
{
    internal static EscalationView Of(EscalationCase one) => new(
        one.Id,
        one.State,
        one.Matter,
        one.OpenedAt,
        one.RaisedAt,
        one.Times,
        one.TakenBy,
        one.TakenAt,
        one.ClosedBy,
        one.ClosedAt,
        one.Reason?.Value);
}
