namespace SocialCard.Functions.CivilEvents;

/// <summary>How civil registries tell of events over HTTPS, by the person's document.</summary>
[Tags("Civil events")]
public sealed class CivilEventTriggers(Api<Card> cards, CivilEventReports reports, CivilEventRepository events, RegionPolicies regions)
{
    /// <summary>Takes an event over HTTPS; the only way for one that carries a new name or ID number.</summary>
    [Function(nameof(ReportCivilEvent))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(CivilEventRequest))]
    [Refuses("holder-not-found", "id-number-in-use")]
    public Task<Results<Accepted<CivilEventView>, ProblemHttpResult>> ReportCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "civil-events")]
        HttpRequest request, CancellationToken cancellation) =>
        cards.Creation<CivilEventRequest>(request)
            .Check((errors, body, now) => errors
                .RequirePast("occurredOn", body.OccurredOn, now)
                .Require("newName", body.GoesWith(CivilEventKind.NameChange, body.NewName), "For a change of name, and only then.")
                .Require("newIdNumber", body.GoesWith(CivilEventKind.IdCorrection, body.NewIdNumber), "For a correction, and only then.")
                .Require("newIdNumber", body.NewIdNumber != body.IdNumber, "The number as it was.")
                .Require("toRegion", body.GoesWith(CivilEventKind.Move, body.ToRegion), "For a move, and only then.")
                .RequireRegion("toRegion", body.ToRegion, regions))
            .AcceptedAsync(reports.TakeAsync, told => told.EventId, cancellation);

    /// <summary>Reads whether an event is carried out.</summary>
    [Function(nameof(GetCivilEvent))]
    [Callers(PartnerRole.Bureau)]
    [Refuses("civil-event-not-found")]
    public async Task<Results<Ok<CivilEventView>, ProblemHttpResult>> GetCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "civil-events/{eventId}")] HttpRequest request,
        string eventId,
        CancellationToken cancellation)
    {
        var admission = await cards.AdmitAsync(request, cancellation);
        return admission.Value is not { } caller ? admission.Problem!
            : CivilEventMessage.IsId(eventId) && await events.FindAsync(caller.Id, eventId, cancellation) is { } reported
                ? TypedResults.Ok(CivilEventView.Of(reported))
                : Problems.Refused(CivilEventRefusals.NotFound);
    }
}
