using System.Text;
using System.Text.Json;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Partners;
using SocialCard.Functions.Rules;

namespace SocialCard.Functions.Activation;

/// <summary>
/// The queue <c>card-usages</c>: gateways of hospitals and pharmacies report first uses after the fact. A use of a card that
/// may not be used, or of another province's card that is not referred to the hospital, is noted on its timeline. A message that cannot
/// be understood, or names a card or partner that nobody knows, fails and ends on the poison queue, from where operations can send it
/// again.
/// </summary>
public sealed class CardUsageTrigger(
    CommandExecutor<Card> executor,
    PartnerDirectory partners,
    RequestKey requestKey,
    ActivationRules rules,
    UnknownParts unknown,
    TimeProvider clock)
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "card-usages";

    /// <summary>Takes one report.</summary>
    /// <exception cref="InvalidUsageException">The message cannot be used.</exception>
    [Function(nameof(TakeCardUsage))]
    public async Task TakeCardUsage([QueueTrigger(Queue)] string message, CancellationToken cancellation)
    {
        var (usage, skipped) = CardUsage.Parse(message);
        var partner = await partners.FindAsync(usage.PartnerId, cancellation)
            ?? throw new InvalidUsageException("The partner is not known.");
        unknown.Fields(partner.Id, Queue, skipped);
        var channel = PartnerChannels.Of(partner.Role) is [var own and (ServiceChannel.Hospital or ServiceChannel.Pharmacy)]
            ? own : throw new InvalidUsageException("The partner is neither a hospital nor a pharmacy.");
        if (!Occasions.Fit(channel, usage.Occasion))
        {
            throw new InvalidUsageException("The occasion is not one of the partner's.");
        }

        var occurred = new ToldInstant("occurredAt", usage.OccurredAt);
        if (occurred.FaultAt(clock.GetUtcNow()) is { } fault)
        {
            throw new InvalidUsageException($"occurredAt: {fault}");
        }

        // The message's own words, not its layout: a gateway may send the same report again with other white space.
        var asked = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(usage, SocialCardJson.Compact));
        var use = new ActivateSocial(channel, usage.Occasion, usage.OccurredAt, null, null);

        var operation = Operation.Of(partner, $"{Queue}\n{usage.MessageId}", asked, requestKey);
        var outcome = await TakeAsync(operation);
        if (outcome is Outcome<UsageTaken>.NotFound)
        {
            // Perhaps a card of another province that is not referred to the partner: the card notes it, and nobody is told.
            outcome = await TakeAsync(operation with { Caller = null });
        }

        _ = outcome switch
        {
            Outcome<UsageTaken>.NotFound => throw new InvalidUsageException("The card is not known."),
            Outcome<UsageTaken>.KeyReused => throw new InvalidUsageException("The message id was used for another report."),
            Outcome<UsageTaken>.Refused refused => throw new InvalidUsageException($"{refused.Refusal.Field}: {refused.Refusal.Detail}"),
            _ => outcome.Done(),
        };

        Task<Outcome<UsageTaken>> TakeAsync(Operation operation) => executor.ExecuteAsync(
            usage.NotedBy.Value,
            operation,
            (card, _) =>
            {
                if (occurred.RefusedBy(card) is { } tooEarly)
                {
                    return tooEarly;
                }

                if (usage.TemporaryCardId is { } temporary)
                {
                    return card.TemporaryCards.ReportUse(temporary, usage.Occasion, usage.OccurredAt, card.IsAwayFrom(partner));
                }

                var policy = rules.For(card, usage.OccurredAt);
                return card.IsAwayFrom(partner) ? card.Referrals.ReportUse(use, partner.Id, policy)
                    : card.Activation.ReportUse(use, policy);
            },
            card => new UsageTaken(card.Status),
            cancellation);
    }

    private sealed record UsageTaken(CardStatus Status);
}
