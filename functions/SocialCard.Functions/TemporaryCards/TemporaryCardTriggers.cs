using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.TemporaryCards;

/// <summary>Issuing a temporary card, extending it, and reporting it lost.</summary>
[Tags("Temporary cards")]
public sealed class TemporaryCardTriggers(Api<Card> cards, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Issues a temporary card, or the certificate that takes its place; its number is made here.</summary>
    [Function(nameof(IssueTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses(
        "holder-mismatch", "no-reissue-running", "temporary-card-issued", "temporary-card-maximum-reached", "temporary-card-not-offered")]
    public Task<Results<Created<TemporaryCardView>, ProblemHttpResult>> IssueTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, context, now) => card.TemporaryCards.Issue(
                context.ResourceId, regions.For(card.RegionCode).TemporaryCard, calendar, now))
            .CreatedAsync((card, _, _) => TemporaryCardView.Of(card.TemporaryCard!), (path, _) => path, cancellation);

    /// <summary>Makes the temporary card valid for longer.</summary>
    [Function(nameof(ExtendTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("channel-not-allowed", "holder-mismatch", "temporary-card-maximum-reached", "temporary-card-not-valid")]
    public Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> ExtendTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/extension")]
        HttpRequest request,
        string cardNumber,
        CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, context, now) => card.TemporaryCards.Extend(context.Body.Channel, calendar, now))
            .OkAsync(card => TemporaryCardView.Of(card.TemporaryCard!), cancellation);

    /// <summary>Ends the temporary card because it is lost itself.</summary>
    [Function(nameof(LoseTemporaryCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("holder-mismatch", "temporary-card-not-valid")]
    public Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> LoseTemporaryCard(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/loss-report")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<TemporaryCardRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, _, now) => card.TemporaryCards.Lose(now))
            .OkAsync(card => TemporaryCardView.Of(card.TemporaryCard!), cancellation);
}

/// <summary>Body of every command on a temporary card.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199112107099"}
/// </example>
public sealed record TemporaryCardRequest(ServiceChannel Channel) : ProvenByPhoneRequest;
