using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.LossReports;

/// <summary>Reporting a card lost, making the report formal, and releasing it.</summary>
[Tags("Loss reports")]
public sealed class LossReportTriggers(
    ApiGate gate, CardCommands desk, CardRepository store, HolderProtection holders, RegionPolicies regions, WorkingCalendar calendar)
{
    private static readonly PartnerRole[] Desks =
        [PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline];

    /// <summary>Reports a card lost. Where the region sets no delay, the card is suspended before the answer.</summary>
    [Function(nameof(ReportLoss))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossReportRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required", "card-cancelled",
        "channel-not-allowed", "guardian-required", "holder-mismatch", "loss-already-reported", "loss-both-required",
        "loss-form-not-offered", "loss-password-unchanged")]
    public async Task<Results<Accepted<LossReportView>, ProblemHttpResult>> ReportLoss(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<LossReportRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var (presented, invalid) = Present(command.Caller, body.Channel, body.IdNumber, body.Agent);
        if (invalid is not null)
        {
            return invalid;
        }

        var reportId = command.Operation.ResourceId;
        var asked = new ReportLoss(
            reportId,
            body.Kind,
            body.Reason,
            body.Scope,
            body.Channel,
            command.Caller.Id,
            presented!.Reporter,
            body.SelfService,
            body.BankPasswordVerified);
        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, presented.Id)
                ? card.ReportLoss(asked, regions.For(card.RegionCode), calendar, now)
                : Refusal.HolderMismatch,
            card => LossReportView.Of(card.Loss.Find(reportId)!),
            cancellation);
        var (report, problem) = outcome.Read(request);
        return problem is null ? TypedResults.Accepted($"{request.Path}/{report!.ReportId}", report) : problem;
    }

    /// <summary>Reads where a report stands.</summary>
    [Function(nameof(GetLossReport))]
    [Callers]
    [Refuses("loss-report-not-found")]
    public async Task<Results<Ok<LossReportView>, ProblemHttpResult>> GetLossReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}")] HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number) && await FindAsync(number, caller, reportId, cancellation) is { } report
            ? TypedResults.Ok(report)
            : ReportNotFound();
    }

    /// <summary>Releases a report: the card works again as it did before.</summary>
    [Function(nameof(ReleaseLossReport))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossReleaseRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "card-cancelled", "channel-not-allowed",
        "guardian-required", "holder-mismatch", "loss-release-elsewhere", "loss-release-window-closed", "loss-report-ended",
        "loss-report-final", "loss-report-not-found")]
    public async Task<Results<Ok<LossReportView>, ProblemHttpResult>> ReleaseLossReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}/release")] HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<LossReleaseRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var (presented, invalid) = Present(command.Caller, body.Channel, body.IdNumber, body.Agent);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await FindAsync(command.Number, command.Caller, reportId, cancellation) is null)
        {
            return ReportNotFound();
        }

        var asked = new ReleaseLoss(reportId, body.Channel, command.Caller.Id, presented!.Reporter);
        LossReportView? released = null;
        var outcome = await desk.DecideAsync(
            command,
            (card, now) =>
            {
                if (!holders.Matches(card.Holder, presented.Id))
                {
                    return Refusal.HolderMismatch;
                }

                (var decision, released) = card.ReleaseLoss(asked, regions.For(card.RegionCode), now);
                return decision;
            },
            _ => released!,
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Makes a temporary report formal: a formal report takes its place.</summary>
    [Function(nameof(FormalizeLossReport))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossFormalizationRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required", "card-cancelled",
        "channel-not-allowed", "guardian-required", "holder-mismatch", "loss-already-reported", "loss-both-required",
        "loss-form-not-offered", "loss-password-unchanged", "loss-report-ended", "loss-report-formal", "loss-report-not-found")]
    public async Task<Results<Accepted<LossReportView>, ProblemHttpResult>> FormalizeLossReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}/formalization")] HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<LossFormalizationRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var (presented, invalid) = Present(command.Caller, body.Channel, body.IdNumber, body.Agent);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await FindAsync(command.Number, command.Caller, reportId, cancellation) is null)
        {
            return ReportNotFound();
        }

        var formalId = command.Operation.ResourceId;
        var asked = new FormalizeLoss(
            reportId, formalId, body.Channel, command.Caller.Id, presented!.Reporter, body.BankPasswordVerified);
        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, presented.Id)
                ? card.FormalizeLoss(asked, regions.For(card.RegionCode), calendar, now)
                : Refusal.HolderMismatch,
            card => LossReportView.Of(card.Loss.Find(formalId)!),
            cancellation);
        var (report, problem) = outcome.Read(request);
        return problem is null
            ? TypedResults.Accepted(request.Path.Value!.Replace($"{reportId}/formalization", report!.ReportId, StringComparison.Ordinal), report)
            : problem;
    }

    private static (Presented? Presented, ProblemHttpResult? Problem) Present(
        Partner caller, ServiceChannel channel, string idNumber, AgentRequest? agent)
    {
        // A bank takes loss reports on its own hotline and in its web bank as well.
        var isTheirs = caller.Role is PartnerRole.Bank
            ? channel is ServiceChannel.Bank or ServiceChannel.Phone or ServiceChannel.Online
            : PartnerChannels.Of(caller.Role).Contains(channel);
        if (!isTheirs)
        {
            return (null, Problems.Forbidden("The channel is not the caller's."));
        }

        var hasId = CitizenId.TryParse(idNumber, out var id);
        CitizenId? agentId = null;
        var errors = new FieldErrors()
            .Require("idNumber", hasId, "Not a valid citizen ID number.")
            .Require("agent.idNumber", agent is null || CitizenId.TryParse(agent.IdNumber, out agentId), "Not a valid citizen ID number.");
        return errors.Problem is { } invalid
            ? (null, invalid)
            : (new(id!, new LossReporter(id!.BirthDate, agentId is null ? null : agent!.ToAgent(agentId, id))), null);
    }

    private static ProblemHttpResult ReportNotFound() =>
        Problems.Of(404, "loss-report-not-found", "There is no such loss report within your scope.");

    private async Task<LossReportView?> FindAsync(CardNumber number, Partner caller, string reportId, CancellationToken cancellation) =>
        ResourceId.IsOne(reportId) && await store.FindAsync(number, caller, cancellation) is not null
            ? await store.FindDocumentAsync<LossReportView>(number, LossReportView.Document, reportId, cancellation)
            : null;

    private sealed record Presented(CitizenId Id, LossReporter Reporter);
}

