using SocialCard.Functions.People;

namespace SocialCard.Functions.LossReports;

/// <summary>Body of a loss report.</summary>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Scope">Which applications are reported.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <param name="SelfService">Whether a machine takes the report, such as the voice menu of a hotline.</param>
/// <param name="BankPasswordVerified">
/// Whether the bank has verified the financial password, for regions that ask for it; the password itself is never sent.
/// </param>
/// <example>
/// {"kind": "temporary", "reason": "lost", "scope": "both", "channel": "phone", "idNumber": "140105199003220818"}
/// </example>
public record LossReportRequest(
    LossReportKind Kind,
    LossReason Reason,
    LossScope Scope,
    ServiceChannel Channel,
    AgentRequest? Agent = null,
    bool SelfService = false,
    bool BankPasswordVerified = false) : ProvenByPhoneRequest, IProofBody
{
    bool IProofBody.OnlySuspends => Kind is LossReportKind.Temporary;

    internal ReportLoss ToCommand(CommandContext asked, LossReporter reporter) =>
        new(
            asked.ResourceId,
            Kind,
            Reason,
            Scope,
            Channel,
            asked.Caller.Id,
            reporter,
            SelfService,
            BankPasswordVerified);
}

/// <summary>Body of the loss report of a person who knows no card number. If he has several cards, he says which one he has lost.</summary>
/// <param name="Kind">Temporary or formal.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Scope">Which applications are reported.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <param name="SelfService">Whether a machine takes the report, such as the voice menu of a hotline.</param>
/// <param name="BankPasswordVerified">
/// Whether the bank has verified the financial password, for regions that ask for it; the password itself is never sent.
/// </param>
/// <param name="Name">The person's name; needed where others have his number too.</param>
/// <param name="CardNumber">Which card.</param>
/// <param name="RegionCode">Which card: where it was issued, or a region around that, by GB/T 2260.</param>
/// <param name="BankId">Which card: its bank.</param>
/// <example>
/// {
///   "kind": "temporary", "reason": "lost", "scope": "both", "channel": "phone", "idNumber": "140105199003220818", "name": "王小明",
///   "bankId": "bank-icbc"
/// }
/// </example>
public sealed record HolderLossReportRequest(
    LossReportKind Kind,
    LossReason Reason,
    LossScope Scope,
    ServiceChannel Channel,
    AgentRequest? Agent = null,
    bool SelfService = false,
    bool BankPasswordVerified = false,
    PersonName? Name = null,
    CardNumber? CardNumber = null,
    string? RegionCode = null,
    string? BankId = null)
    : LossReportRequest(Kind, Reason, Scope, Channel, Agent, SelfService, BankPasswordVerified)
{
    internal LostCard Lost => new(CardNumber, RegionCode, BankId);
}

/// <summary>Body of a release.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Agent">Who acts for the holder, where the region lets somebody.</param>
/// <example>
/// {"channel": "bank", "idNumber": "140105199003130724"}
/// </example>
public sealed record LossReleaseRequest(ServiceChannel Channel, AgentRequest? Agent = null) : ProvenByPhoneRequest
{
    internal ReleaseLoss ToCommand(string reportId, CommandContext asked, LossReporter reporter) =>
        new(reportId, Channel, asked.Caller.Id, reporter);
}

/// <summary>Body of a formalization.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <param name="BankPasswordVerified">Whether the bank has verified the financial password, for regions that ask for it.</param>
/// <example>
/// {"channel": "bank", "idNumber": "140105199003130724"}
/// </example>
public sealed record LossFormalizationRequest(
    ServiceChannel Channel, AgentRequest? Agent = null, bool BankPasswordVerified = false) : ProvenByPhoneRequest
{
    internal FormalizeLoss ToCommand(string reportId, CommandContext asked, LossReporter reporter) =>
        new(reportId, asked.ResourceId, Channel, asked.Caller.Id, reporter, BankPasswordVerified);
}
