namespace SocialCard.Domain.Cards;

/// <summary>A card was reported lost.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Channel">Where.</param>
/// <param name="Sides">The applications that it is on.</param>
public sealed record LossReported(
    string ReportId, LossReportKind Kind, LossReason Reason, ServiceChannel Channel, IReadOnlyList<LossSide> Sides)
    : DomainEvent("lossReported");

/// <summary>A loss report suspended an application, or goes on suspending it for a reason of another kind.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Application">Which.</param>
/// <param name="Reason">The reason that it now shows.</param>
/// <param name="At">Since when.</param>
public sealed record LossSuspended(string ReportId, CardApplication Application, StateReason Reason, DateTimeOffset At)
    : DomainEvent(Application is CardApplication.Social ? "suspended" : "financialSuspended");

/// <summary>The holder was warned that the validity of a report is about to end.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Application">Which application it is about.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="OnEnd">What happens then.</param>
public sealed record LossReportEndWarned(string ReportId, CardApplication Application, DateTimeOffset EndsAt, LossReportEnd OnEnd)
    : DomainEvent("lossReportEndWarned");

/// <summary>
/// The validity of a report is over and nobody has made it formal: the lost card works again. The most dangerous moment of
/// a card's life.
/// </summary>
/// <param name="ReportId">The report.</param>
/// <param name="Application">Which application works again.</param>
/// <param name="LapsedAt">Since when.</param>
/// <param name="State">What the application is now, by its name in the card's answer.</param>
public sealed record LossReportLapsed(string ReportId, CardApplication Application, DateTimeOffset LapsedAt, string State)
    : DomainEvent("lossReportLapsed");

/// <summary>A report was released.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Applications">For which applications.</param>
/// <param name="Channel">Where.</param>
public sealed record LossReportReleased(string ReportId, IReadOnlyList<CardApplication> Applications, ServiceChannel Channel)
    : DomainEvent("lossReportReleased");

/// <summary>A newer report took the place of one.</summary>
/// <param name="ReportId">The older report.</param>
/// <param name="By">The newer report.</param>
/// <param name="Application">For which application.</param>
/// <param name="State">Formalized or renewed.</param>
public sealed record LossReportSuperseded(string ReportId, string By, CardApplication Application, LossReportState State)
    : DomainEvent(State is LossReportState.Formalized ? "lossReportFormalized" : "lossReportRenewed");

/// <summary>The card was cancelled because the validity of a report is over.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Reason">The reason that the applications now show.</param>
/// <param name="ExpiredAt">When the validity ended.</param>
public sealed record LossReportForfeited(string ReportId, StateReason Reason, DateTimeOffset ExpiredAt) : DomainEvent("cancelled");
