using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The bureau's review of an application.</summary>
[Tags("Electronic cards")]
public sealed class ElectronicCardReviewTriggers(Api<ElectronicCard> electronicCards, PhysicalCards physical)
{
    private const int LongestReason = 500;

    /// <summary>The bureau decides: the card is issued, or the guardian is told why not and corrects.</summary>
    [Function(nameof(DecideElectronicCard))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(DecideElectronicCardRequest))]
    [Refuses("electronic-card-not-found", "guardian-card-not-active", "member-card-missing", "not-under-review")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> DecideElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/decision")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command<DecideElectronicCardRequest>(request, electronicCardId)
            .Check((errors, body, _) => errors.Require(
                "reason",
                body.Approve || body.Reason?.Trim() is { Length: > 0 and <= LongestReason },
                $"A refusal says why, in 1 to {LongestReason} characters."))
            .Decide(
                async (card, context, _, stop) => context.Body.Approve && card.State is ElectronicCardState.Submitted
                    ? await physical.ApprovalFaultAsync(card, stop) : null,
                (card, fault, context, now) => fault is not null ? fault
                    : card.Decide(context.Body.Approve, context.Body.Approve ? null : context.Body.Reason!.Trim(), context.Caller.Id, now))
            .OkAsync(ElectronicCardView.Of, cancellation);
}
