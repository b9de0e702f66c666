using System.Text.Json;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using SocialCard.Domain.BankSuccessions;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Employers;

namespace SocialCard.Functions.Waits;

/// <summary>A workflow as its storage knows it, with what it belongs to.</summary>
/// <param name="Instance">The workflow, with its input and status.</param>
/// <param name="Kind">What it accompanies.</param>
/// <param name="Subject">What it belongs to.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
public sealed record WorkflowInstance(OrchestrationMetadata Instance, WorkflowKind Kind, WorkflowSubject Subject, string RegionCode);

/// <summary>Finds workflows by their names.</summary>
public sealed class WorkflowInstances(
    WorkflowClient workflows,
    AggregateRepository<Card> cards,
    AggregateRepository<ElectronicCard> electronicCards,
    AggregateRepository<Employer> employers,
    AggregateRepository<SuccessionRegister> successions)
{
    private const string Suffix = "Orchestration";
    private const int LongestId = 150;

    /// <summary>The workflow of a name, or null if there is none that the caller may see; two reads.</summary>
    public async Task<WorkflowInstance?> FindAsync(string instanceId, Partner caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        if (instanceId.Length > LongestId || !instanceId.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            || await workflows.Current.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation) is not { } instance
            || !instance.Name.EndsWith(Suffix, StringComparison.Ordinal)
            || !Enum.TryParse<WorkflowKind>(instance.Name[..^Suffix.Length], out var kind)
            || SubjectOf(instance.ReadInputAs<JsonElement>()) is not { } subject)
        {
            return null;
        }

        var region = subject.Kind switch
        {
            SubjectKind.Card => (await cards.FindAsync(subject.Key, caller, cancellation))?.RegionCode,
            SubjectKind.ElectronicCard => (await electronicCards.FindAsync(subject.Key, caller, cancellation))?.RegionCode,
            SubjectKind.Employer => (await employers.FindAsync(subject.Key, caller, cancellation))?.RegionCode,
            _ => RegionOf(await successions.FindAsync(subject.Key, caller, cancellation)),
        };
        return region is null ? null : new(instance, kind, subject, region);
    }

    /// <summary>What has happened to a workflow since it last went on as new.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string instanceId, CancellationToken cancellation) =>
        [.. await workflows.Current.GetOrchestrationHistoryAsync(instanceId, cancellation)];

    // Every workflow names in its input what it accompanies.
    private static WorkflowSubject? SubjectOf(JsonElement input) =>
        input.ValueKind is not JsonValueKind.Object ? null
        : input.TryGetProperty("CardNumber", out var card) ? new(SubjectKind.Card, card.GetString()!)
        : input.TryGetProperty("ElectronicCardId", out var electronicCard) ? new(SubjectKind.ElectronicCard, electronicCard.GetString()!)
        : input.TryGetProperty("Code", out var employer) ? new(SubjectKind.Employer, employer.GetString()!)
        : input.TryGetProperty("BankId", out _) ? new(SubjectKind.SuccessionRegister, SuccessionRegister.Name)
        : null;

    private static string? RegionOf(IAggregate<SuccessionRegister>? register) => register?.RegionCode;
}