/// <summary>Body of a loss report.</summary>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Scope">Which applications are reported.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <param name="SelfService">Whether a machine takes the report, such as the voice menu of a hotline.</param>
/// <param name="BankPasswordVerified">
/// Whether the bank has verified the financial password, for regions that ask for it; the password itself is never sent.
/// </param>
/// <example>
/// {"kind": "temporary", "reason": "lost", "scope": "both", "channel": "phone", "idNumber": "140105199003220818"}
/// </example>
public sealed record LossReportRequest(
    LossReportKind Kind,
    LossReason Reason,
    LossScope Scope,
    ServiceChannel Channel,
    string IdNumber,
    AgentRequest? Agent = null,
    bool SelfService = false,
    bool BankPasswordVerified = false)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"loss report ({Kind}, {Scope}, {Channel})";
}

/// <summary>Body of a release.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Agent">Who acts for the holder, where the region lets somebody.</param>
/// <example>
/// {"channel": "bank", "idNumber": "140105199003130724"}
/// </example>
public sealed record LossReleaseRequest(ServiceChannel Channel, string IdNumber, AgentRequest? Agent = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"release of a loss report ({Channel})";
}

/// <summary>Body of a formalization.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <param name="BankPasswordVerified">Whether the bank has verified the financial password, for regions that ask for it.</param>
/// <example>
/// {"channel": "bank", "idNumber": "140105199003130724"}
/// </example>
public sealed record LossFormalizationRequest(
    ServiceChannel Channel, string IdNumber, AgentRequest? Agent = null, bool BankPasswordVerified = false)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"formalization of a loss report ({Channel})";
}
