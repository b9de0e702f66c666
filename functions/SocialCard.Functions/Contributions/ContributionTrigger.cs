using SocialCard.Domain.Contributions;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Observability;

namespace SocialCard.Functions.Contributions;

/// <summary>
/// The queue <c>contribution-records</c>: the insurance core system tells what was paid, in any order and as often as it
/// likes. A message that cannot be taken fails and ends on the poison queue, from where operations can send it again.
/// </summary>
public sealed class ContributionTrigger(
    ContributionRepository contributions, CardRepository cards, UnknownParts unknown, TimeProvider clock)
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "contribution-records";

    /// <summary>Takes one record.</summary>
    /// <exception cref="InvalidContributionException">The message cannot be taken.</exception>
    [Function(nameof(TakeContribution))]
    public async Task TakeContribution([QueueTrigger(Queue)] string message, CancellationToken cancellation)
    {
        var (record, skipped) = ContributionRecord.Parse(message, ChinaTime.DateOf(clock.GetUtcNow()));
        unknown.Fields("insurance-core", Queue, skipped);
        var card = await cards.LoadAsync(record.CardNumber, cancellation)
            ?? throw new InvalidContributionException("The card is not known.");
        await contributions.TakeAsync(card.State.Holder.Id, record, cancellation);
    }
}
