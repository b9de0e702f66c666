using SocialCard.Functions.Cards;
using SocialCard.Functions.People;
using SocialCard.Functions.Rules;

namespace SocialCard.Functions.Activation;

/// <summary>Enabling a card's social-security application, and restoring a card that was not activated in time.</summary>
[Tags("Activation")]
public sealed class ActivationTriggers(Api<Card> cards, PersonProtection holders, ActivationRules rules)
{
    /// <summary>Enables a card at the desk of a hospital, pharmacy, bank or bureau, online, or by the hotline.</summary>
    [Function(nameof(ActivateCard))]
    [Proof(Proof.HolderOrAgent)]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(ActivateCardRequest))]
    [Refuses(
        "activation-window-closed", "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "card-cancelled",
        "card-suspended", "channel-not-allowed", "financial-activation-required", "guardian-required", "holder-deceased", "holder-mismatch",
        "occasion-not-allowed", "referral-missing")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> ActivateCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/activations")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<ActivateCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Check((errors, body, _) => errors.Require("occasion", Occasions.Fit(body.Channel, body.Occasion), Occasions.Rule))
            .Decide((card, asked, now) => Use(
                card, asked.Caller, asked.Body.ToCommand(holders.DocumentOf(card.Holder, asked.Body.Identity).BirthDate, now)))
            .OkAsync(CardView.Of, cancellation);

    /// <summary>Releases a card that was not activated in time, once the region's earlier steps are done.</summary>
    [Function(nameof(RestoreCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(RestoreCardRequest))]
    [Refuses("card-cancelled", "card-suspended", "holder-deceased", "holder-mismatch", "not-expired", "restore-step-missing")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> RestoreCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/restoration")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<RestoreCardRequest>(request, cardNumber)
            .Decide((card, _, now) => card.Activation.Restore(now))
            .OkAsync(CardView.Of, cancellation);

    private Decision<Card> Use(Card card, Partner caller, ActivateSocial use)
    {
        var policy = rules.For(card, use.OccurredAt);
        return card.IsAwayFrom(caller) ? card.Referrals.Use(use, caller.Id, policy) : card.Activation.EnableSocial(use, policy);
    }
}
