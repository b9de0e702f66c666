using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// The electronic card of a child (电子社保卡亲情服务): its opening by a guardian and its end. Portals and service windows act for
/// guardians, whom they have before them.
/// </summary>
[Tags("Electronic cards")]
public sealed class ElectronicCardOpeningTriggers(
    Api<ElectronicCard> electronicCards,
    ElectronicCardReservations reservations,
    CardRepository cards,
    PersonProtection holders,
    RegionPolicies regions)
{
    /// <summary>Opens an application by a guardian whose card is in use and whose real name has been verified.</summary>
    [Function(nameof(OpenElectronicCard))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(OpenElectronicCardRequest))]
    [Refuses(
        "card-not-found", "electronic-card-exists", "electronic-card-limit-reached", "electronic-card-not-found",
        "guardian-card-not-active", "guardian-too-young", "holder-mismatch", "real-name-check-not-allowed", "real-name-outdated",
        "relation-not-allowed")]
    public Task<Results<Created<ElectronicCardView>, ProblemHttpResult>> OpenElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards")] HttpRequest request,
        CancellationToken cancellation) =>
        electronicCards.Creation<OpenElectronicCardRequest>(request)
            .Check((errors, body, now) => errors.Require(
                "realNameVerification.at", body.RealNameVerification.At <= now, "The verification is in the future."))
            .Create(context => context.ResourceId, ElectronicCardRefusals.AlreadyApplied, OpenAsync)
            .CreatedAsync(ElectronicCardView.Of, cancellation);

    /// <summary>Reads an electronic card: where an interrupted application goes on, and what became of it.</summary>
    [Function(nameof(GetElectronicCard))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("electronic-card-not-found")]
    public Task<Results<Ok<ElectronicCardView>, NotModified, ProblemHttpResult>> GetElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}")]
        HttpRequest request,
        string electronicCardId, CancellationToken cancellation) =>
        electronicCards.ReadAsync(request, electronicCardId, ElectronicCardView.Of, cancellation);

    /// <summary>The guardian gives it up, the application or the card.</summary>
    [Function(nameof(GiveUpElectronicCard))]
    [Undoes(nameof(OpenElectronicCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(GiveUpElectronicCardRequest))]
    [Refuses("application-lapsed", "electronic-card-ended", "electronic-card-not-found", "holder-mismatch")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> GiveUpElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/withdrawal")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command<GiveUpElectronicCardRequest>(request, electronicCardId)
            .Decide((card, _, now) => card.GiveUp(now))
            .OkAsync(ElectronicCardView.Of, cancellation);

    private async Task<Decision<ElectronicCard>> OpenAsync(
        CommandContext<OpenElectronicCardRequest> context, DateTimeOffset now, CancellationToken cancellation)
    {
        var (id, body) = (context.ResourceId, context.Body);
        if (await cards.FindAsync(body.GuardianCardNumber, context.Caller, cancellation) is not { } guardian)
        {
            return Refusal.CardNotFound;
        }

        var policy = regions.For(guardian.RegionCode).ElectronicCard;
        var (person, realName) = (guardian.Holder, body.RealNameVerification.Verification);
        var wanted = new GuardianReservation(id, body.Relation.ToString(), null, now);
        var fault = holders.Matches(person, body.Guardian)
            ? ElectronicCard.OpeningFault(
                guardian, holders.DocumentOf(person, body.Guardian), body.Relation, realName, policy.OfChild, now)
            : Refusal.HolderMismatch;
        return fault is not null ? fault
            : await reservations.ReserveAsync(person.Id, wanted, policy.Relatives, cancellation) is { } full ? full
            : ElectronicCard.Open(
                id, guardian.RegionCode, new(person, guardian.Number, realName), body.Relation, ElectronicCardTerms.Of(policy), now);
    }
}
