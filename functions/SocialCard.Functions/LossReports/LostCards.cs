using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.LossReports;

/// <summary>Finds the card that a person has lost who knows no number of one.</summary>
public sealed class LostCards(HolderDirectory directory, HolderCards ofHolders, AggregateRepository<Card> cards, PersonProtection people)
{
    /// <summary>The card, among those within the caller's scope, or why none can be told.</summary>
    public async Task<(Card? Card, Refusal? Refusal)> FindAsync(
        CommandContext<HolderLossReportRequest> asked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var body = asked.Body;
        var (holder, refusal) = await directory.FindAsync(
            people.KeyOf(body.Identity), body.Name, body.CardNumber, asked.Caller, cancellation);
        if (holder is null)
        {
            return (null, refusal);
        }

        var his = await ofHolders.ReadAsync(holder, asked.Caller, cancellation).ToListAsync(cancellation);
        return his.Count > 1 && await TakenAsync(his, asked.ResourceId, cancellation) is { } taken ? (taken, null) : body.Lost.Among(his);
    }

    /// <summary>The card that has taken the report before: a repetition is its own, whatever has become of the others meanwhile.</summary>
    private async Task<Card?> TakenAsync(IEnumerable<Card> his, string reportId, CancellationToken cancellation)
    {
        foreach (var card in his)
        {
            var number = card.Number.Value;
            if (await cards.FindDocumentAsync<LossReportView>(number, LossReportView.Document, reportId, cancellation) is not null)
            {
                return card;
            }
        }

        return null;
    }
}
