using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Cards;

/// <summary>Ending a card on its holder's wish.</summary>
[Tags("Cards")]
public sealed class CancellationTriggers(Api<Card> cards, HolderCards ofHolders, PersonProtection holders)
{
    /// <summary>
    /// Ends a card that its holder can spare: he has another in use in the province. Nothing takes its place, and there is no way back.
    /// </summary>
    [Function(nameof(CancelCard))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(CancellationRequest))]
    [Refuses("card-cancelled", "holder-deceased", "holder-mismatch", "not-spare", "reissue-running")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> CancelCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/cancellation")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<CancellationRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Presents(holders, body => body.Identity)
            .Decide(
                async (card, _, _, token) => await ofHolders.ReadAsync(card.Holder.Id, token).ToListAsync(token),
                (card, his, _, now) => card.Spare.End(his, now))
            .OkAsync(CardView.Of, cancellation);
}

/// <summary>Body of a cancellation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Channel">The caller's channel.</param>
/// <example>{"reason": "spare", "channel": "serviceWindow", "idNumber": "140105199003220818"}</example>
public sealed record CancellationRequest(CancellationReason Reason, ServiceChannel Channel) : IdentityRequest;

/// <summary>Why a holder wants a card to end.</summary>
public enum CancellationReason
{
    /// <summary>He has another in the province.</summary>
    Spare,
}
