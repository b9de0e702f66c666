using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Escalations;

/// <summary>
/// Opens a case for whatever operations are told on the queue <c>operations-escalations</c>, in the same change that tells them; what is
/// told again is the same case.
/// </summary>
public sealed class EscalationCases(Lazy<CommandExecutor<EscalationCase>> executor) : IMessageFollower, IProjection
{
    private const string MessageName = "EscalationCases";

    // These are told again every day, and the last part of their ids counts the days.
    private static readonly EscalationKind[] Repeated =
    [
        EscalationKind.ProductionOverdue, EscalationKind.EmployerReviewOverdue, EscalationKind.ElectronicCardReviewOverdue,
    ];

    // What is said to nobody: there is a case already, and it is raised again.
    private static readonly Refusal Known = new(RefusedBy.State, "known", "The case is known.");

    string IProjection.Name => MessageName;

    /// <inheritdoc/>
    public OutboxMessage? Follow(OutboxMessage message, string regionCode)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message is { Kind: OutboxMessageKind.QueueMessage, Target: Escalation.Queue }
            ? OutboxMessage.Project(MessageName, new RaisedCase(regionCode, JsonSerializer.Deserialize<JsonElement>(message.Body)))
            : null;
    }

    async Task IProjection.TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var raised = JsonSerializer.Deserialize<RaisedCase>(standing, SocialCardJson.Options)!;
        var told = raised.Told.Deserialize<ToldEscalation>(SocialCardJson.Tolerant)!;
        var id = IdOf(told);
        var operation = Operation.Of("escalation", told.EscalationId);
        var matter = new EscalationMatter(
            told.Kind, raised.RegionCode, told.CardNumber, told.EmployerCode, told.ElectronicCardId, told.ReissueId, told.BankId);
        var opened = await executor.Value.CreateAsync(
            id,
            operation,
            _ => Task.FromResult(EscalationCase.Open(id, matter, told.At)),
            state => new Raised(state.State),
            Known,
            cancellation);
        if (opened is Outcome<Raised>.Refused)
        {
            await executor.Value.ExecuteAsync(
                id, operation, (state, _) => state.Raise(told.At), state => new Raised(state.State), cancellation);
        }
    }

    /// <summary>The case of what is told.</summary>
    internal static string IdOf(ToldEscalation told)
    {
        var matter = Repeated.Contains(told.Kind) ? told.EscalationId[..told.EscalationId.LastIndexOf('-')] : told.EscalationId;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(matter)))[..ResourceId.Length];
    }

    /// <summary>What an escalation on the queue says, whatever its form.</summary>
    internal sealed record ToldEscalation(
        string EscalationId,
        EscalationKind Kind,
        DateTimeOffset At,
        string? CardNumber = null,
        string? EmployerCode = null,
        string? ElectronicCardId = null,
        string? ReissueId = null,
        string? BankId = null);

    private sealed record RaisedCase(string RegionCode, JsonElement Told);

    private sealed record Raised(EscalationState State);
}
