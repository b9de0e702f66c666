using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The steps of a guardian's application: the notice, the child, and in the end the submission to the bureau.</summary>
[Tags("Electronic cards")]
public sealed class ElectronicCardStepTriggers(
    Api<ElectronicCard> electronicCards,
    ElectronicCardReservations reservations,
    PhysicalCards physical,
    HolderDirectory directory,
    PersonProtection holders,
    RegionPolicies regions,
    WorkingCalendar calendar)
{
    /// <summary>The guardian has read and accepted the notice.</summary>
    [Function(nameof(AcceptElectronicCardNotice))]
    [Proof(Proof.Application)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(AcceptNoticeRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "electronic-card-ended", "electronic-card-not-found", "notice-outdated", "under-review")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> AcceptElectronicCardNotice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/notice")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command<AcceptNoticeRequest>(request, electronicCardId)
            .Check((errors, body, now) => errors
                .Require("accepted", body.Accepted, "The notice must be accepted.")
                .Require(
                    "realNameVerification.at",
                    !(body.RealNameVerification?.At > now + RealNameVerification.Tolerance),
                    "The verification is in the future."))
            .Decide((card, context, now) => card.AcceptNotice(
                context.Body.Version, now, context.Body.RealNameVerification?.Verification))
            .OkAsync(ElectronicCardView.Of, cancellation);

    /// <summary>Names the child; naming it otherwise voids a signature.</summary>
    [Function(nameof(NameElectronicCardMember))]
    [Proof(Proof.Application)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(NameMemberRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "child-too-old", "electronic-card-ended", "electronic-card-exists",
        "electronic-card-limit-reached", "electronic-card-not-found", "member-card-missing", "member-is-guardian", "member-mismatch",
        "notice-not-accepted", "relation-contradicts-age", "under-review")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> NameElectronicCardMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/member")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command<NameMemberRequest>(request, electronicCardId)
            .Check((errors, body, now) => errors
                .RequireBorn(body.BirthField, body.Identity, now)
                .Require("document.birthDate", body.Identity.BirthDate is not null, "A child's is needed."))
            .Decide(NameAsync, (card, named, _, now) => named.Fault is { } fault ? fault : card.NameMember(named.Member, now))
            .OkAsync(ElectronicCardView.Of, cancellation);

    /// <summary>Hands the application to the bureau.</summary>
    [Function(nameof(SubmitElectronicCard))]
    [Proof(Proof.Application)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses(
        "already-issued", "application-lapsed", "documents-missing", "electronic-card-ended", "electronic-card-not-found",
        "letter-not-signed", "member-missing", "notice-not-accepted", "under-review")]
    public Task<Results<Accepted<ElectronicCardView>, ProblemHttpResult>> SubmitElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/submission")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command(request, electronicCardId)
            .Decide((card, _, now) => card.Submit(calendar, now))
            .AcceptedAsync((card, _, _) => ElectronicCardView.Of(card), (path, _) => path[..path.LastIndexOf('/')], cancellation);

    /// <summary>Who the child is; it is reserved for the application, and the application is found by it.</summary>
    private async Task<Named> NameAsync(
        ElectronicCard application, CommandContext<NameMemberRequest> context, DateTimeOffset now, CancellationToken cancellation)
    {
        var (guardian, document, name) = (application.Guardian.Person, context.Body.Identity, context.Body.Name);
        var member = new ElectronicCardMember(
            await directory.IdentifyAsync(new(document, name.Value, holders.Open(guardian).Mobile), cancellation),
            ElectronicCard.AccessEndOf(document.BirthDate!.Value, application.Terms.ChildBelowAge));
        var wanted = new GuardianReservation(application.Id, application.Wardship.ToString(), member.Person.Id, now);
        var limits = regions.For(application.RegionCode).ElectronicCard.Relatives;
        var fault = application.NameMember(member, now).Refusal
            ?? (Relation.Child.ContradictsAges(holders.Open(guardian).Document.BirthDate, document.BirthDate)
                ? Refusal.RelationContradictsAge : null)
            ?? await physical.NamingFaultAsync(application, member.Person, cancellation)
            ?? await reservations.ReserveAsync(guardian.Id, wanted, limits, cancellation);
        if (fault is null)
        {
            await reservations.IndexMemberAsync(member.Person.Id, application.Id, cancellation);
        }

        return new(member, fault);
    }

    private sealed record Named(ElectronicCardMember Member, Refusal? Fault);
}
