using SocialCard.Functions.Cards;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilySharing;

/// <summary>Family sharing (家庭共济): the money of an employee's medical account pays a relative's costs.</summary>
[Tags("Family sharing")]
public sealed class FamilyTriggers(
    Api<Card> cards,
    FamilyCandidates candidates,
    FamilyAdmission admission,
    PersonProtection holders,
    HolderDirectory directory,
    RegionPolicies regions,
    WorkingCalendar calendar)
{
    private const int MostMembers = 10;

    /// <summary>Names relatives as members; 202 while one of them is not decided, else 200. Each has its own state and reason.</summary>
    [Function(nameof(RequestFamilyMembers))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Body(typeof(FamilyMembersRequest))]
    [Refuses(
        "balance-missing", "balance-too-low", "card-cancelled", "card-not-active", "card-suspended", "channel-not-allowed",
        "family-member-ended", "holder-mismatch")]
    [RefusesMembers(
        "already-member", "area-not-shared", "duplicate-member", "giver-limit-reached", "holder-ambiguous", "receiver-card-not-active",
        "receiver-is-giver", "receiver-limit-reached", "receiver-not-found", "relation-contradicts-age", "relation-not-allowed",
        "spouse-exists")]
    public async Task<Results<Ok<FamilyView>, Accepted<FamilyView>, ProblemHttpResult>> RequestFamilyMembers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var reply = await cards.Command<FamilyMembersRequest>(request, cardNumber)
            .Through(body => FamilyChannels.Of(body.Channel))
            .Check((errors, body, _) => errors
                .Require("accountBalanceYuan", body.AccountBalanceYuan is null or >= 0, "Not less than zero.")
                .Require("members", body.Members.Count is > 0 and <= MostMembers, $"Between 1 and {MostMembers}."))
            .Decide(
                (context, stop) => candidates.FindAsync(context.Body.Members, stop),
                (card, relatives, context, now) => card.FamilySharing.Giving.Request(
                    new(
                        context.ResourceId,
                        context.Body.Channel,
                        context.Body.AccountBalanceYuan,
                        context.Caller.Id,
                        holders.DocumentOf(card.Holder, context.Body.Identity).BirthDate),
                    relatives,
                    regions.For(card.RegionCode).FamilySharing,
                    now))
            .ReplyAsync(
                (_, answers, _) => new FamilyView(answers ?? []),
                (requested, context, stop) => admission.AdmitAllAsync(CardNumber.Parse(cardNumber), requested, context.Operation, stop),
                cancellation);
        return reply.Answer is not { } family ? reply.Problem!
            : family.Members.Any(member => member.IsUndecided) ? TypedResults.Accepted(request.Path, family)
            : TypedResults.Ok(family);
    }

    /// <summary>Reads the members of a card's family: those that are, and those that are asked for.</summary>
    [Function(nameof(GetFamilyMembers))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    public Task<Results<Ok<FamilyView>, NotModified, ProblemHttpResult>> GetFamilyMembers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members")]
        HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.ReadAsync(request, cardNumber, FamilyView.Of, cancellation);

    /// <summary>Reads a member, also one that is over.</summary>
    [Function(nameof(GetFamilyMember))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Refuses("family-member-not-found")]
    public Task<Results<Ok<FamilyMemberView>, NotModified, ProblemHttpResult>> GetFamilyMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}")]
        HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation) =>
        cards.ReadDocumentAsync(
            request,
            cardNumber,
            card => FamilyMemberView.Find(memberId, card),
            FamilyMemberView.Document,
            memberId,
            FamilyRefusals.NotFound,
            cancellation);

    /// <summary>The receiver consents, at the portal, a window or a hospital, where he presents his own document.</summary>
    [Function(nameof(ConsentToFamily))]
    [Proof(Proof.Consenter)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Body(typeof(FamilyConsentRequest))]
    [Refuses("card-cancelled", "consent-not-due", "family-member-not-found", "receiver-mismatch")]
    public Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> ConsentToFamily(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}/consent")]
        HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation) =>
        cards.Command<FamilyConsentRequest>(request, cardNumber)
            .OnDocument(FamilyMemberView.Document, memberId, FamilyRefusals.NotFound)
            .Through(body => FamilyChannels.Of(body.Channel))
            .Decide(
                (context, token) => directory.OfDocumentAsync(holders.KeyOf(context.Body.Identity), token),
                (card, people, _, now) => card.FamilySharing.Giving
                    .Consent(memberId, [.. people.Select(person => person.Id)], calendar, now).With<Card>(null))
            .OkAsync(card => FamilyMemberView.Find(memberId, card)!, cancellation);

    /// <summary>The giver withdraws a member, or the request for one. A hospital takes back what was asked for there.</summary>
    [Function(nameof(RemoveFamilyMember))]
    [Undoes(nameof(RequestFamilyMembers))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Body(typeof(WithdrawFamilyMemberRequest))]
    [Refuses(
        "card-cancelled", "change-limit-reached", "family-member-ended", "family-member-not-found", "holder-mismatch", "undo-elsewhere")]
    public Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> RemoveFamilyMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}/withdrawal")]
        HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation) =>
        cards.Command<WithdrawFamilyMemberRequest>(request, cardNumber)
            .Through(body => FamilyChannels.Of(body.Channel))
            .OnDocument(FamilyMemberView.Document, memberId, FamilyRefusals.NotFound)
            .Undoing(card => card.FamilySharing.Giving.AskedFor(memberId, regions.For(card.RegionCode).FamilySharing))
            .Decide((card, _, now) => card.FamilySharing.Giving.Remove(memberId, regions.For(card.RegionCode).FamilySharing, now))
            .OkAsync(card => FamilyMemberView.Find(memberId, card)!, cancellation);
}
