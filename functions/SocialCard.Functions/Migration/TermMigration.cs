using System.Text.Json;
using Azure.Data.Tables;

namespace SocialCard.Functions.Migration;

/// <summary>
/// Version 1.0 did not note for how long it issued a card, and waited for the holder of a first one for ever: every card that has not ended
/// is told, by the region's rule of now, and what accompanies it begins.
/// </summary>
public sealed class TermMigration(CommandExecutor<Card> executor, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Tells the card of a state row, unless it knows.</summary>
    public async Task MigrateAsync(TableEntity row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        var stored = JsonSerializer.Deserialize<Card>(row.GetString(nameof(StateRow.State)), SocialCardJson.Options)!;
        if (stored.Term is not null || stored.Social.State is SocialState.Cancelled)
        {
            return;
        }

        var outcome = await executor.ExecuteAsync(
            row.PartitionKey,
            Operation.Of(PersonMigration.Name, row.PartitionKey).Then("term"),
            (card, now) => card.Validity.Adopt(IssueTerms.Of(regions.For(card.RegionCode).Reissue, calendar, now)),
            card => new Migrated(card.Term is not null),
            cancellation);
        _ = outcome.Done();
    }

    private sealed record Migrated(bool HasTerm);
}
