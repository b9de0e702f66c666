using SocialCard.Functions.People;

namespace SocialCard.Functions.LossReports;

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
    CitizenId IdNumber,
    AgentRequest? Agent = null,
    bool SelfService = false,
    bool BankPasswordVerified = false)
{
    internal ReportLoss ToCommand(CommandContext asked) =>
        new(
            asked.ResourceId,
            Kind,
            Reason,
            Scope,
            Channel,
            asked.Caller.Id,
            Reporter.Of(IdNumber, Agent),
            SelfService,
            BankPasswordVerified);
}

/// <summary>Body of a release.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Agent">Who acts for the holder, where the region lets somebody.</param>
/// <example>
/// {"channel": "bank", "idNumber": "140105199003130724"}
/// </example>
public sealed record LossReleaseRequest(ServiceChannel Channel, CitizenId IdNumber, AgentRequest? Agent = null)
{
    internal ReleaseLoss ToCommand(string reportId, CommandContext asked) =>
        new(reportId, Channel, asked.Caller.Id, Reporter.Of(IdNumber, Agent));
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
    ServiceChannel Channel, CitizenId IdNumber, AgentRequest? Agent = null, bool BankPasswordVerified = false)
{
    internal FormalizeLoss ToCommand(string reportId, CommandContext asked) =>
        new(reportId, asked.ResourceId, Channel, asked.Caller.Id, Reporter.Of(IdNumber, Agent), BankPasswordVerified);
}

/// <summary>Who stands at the counter or is on the line, by what was presented.</summary>
internal static class Reporter
{
    public static LossReporter Of(CitizenId holderId, AgentRequest? agent) => new(holderId.BirthDate, agent?.ToAgent(holderId));
}
