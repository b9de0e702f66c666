using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Cards;

/// <summary>Ending a card on its holder's wish.</summary>
[Tags("Cards")]
public sealed class CancellationTriggers(Api<Card> cards, HolderDirectory directory, HolderCards ofHolders, PersonProtection holders)
{
    /// <summary>
    /// Ends a card that its holder can spare: he has another in use in the province. Nothing takes its place, and there is no way back.
    /// </summary>
    [Function(nameof(CancelCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(CancellationRequest))]
    [Refuses("card-being-ended", "card-cancelled", "holder-deceased", "holder-mismatch", "not-spare", "reissue-running")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> CancelCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/cancellation")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<CancellationRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide(GiveUpAsync, (card, given, _, now) => given.Refusal is { } refusal ? refusal : card.Spare.End(given.His, now))
            .OkAsync(CardView.Of, cancellation);

    // The holder gives it up first, so that the others are still there when they are read.
    private async Task<(IReadOnlyList<Card> His, Refusal? Refusal)> GiveUpAsync(
        Card card, CommandContext<CancellationRequest> asked, DateTimeOffset now, CancellationToken cancellation)
    {
        var his = await ReadAsync();
        if (!holders.Matches(card.Holder, asked.Body.Identity) || card.Spare.End(his, now) is { Refusal: not null } or { Events: [] })
        {
            return (his, null);
        }

        var (_, refusal) = await directory.DecideAsync(
            card.Holder.Id, asked.Operation.Then("give-up"), (holder, at) => holder.GiveUp(card.Number, at), cancellation);
        return (await ReadAsync(), refusal);

        async Task<IReadOnlyList<Card>> ReadAsync() => await ofHolders.ReadAsync(card.Holder.Id, cancellation).ToListAsync(cancellation);
    }
}

/// <summary>Body of a cancellation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Channel">The caller's channel.</param>
/// <example>{"reason": "spare", "channel": "serviceWindow", "idNumber": "140105199003220818"}</example>
public sealed record CancellationRequest(CancellationReason Reason, ServiceChannel Channel) : ProvenRequest;

/// <summary>Why a holder wants a card to end.</summary>
public enum CancellationReason
{
    /// <summary>He has another in the province.</summary>
    Spare,
}
