using SocialCard.Domain.Holders;

namespace SocialCard.Functions.CivilEvents;

/// <summary>How civil registries tell of events over HTTPS, by the person's document.</summary>
[Tags("Civil events")]
public sealed class CivilEventTriggers(Api<Holder> holders, CivilEventReports reports, CivilEventRepository events, RegionPolicies regions)
{
    private const int MostGuardians = 4;

    /// <summary>Takes an event over HTTPS; the only way for one that carries a new name or ID number.</summary>
    [Function(nameof(ReportCivilEvent))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(CivilEventRequest))]
    [Refuses(
        "already-born", "death-before-birth", "holder-ambiguous", "holder-not-found", "id-number-in-use", "not-deceased")]
    public Task<Results<Accepted<CivilEventView>, ProblemHttpResult>> ReportCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "civil-events")]
        HttpRequest request, CancellationToken cancellation) =>
        holders.Creation<CivilEventRequest>(request)
            .Check((errors, body, now) => errors
                .RequireNo("occurredOn", ToldDay.FaultOf(body.Kind, body.OccurredOn, now))
                .Require("newName", body.GoesWith(body.NewName, CivilEventKind.NameChange), "For a change of name, and only then.")
                .Require("newIdNumber", body.GoesWith(body.Corrected, CivilEventKind.IdCorrection), "For a correction, and only then.")
                .Require("newDocument", body.NewIdNumber is null || body.NewDocument is null, "Only in place of the ID number.")
                .Require("newIdNumber", body.Corrected is null || body.Corrected != body.Identity, "The number as it was.")
                .Require(
                    "toRegion",
                    body.GoesWith(body.ToRegion, CivilEventKind.Move, CivilEventKind.Birth),
                    "For a move or a birth, and only then.")
                .Require("guardians", body.GoesWith(body.Guardians, CivilEventKind.Birth), "For a birth, and only then.")
                .Require("guardians", body.Guardians is not { Count: 0 or > MostGuardians }, $"Between 1 and {MostGuardians}.")
                .RequireEach(
                    "guardians", body.Guardians, guardian => !(guardian.Identity.BirthDate >= body.OccurredOn), "Not older than the child.")
                .Require("name", body.Name is not null || body.Kind is not CivilEventKind.Birth, "Required for a birth.")
                .Require(
                    "occurredOn",
                    body.Kind is not CivilEventKind.Birth || body.OccurredOn == body.Identity.BirthDate,
                    "Not the day of birth that the number carries.")
                .RequireRegion("toRegion", body.ToRegion, regions))
            .AcceptedAsync(reports.TakeAsync, told => told.EventId, cancellation);

    /// <summary>Reads whether an event is carried out.</summary>
    [Function(nameof(GetCivilEvent))]
    [Callers(PartnerRole.Bureau)]
    [Refuses("civil-event-not-found")]
    public async Task<Results<Ok<CivilEventView>, NotModified, ProblemHttpResult>> GetCivilEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "civil-events/{eventId}")] HttpRequest request,
        string eventId,
        CancellationToken cancellation)
    {
        var admission = await holders.AdmitAsync(request, cancellation);
        return admission.Value is not { } caller ? admission.Problem!
            : CivilEventMessage.IsId(eventId) && await events.FindAsync(caller.Id, eventId, cancellation) is { } reported
                ? NotModified.Unless(request, CivilEventView.Of(reported))
                : Problems.Refused(HolderRefusals.EventNotFound);
    }
}
