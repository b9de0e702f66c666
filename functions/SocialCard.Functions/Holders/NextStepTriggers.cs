using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>What can be done next with a card.</summary>
[Tags("Holders")]
public sealed class NextStepTriggers(
    Api<Card> api, AggregateRepository<Card> cards, HolderRepository holders, HolderCards ofHolders)
{
    /// <summary>
    /// Reads what can be done next with a card, as it follows from the card, its holder and his other cards. What the region asks for a
    /// step, and from whom, the command says.
    /// </summary>
    [Function(nameof(GetNextSteps))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hotline, PartnerRole.Bank, PartnerRole.Operations)]
    public async Task<Results<Ok<NextStepsView>, NotModified, ProblemHttpResult>> GetNextSteps(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/next-steps")]
        HttpRequest request, string cardNumber, CancellationToken cancellation)
    {
        var admission = await api.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        if (!CardNumber.TryParse(cardNumber, out var number) || await cards.FindAsync(number.Value, caller, cancellation) is not { } card)
        {
            return Problems.Refused(Refusal.CardNotFound);
        }

        var holder = await holders.FindAsync(card.Holder.Id, cancellation);
        var steps = holder is null
            ? [] : new NextSteps(holder, await ofHolders.ReadAsync(holder, cancellation).ToListAsync(cancellation)).Of(card);
        return NotModified.Unless(request, new NextStepsView(steps));
    }
}

/// <summary>What can be done next with a card.</summary>
/// <param name="Next">In the order in which a card goes through it; none where it has ended.</param>
/// <example>{"next": ["activate", "reportLoss"]}</example>
public sealed record NextStepsView(IReadOnlyList<NextStep> Next);
