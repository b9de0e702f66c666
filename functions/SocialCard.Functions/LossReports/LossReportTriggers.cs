using SocialCard.Functions.People;

namespace SocialCard.Functions.LossReports;

/// <summary>Reporting a card lost, making the report formal, and releasing it.</summary>
[Tags("Loss reports")]
public sealed class LossReportTriggers(
    Api<Card> cards, LostCards lostCards, PersonProtection holders, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Reports a card lost. Where the region sets no delay, the card is suspended before the answer.</summary>
    [Function(nameof(ReportLoss))]
    [Proof(Proof.HolderOrAgent)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossReportRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required", "card-cancelled",
        "channel-not-allowed", "guardian-required", "holder-mismatch", "loss-already-reported", "loss-both-required",
        "loss-form-not-offered", "loss-password-unchanged")]
    public Task<Results<Accepted<LossReportView>, ProblemHttpResult>> ReportLoss(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        ReportAsync(cards.Command<LossReportRequest>(request, cardNumber), path => path, cancellation);

    /// <summary>
    /// Reports the card of a person lost who knows no card number, as if by its number. He has lost the one card that he was handed and
    /// that has not ended; if there are several, one of them must be named. The answer's <c>Location</c> names the card.
    /// </summary>
    [Function(nameof(ReportHolderLoss))]
    [Proof(Proof.HolderOrAgent)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(HolderLossReportRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required", "card-ambiguous", "card-cancelled",
        "card-not-found", "channel-not-allowed", "guardian-required", "holder-ambiguous", "holder-mismatch", "holder-not-found",
        "loss-already-reported", "loss-both-required", "loss-form-not-offered", "loss-password-unchanged")]
    public Task<Results<Accepted<LossReportView>, ProblemHttpResult>> ReportHolderLoss(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "holders/loss-reports")] HttpRequest request,
        CancellationToken cancellation)
    {
        string? number = null;
        return ReportAsync(
            cards.Command<HolderLossReportRequest>(request, FindAsync)
                .Check((errors, body, _) => errors.RequireRegion("regionCode", body.RegionCode, regions)),
            _ => $"/{ApiRoute.V1}cards/{number}/loss-reports",
            cancellation);

        async Task<(string? Key, Refusal? Refusal)> FindAsync(
            CommandContext<HolderLossReportRequest> asked, CancellationToken token)
        {
            var (card, refusal) = await lostCards.FindAsync(asked, token);
            number = card?.Number.Value;
            return (number, refusal);
        }
    }

    /// <summary>Reads where a report stands.</summary>
    [Function(nameof(GetLossReport))]
    [Callers]
    [Refuses("loss-report-not-found")]
    public Task<Results<Ok<LossReportView>, NotModified, ProblemHttpResult>> GetLossReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}")]
        HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation) =>
        cards.ReadDocumentAsync<LossReportView, LossReportView>(
            request,
            cardNumber,
            LossReportView.Document,
            reportId,
            (card, report, _) => report with { Blockers = card.Blockers },
            LossRefusals.NotFound,
            cancellation);

    /// <summary>Releases a report: the card works again as it did before.</summary>
    [Function(nameof(ReleaseLossReport))]
    [Undoes(nameof(ReportLoss))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossReleaseRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "card-cancelled", "channel-not-allowed",
        "guardian-required", "holder-mismatch", "loss-release-elsewhere", "loss-release-window-closed", "loss-report-ended",
        "loss-report-final", "loss-report-not-found", "undo-elsewhere")]
    public Task<Results<Ok<LossReportView>, ProblemHttpResult>> ReleaseLossReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}/release")]
        HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation) =>
        cards.Command<LossReleaseRequest>(request, cardNumber)
            .Through(body => body.Channel, PartnerChannels.OfLossReports)
            .OnDocument(LossReportView.Document, reportId, LossRefusals.NotFound)
            .Undoing(card => card.LossReports.AskedFor(reportId))
            .Decide((card, asked, now) => card.LossReports.Release(
                asked.Body.ToCommand(reportId, asked, ReporterOf(card, asked.Body, asked.Body.Agent)), regions.For(card.RegionCode), now))
            .OkAsync((card, report) => report! with { Blockers = card.Blockers }, cancellation);

    /// <summary>Makes a temporary report formal: a formal report takes its place.</summary>
    [Function(nameof(FormalizeLossReport))]
    [Proof(Proof.HolderOrAgent)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(LossFormalizationRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "bank-password-required", "card-cancelled",
        "channel-not-allowed", "guardian-required", "holder-mismatch", "loss-already-reported", "loss-both-required",
        "loss-form-not-offered", "loss-password-unchanged", "loss-report-ended", "loss-report-formal", "loss-report-not-found")]
    public Task<Results<Accepted<LossReportView>, ProblemHttpResult>> FormalizeLossReport(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/loss-reports/{reportId}/formalization")]
        HttpRequest request,
        string cardNumber,
        string reportId,
        CancellationToken cancellation) =>
        cards.Command<LossFormalizationRequest>(request, cardNumber)
            .Through(body => body.Channel, PartnerChannels.OfLossReports)
            .OnDocument(LossReportView.Document, reportId, LossRefusals.NotFound)
            .Decide((card, asked, now) => card.LossReports.Formalize(
                asked.Body.ToCommand(reportId, asked, ReporterOf(card, asked.Body, asked.Body.Agent)),
                regions.For(card.RegionCode),
                calendar,
                now))
            .AcceptedAsync(
                (card, _, asked) => LossReportView.Of(card.Loss.Find(asked.ResourceId)!) with { Blockers = card.Blockers },
                (path, report) => path.Replace($"{reportId}/formalization", report.ReportId, StringComparison.Ordinal),
                cancellation);

    private Task<Results<Accepted<LossReportView>, ProblemHttpResult>> ReportAsync<TBody>(
        CommandCall<Card, TBody> call, Func<string, string> reportsOf, CancellationToken cancellation)
        where TBody : LossReportRequest =>
        call.Through(body => body.Channel, PartnerChannels.OfLossReports)
            .Decide((card, asked, now) => card.LossReports.Report(
                asked.Body.ToCommand(asked, ReporterOf(card, asked.Body, asked.Body.Agent)), regions.For(card.RegionCode), calendar, now))
            .AcceptedAsync(
                (card, _, asked) => LossReportView.Of(card.Loss.Find(asked.ResourceId)!) with { Blockers = card.Blockers },
                (path, report) => $"{reportsOf(path)}/{report.ReportId}",
                cancellation);

    // Who stands at the counter or is on the line, by what was presented.
    private LossReporter ReporterOf(Card card, IdentityRequest presented, AgentRequest? agent) =>
        new(holders.DocumentOf(card.Holder, presented.Identity).BirthDate, agent?.ToAgent(presented.Identity));
}
