using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Guardians;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// The electronic card of a child (电子社保卡亲情服务): a guardian's application, step by step, and what becomes of it. Portals and
/// service windows act for guardians, whom they have before them; the bureau decides.
/// </summary>
[Tags("Electronic cards")]
public sealed class ElectronicCardTriggers(
    ApiGate gate,
    CommandExecutor<ElectronicCard> desk,
    AggregateRepository<ElectronicCard> electronicCards,
    ElectronicCardReservations places,
    CommitmentLetters letters,
    CardRepository cards,
    HolderProtection holders,
    RegionPolicies regions,
    WorkingCalendar calendar,
    TimeProvider clock)
{
    private const int LongestReason = 500;
    private const int HashLength = 64;

    private static readonly TimeSpan RealNameValidity = TimeSpan.FromHours(24);
    private static readonly PartnerRole[] Desks = [PartnerRole.Bureau, PartnerRole.Online];

    /// <summary>Opens an application by a guardian whose card is in use and whose real name has been verified.</summary>
    [Function(nameof(OpenElectronicCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(OpenElectronicCardRequest))]
    [Refuses(
        "card-not-found", "electronic-card-exists", "electronic-card-limit-reached", "electronic-card-not-found",
        "guardian-card-not-active", "guardian-too-young", "holder-mismatch", "real-name-check-not-allowed", "real-name-outdated",
        "relation-not-allowed")]
    public async Task<Results<Created<ElectronicCardView>, ProblemHttpResult>> OpenElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<OpenElectronicCardRequest>(request, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (body, now, id) = (command.Body, clock.GetUtcNow(), command.Operation.ResourceId);
        var errors = new FieldErrors()
            .Require("guardianIdNumber", CitizenId.TryParse(body.GuardianIdNumber, out var guardianId), "Not a valid citizen ID number.")
            .Require("realNameVerification.reference", IsReference(body.RealNameVerification.Reference), "1 to 64 visible ASCII characters.")
            .Require("realNameVerification.at", body.RealNameVerification.At <= now, "The verification is in the future.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        Outcome<ElectronicCardView> outcome;
        if (await electronicCards.FindAsync(id, command.Caller, cancellation) is not null)
        {
            outcome = await desk.ExecuteAsync(
                id, command.Operation, (card, _) => Decision.Unchanged(card), ElectronicCardView.Of, cancellation);
        }
        else if (await cards.FindAsync(body.GuardianCardNumber, command.Caller, cancellation) is not { } guardian)
        {
            return Problems.CardNotFound;
        }
        else
        {
            var policy = regions.For(guardian.RegionCode).ElectronicCard;
            var place = new GuardianPlace(id, body.Relation.ToString(), null, now);
            if (OpeningFault(body, guardian, guardianId!, policy.OfChild, now) is { } fault)
            {
                return Problems.Refused(fault);
            }

            if (await places.TakeAsync(
                guardian.Holder.Key, place, others => ElectronicCardReservations.FaultOf(place, others, policy.Relatives), cancellation) is { } full)
            {
                return Problems.Refused(full);
            }

            var realName = body.RealNameVerification;
            outcome = await desk.OpenAsync(
                ElectronicCard.Open(
                    id,
                    guardian.RegionCode,
                    new(guardian.Holder, guardian.Number, new(realName.Method, realName.Reference, realName.At)),
                    body.Relation,
                    ElectronicCardTerms.Of(policy),
                    now),
                command.Operation,
                ElectronicCardView.Of,
                now,
                ElectronicCardRefusals.AlreadyApplied,
                cancellation);
        }

        var (view, problem) = outcome.Read(request, ElectronicCardProblems.NotFound);
        return problem is null ? TypedResults.Created($"{request.Path}/{id}", view) : problem;
    }

    /// <summary>Reads an electronic card: where an interrupted application goes on, and what became of it.</summary>
    [Function(nameof(GetElectronicCard))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("electronic-card-not-found")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> GetElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, [.. Desks, PartnerRole.Operations]);
        return admission.Value is not { } caller ? admission.Problem!
            : await FindAsync(electronicCardId, caller, cancellation) is { } card ? TypedResults.Ok(ElectronicCardView.Of(card))
            : ElectronicCardProblems.NotFound;
    }

    /// <summary>The guardian has read and accepted the notice.</summary>
    [Function(nameof(AcceptElectronicCardNotice))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(AcceptNoticeRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "electronic-card-ended", "electronic-card-not-found", "notice-outdated", "under-review")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> AcceptElectronicCardNotice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/notice")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<AcceptNoticeRequest>(request, cancellation, Desks);
        return admission.Value is not { } command ? admission.Problem!
            : !command.Body.Accepted ? Problems.Invalid("accepted", "The notice must be accepted.")
            : await DecideAsync(request, electronicCardId, command, (card, now) => card.AcceptNotice(command.Body.Version, now), cancellation);
    }

    /// <summary>Names the child; naming it otherwise voids a signature.</summary>
    [Function(nameof(NameElectronicCardMember))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(NameMemberRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "child-too-old", "electronic-card-ended", "electronic-card-exists",
        "electronic-card-limit-reached", "electronic-card-not-found", "member-card-missing", "member-is-guardian", "member-mismatch",
        "notice-not-accepted", "under-review")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> NameElectronicCardMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/member")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<NameMemberRequest>(request, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (body, now) = (command.Body, clock.GetUtcNow());
        var hasId = CitizenId.TryParse(body.IdNumber, out var memberId);
        var errors = new FieldErrors()
            .Require("idNumber", hasId, "Not a valid citizen ID number.")
            .Require("idNumber", !hasId || memberId!.BirthDate <= ChinaTime.DateOf(now), "The day of birth is in the future.")
            .Require("name", body.Name.Trim() is { Length: > 0 and <= 64 }, "Between 1 and 64 characters.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (await FindAsync(electronicCardId, command.Caller, cancellation) is not { } application)
        {
            return ElectronicCardProblems.NotFound;
        }

        // Refused within the decision, where a repetition still gets its first answer.
        var fault = await MemberFaultAsync(application, memberId!, body.Name.Trim(), now, cancellation);
        var person = holders.Seal(new(memberId!, body.Name.Trim(), holders.Open(application.Guardian.Person).Mobile));
        return await DecideAsync(
            request,
            electronicCardId,
            command,
            (card, at) => fault is not null
                ? fault : card.NameMember(person, ElectronicCard.AccessEndOf(memberId!.BirthDate, card.Terms.ChildBelowAge), at),
            cancellation);
    }

    /// <summary>
    /// Shows the commitment letter as HTML: as it would be signed now, or as it was. Its ETag is the hash that is signed, the SHA-256
    /// of the body in hexadecimal.
    /// </summary>
    [Function(nameof(GetCommitmentLetter))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [FileAnswer("text/html", HasETag = true)]
    [Refuses(
        "already-issued", "application-lapsed", "documents-missing", "electronic-card-ended", "electronic-card-not-found",
        "member-missing", "notice-not-accepted", "under-review")]
    public async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetCommitmentLetter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/letter")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, Desks);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        if (await FindAsync(electronicCardId, caller, cancellation) is not { } card)
        {
            return ElectronicCardProblems.NotFound;
        }

        if (card.Signature is null && card.LetterFault() is { } fault)
        {
            return Problems.Refused(fault);
        }

        var letter = letters.Of(card);
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = $"\"{letter.Hash}\"";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = CommitmentLetters.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.File(letter.Html, "text/html; charset=utf-8");
    }

    /// <summary>The guardian signs the letter that he was shown.</summary>
    [Function(nameof(SignCommitmentLetter))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(SignLetterRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "documents-missing", "electronic-card-ended", "electronic-card-not-found",
        "holder-mismatch", "letter-changed", "member-missing", "notice-not-accepted", "signature-check-not-allowed", "under-review")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> SignCommitmentLetter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/signature")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<SignLetterRequest>(request, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        var errors = new FieldErrors()
            .Require("letterHash", body.LetterHash.Length == HashLength && body.LetterHash.All(char.IsAsciiHexDigitLower), "64 hexadecimal digits.")
            .Require("signerIdNumber", CitizenId.TryParse(body.SignerIdNumber, out var signer), "Not a valid citizen ID number.")
            .Require("reference", IsReference(body.Reference), "1 to 64 visible ASCII characters.");
        return errors.Problem is { } invalid ? invalid
            : await DecideAsync(
                request,
                electronicCardId,
                command,
                (card, now) => card.LetterFault() is { } fault ? fault
                    : !holders.Matches(card.Guardian.Person, signer!) ? Refusal.HolderMismatch
                    : card.Sign(letters.Of(card), body.LetterHash, body.Method, body.Reference, now),
                cancellation);
    }

    /// <summary>Hands the application to the bureau.</summary>
    [Function(nameof(SubmitElectronicCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses(
        "already-issued", "application-lapsed", "documents-missing", "electronic-card-ended", "electronic-card-not-found",
        "letter-not-signed", "member-missing", "notice-not-accepted", "under-review")]
    public async Task<Results<Accepted<ElectronicCardView>, ProblemHttpResult>> SubmitElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/submission")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitBareAsync(request, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var outcome = await DecideAsync(electronicCardId, command, (card, now) => card.Submit(calendar, now), cancellation);
        var (view, problem) = outcome.Read(request, ElectronicCardProblems.NotFound);
        return problem is null ? TypedResults.Accepted(request.Path.Value![..request.Path.Value!.LastIndexOf('/')], view) : problem;
    }

    /// <summary>The bureau decides: the card is issued, or the guardian is told why not and corrects.</summary>
    [Function(nameof(DecideElectronicCard))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(DecideElectronicCardRequest))]
    [Refuses("electronic-card-not-found", "guardian-card-not-active", "member-card-missing", "not-under-review")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> DecideElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/decision")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<DecideElectronicCardRequest>(request, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (isApproved, reason) = (command.Body.Approve, command.Body.Reason?.Trim());
        if (!isApproved && reason is not { Length: > 0 and <= LongestReason })
        {
            return Problems.Invalid("reason", $"A refusal says why, in 1 to {LongestReason} characters.");
        }

        // Guardian or child may have lost the card since the application was opened.
        var application = await FindAsync(electronicCardId, command.Caller, cancellation);
        var fault = isApproved && application is { State: ElectronicCardState.Submitted } ? await CardsFaultAsync(application, cancellation) : null;
        return await DecideAsync(
            request,
            electronicCardId,
            command,
            (card, now) => fault is not null ? fault : card.Decide(isApproved, isApproved ? null : reason, command.Caller.Id, now),
            cancellation);
    }

    /// <summary>The guardian gives it up, the application or the card.</summary>
    [Function(nameof(GiveUpElectronicCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Refuses("application-lapsed", "electronic-card-ended", "electronic-card-not-found")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> GiveUpElectronicCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}")] HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitBareAsync(request, cancellation, Desks);
        return admission.Value is { } command
            ? await DecideAsync(request, electronicCardId, command, (card, now) => card.GiveUp(now), cancellation)
            : admission.Problem!;
    }

    private static bool IsReference(string text) => text.Length is > 0 and <= 64 && text.All(c => c is > ' ' and < (char)127);

    private Refusal? OpeningFault(OpenElectronicCardRequest body, Card guardian, CitizenId id, ElectronicCardOfChild rules, DateTimeOffset now) =>
        !holders.Matches(guardian.Holder, id) ? Refusal.HolderMismatch
        : guardian.Status is not CardStatus.Active ? ElectronicCardRefusals.GuardianCardNotActive
        : id.AgeOn(ChinaTime.DateOf(now)) < rules.GuardianFromAge ? ElectronicCardRefusals.GuardianTooYoung
        : !rules.Wardships.Contains(body.Relation) ? ElectronicCardRefusals.RelationNotAllowed
        : !rules.RealNameChecks.Contains(body.RealNameVerification.Method) ? ElectronicCardRefusals.RealNameCheckNotAllowed
        : body.RealNameVerification.At < now - RealNameValidity ? ElectronicCardRefusals.RealNameOutdated
        : null;

    /// <summary>Why the child cannot be named; if it can, its place is taken and it is found by its key.</summary>
    private async Task<Refusal?> MemberFaultAsync(
        ElectronicCard application, CitizenId memberId, string name, DateTimeOffset now, CancellationToken cancellation)
    {
        var memberKey = holders.KeyOf(memberId);
        if (application.EditFault() is { } fault)
        {
            return fault;
        }

        if (application.Notice is null)
        {
            return ElectronicCardRefusals.NoticeNotAccepted;
        }

        if (ElectronicCard.AccessEndOf(memberId.BirthDate, application.Terms.ChildBelowAge) <= now)
        {
            return ElectronicCardRefusals.ChildTooOld;
        }

        if (application.Terms.NeedsPhysicalCard)
        {
            var physical = await CardsOf(memberKey, cancellation).ToListAsync(cancellation);
            if (physical.Count == 0 || physical.All(card => holders.Open(card.Holder).Name != name))
            {
                return physical.Count == 0 ? ElectronicCardRefusals.MemberCardMissing : ElectronicCardRefusals.MemberMismatch;
            }
        }

        var place = new GuardianPlace(application.Id, application.Wardship.ToString(), memberKey, now);
        var limits = regions.For(application.RegionCode).ElectronicCard.Relatives;
        var taken = await places.TakeAsync(
            application.Guardian.Person.Key, place, others => ElectronicCardReservations.FaultOf(place, others, limits), cancellation);
        if (taken is null)
        {
            await places.IndexMemberAsync(memberKey, application.Id, cancellation);
        }

        return taken;
    }

    private async Task<Refusal?> CardsFaultAsync(ElectronicCard application, CancellationToken cancellation) =>
        !await HasCardAsync(application.Guardian.Person.Key, cancellation) ? ElectronicCardRefusals.GuardianCardNotActive
        : application.Terms.NeedsPhysicalCard && !await HasCardAsync(application.Member!.Person.Key, cancellation) ? ElectronicCardRefusals.MemberCardMissing
        : null;

    private ValueTask<bool> HasCardAsync(string holderKey, CancellationToken cancellation) => CardsOf(holderKey, cancellation).AnyAsync(cancellation);

    private IAsyncEnumerable<Card> CardsOf(string holderKey, CancellationToken cancellation) =>
        cards.ReadOfHolderAsync(holderKey, cancellation).Where(card => card.Status is not CardStatus.Cancelled);

    private Task<ElectronicCard?> FindAsync(string id, Partner caller, CancellationToken cancellation) =>
        ElectronicCardProblems.FindAsync(electronicCards, id, caller, cancellation);

    private async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> DecideAsync(
        HttpRequest request,
        string id,
        CommandContext command,
        Func<ElectronicCard, DateTimeOffset, Decision<ElectronicCard>> decide,
        CancellationToken cancellation) =>
        (await DecideAsync(id, command, decide, cancellation)).ToOk(request, ElectronicCardProblems.NotFound);

    private async Task<Outcome<ElectronicCardView>> DecideAsync(
        string id,
        CommandContext command,
        Func<ElectronicCard, DateTimeOffset, Decision<ElectronicCard>> decide,
        CancellationToken cancellation) => ResourceId.IsOne(id)
        ? await desk.ExecuteAsync(id, command.Operation, decide, ElectronicCardView.Of, cancellation)
        : new Outcome<ElectronicCardView>.NotFound();
}

/// <summary>How electronic cards are looked up, and what is said when there is none.</summary>
internal static class ElectronicCardProblems
{
    public static ProblemHttpResult NotFound => Problems.Of(404, "electronic-card-not-found", "There is no such electronic card within your scope.");

    public static async Task<ElectronicCard?> FindAsync(
        AggregateRepository<ElectronicCard> electronicCards, string id, Partner caller, CancellationToken cancellation) =>
        ResourceId.IsOne(id) ? await electronicCards.FindAsync(id, caller, cancellation) : null;
}
