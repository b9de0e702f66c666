namespace SocialCard.Domain.Cards;

/// <summary>A card is reported lost.</summary>
/// <param name="ReportId">The id that the report will have.</param>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Scope">Which applications are reported.</param>
/// <param name="Channel">Where.</param>
/// <param name="By">The partner that takes the report.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="SelfService">Whether a machine takes the report, such as the voice menu of a hotline.</param>
/// <param name="BankPasswordVerified">Whether the caller says that the bank has verified the financial password.</param>
public sealed record ReportLoss(
    string ReportId,
    LossReportKind Kind,
    LossReason Reason,
    LossScope Scope,
    ServiceChannel Channel,
    string By,
    LossReporter Reporter,
    bool SelfService = false,
    bool BankPasswordVerified = false);

/// <summary>A temporary report is made formal.</summary>
/// <param name="TemporaryId">The temporary report.</param>
/// <param name="FormalId">The id that the formal report will have.</param>
/// <param name="Channel">Where.</param>
/// <param name="By">The partner that takes it.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="BankPasswordVerified">Whether the caller says that the bank has verified the financial password.</param>
public sealed record FormalizeLoss(
    string TemporaryId, string FormalId, ServiceChannel Channel, string By, LossReporter Reporter, bool BankPasswordVerified = false);

/// <summary>A report is released.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Channel">Where.</param>
/// <param name="By">The partner at which it is asked for.</param>
/// <param name="Reporter">Who asks.</param>
public sealed record ReleaseLoss(string ReportId, ServiceChannel Channel, string By, LossReporter Reporter);

/// <summary>Who stands at the counter or is on the line.</summary>
/// <param name="HolderBirthDate">The holder's day of birth; null if it is not known.</param>
/// <param name="Agent">Who acts for him; null when he comes himself.</param>
public sealed record LossReporter(DateOnly? HolderBirthDate, Agent? Agent = null);
