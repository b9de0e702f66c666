using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.FamilySharing;

/// <summary>Family sharing (家庭共济): the money of an employee's medical account pays a relative's costs.</summary>
[Tags("Family sharing")]
public sealed class FamilyTriggers(
    ApiGate gate,
    CardCommands desk,
    CardRepository store,
    FamilyDesk family,
    HolderProtection holders,
    RegionPolicies regions,
    WorkingCalendar calendar,
    TimeProvider clock)
{
    private const int MostMembers = 10;
    private const int AdultAge = 18;

    private static readonly PartnerRole[] Desks = [PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital];

    private static ProblemHttpResult MemberNotFound => Problems.Of(404, "family-member-not-found", "There is no such member of the card's family.");

    /// <summary>Names relatives as members; 202 while one of them is not decided, else 200. Each has its own state and reason.</summary>
    [Function(nameof(RequestFamilyMembers))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Body(typeof(FamilyMembersRequest))]
    [Refuses(
        "balance-missing", "balance-too-low", "card-cancelled", "card-not-active", "card-suspended", "channel-not-allowed",
        "family-member-ended", "holder-mismatch")]
    [RefusesMembers(
        "already-member", "area-not-shared", "duplicate-member", "giver-limit-reached", "receiver-card-not-active", "receiver-is-giver",
        "receiver-limit-reached", "receiver-not-found", "relation-not-allowed")]
    public async Task<Results<Ok<FamilyView>, Accepted<FamilyView>, ProblemHttpResult>> RequestFamilyMembers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<FamilyMembersRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (!PartnerChannels.Of(command.Caller.Role).Contains(FamilyChannels.Of(body.Channel)))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        var errors = ErrorsOf(body).Require("idNumber", CitizenId.TryParse(body.IdNumber, out var holderId), "Not a valid citizen ID number.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var candidates = new List<FamilyCandidate>();
        foreach (var member in body.Members)
        {
            candidates.Add(await CandidateAsync(member, CitizenId.TryParse(member.IdNumber, out var id) ? id : throw new FormatException(), cancellation));
        }

        var asked = new FamilyRequest(command.Operation.ResourceId, body.Channel, body.AccountBalanceYuan);
        IReadOnlyList<FamilyMemberView> answers = [];
        var outcome = await desk.DecideAsync(
            command,
            (card, now) =>
            {
                if (!holders.Matches(card.Holder, holderId!))
                {
                    return Refusal.HolderMismatch;
                }

                (var decision, answers) = card.RequestFamilyMembers(asked, candidates, regions.For(card.RegionCode).FamilySharing, now);
                return decision;
            },
            _ => new FamilyView(answers),
            cancellation);
        var (requested, problem) = outcome.Read(request);
        if (problem is not null)
        {
            return problem;
        }

        var answer = await AnswerAsync(command, requested!, cancellation);
        return answer.Members.Any(member => member.State is FamilyMemberState.Requested or FamilyMemberState.AwaitingConsent or FamilyMemberState.UnderReview)
            ? TypedResults.Accepted(request.Path, answer) : TypedResults.Ok(answer);
    }

    /// <summary>Reads the members of a card's family: those that are, and those that are asked for.</summary>
    [Function(nameof(GetFamilyMembers))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    public async Task<Results<Ok<FamilyView>, ProblemHttpResult>> GetFamilyMembers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, Desks);
        return admission.Value is not { } caller ? admission.Problem!
            : CardNumber.TryParse(cardNumber, out var number) && await store.FindAsync(number, caller, cancellation) is { } card
                ? TypedResults.Ok(new FamilyView(
                    [.. card.Family.Members.Where(member => member.End is null).Select(member => FamilyMemberView.Of(member, card))]))
                : Problems.CardNotFound;
    }

    /// <summary>Reads a member, also one that is over.</summary>
    [Function(nameof(GetFamilyMember))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Refuses("family-member-not-found")]
    public async Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> GetFamilyMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}")] HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, Desks);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        if (!CardNumber.TryParse(cardNumber, out var number) || await store.FindAsync(number, caller, cancellation) is not { } card)
        {
            return Problems.CardNotFound;
        }

        return card.Family.Find(memberId) is { } member ? TypedResults.Ok(FamilyMemberView.Of(member, card))
            : IsMemberId(memberId)
                && await store.FindDocumentAsync<FamilyMemberView>(number, FamilyMemberView.Document, memberId, cancellation) is { } former
                ? TypedResults.Ok(former)
                : MemberNotFound;
    }

    /// <summary>The receiver consents, at the portal, a window or a hospital, where he presents his own ID number.</summary>
    [Function(nameof(ConsentToFamily))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Body(typeof(FamilyConsentRequest))]
    [Refuses("card-cancelled", "consent-not-due", "family-member-not-found", "receiver-mismatch")]
    public async Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> ConsentToFamily(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}/consent")] HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<FamilyConsentRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        if (!PartnerChannels.Of(command.Caller.Role).Contains(FamilyChannels.Of(command.Body.Channel)))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        return CitizenId.TryParse(command.Body.IdNumber, out var id)
            ? await DecideAsync(
                request, command, memberId, (card, now) => card.ConsentToFamily(memberId, holders.KeyOf(id), calendar, now), cancellation)
            : Problems.Invalid("idNumber", "Not a valid citizen ID number.");
    }

    /// <summary>The giver withdraws a member, or the request for one.</summary>
    [Function(nameof(RemoveFamilyMember))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online, PartnerRole.Hospital)]
    [Refuses("card-cancelled", "change-limit-reached", "family-member-ended", "family-member-not-found")]
    public async Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> RemoveFamilyMember(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "cards/{cardNumber}/family-members/{memberId}")] HttpRequest request,
        string cardNumber,
        string memberId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync(request, cardNumber, cancellation, Desks);
        return admission.Value is { } command
            ? await DecideAsync(
                request,
                command,
                memberId,
                (card, now) => card.RemoveFamilyMember(memberId, regions.For(card.RegionCode).FamilySharing, now),
                cancellation)
            : admission.Problem!;
    }

    private static bool IsMemberId(string text) =>
        text.Split('-') is [var request, { Length: 1 or 2 } index] && ResourceId.IsOne(request) && index.All(char.IsAsciiDigit);

    private static FieldErrors ErrorsOf(FamilyMembersRequest body)
    {
        var errors = new FieldErrors()
            .Require("accountBalanceYuan", body.AccountBalanceYuan is null or >= 0, "Not less than zero.")
            .Require("members", body.Members.Count is > 0 and <= MostMembers, $"Between 1 and {MostMembers}.");
        foreach (var (index, member) in body.Members.Take(MostMembers).Index())
        {
            // Regions number their insured with 8 (Shenzhen: 9) to 12 digits. It is checked and not kept.
            errors
                .Require($"members[{index}].idNumber", CitizenId.TryParse(member.IdNumber, out _), "Not a valid citizen ID number.")
                .Require(
                    $"members[{index}].computerNumber",
                    member.ComputerNumber is null || (member.ComputerNumber.Length is >= 8 and <= 12 && member.ComputerNumber.All(char.IsAsciiDigit)),
                    "8 to 12 digits.")
                .Require(
                    $"members[{index}].cardNumber",
                    member.CardNumber is null || CardNumber.TryParse(member.CardNumber, out _),
                    "Not a card number.");
        }

        return errors;
    }

    /// <summary>Lets every accepted member be admitted at once, and keeps what came of it as the answer of every repetition.</summary>
    private async Task<FamilyView> AnswerAsync(CardCommand command, FamilyView requested, CancellationToken cancellation)
    {
        var answers = new List<FamilyMemberView>();
        foreach (var member in requested.Members)
        {
            if (member.MemberId is { } memberId)
            {
                await family.AdmitAsync(command.Number, memberId, cancellation);
                answers.Add((await store.FindDocumentAsync<FamilyMemberView>(command.Number, FamilyMemberView.Document, memberId, cancellation))!);
            }
            else
            {
                answers.Add(member);
            }
        }

        var kept = await desk.DecideAsync(
            command.Number,
            Operation.Of("family-request-" + command.Operation.Key, "answer"),
            (card, _) => Decision.Unchanged(card),
            _ => new FamilyView(answers),
            cancellation);
        return kept.Done();
    }

    private async Task<FamilyCandidate> CandidateAsync(FamilyMemberRequest member, CitizenId id, CancellationToken cancellation)
    {
        var key = holders.KeyOf(id);
        Card? found = null;
        await foreach (var card in store.ReadOfHolderAsync(key, cancellation))
        {
            var isAsked = member.CardNumber is null ? card.Status is not CardStatus.Cancelled : card.Number.Value == member.CardNumber;
            if (isAsked && found?.Status is not CardStatus.Active)
            {
                found = card;
            }
        }

        return new(
            key,
            id.Masked,
            member.Relation,
            id.AgeOn(ChinaTime.DateOf(clock.GetUtcNow())) >= AdultAge,
            member.CardNumber is not null,
            found is null ? null : ReceiverCard.Of(found, ""));
    }

    private async Task<Results<Ok<FamilyMemberView>, ProblemHttpResult>> DecideAsync(
        HttpRequest request,
        CardCommand command,
        string memberId,
        Func<Card, DateTimeOffset, Decision<Card>> decide,
        CancellationToken cancellation)
    {
        if (!IsMemberId(memberId)
            || await store.FindAsync(command.Number, command.Caller, cancellation) is null
            || await store.FindDocumentAsync<FamilyMemberView>(command.Number, FamilyMemberView.Document, memberId, cancellation) is null)
        {
            return MemberNotFound;
        }

        var outcome = await desk.DecideAsync(command, decide, card => FamilyMemberView.Of(card.Family.Find(memberId)!, card), cancellation);
        return outcome.ToOk(request);
    }
}

/// <summary>Body of a request for family sharing.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The giver's ID number, as presented.</param>
/// <param name="Members">Who is to become a member; 1 to 10.</param>
/// <param name="AccountBalanceYuan">The balance of the giver's account in yuan, as the caller attests it.</param>
/// <example>
/// {
///   "channel": "website", "idNumber": "140105199005031236",
///   "members": [
///     {"idNumber": "140105199005081284", "relation": "child", "cardNumber": "T00000124"},
///     {"idNumber": "140105199005081284", "relation": "child", "cardNumber": "T00000124"},
///     {"idNumber": "140105199005031236", "relation": "spouse", "cardNumber": "T00000121"}
///   ]
/// }
/// </example>
public sealed record FamilyMembersRequest(
    FamilyChannel Channel, string IdNumber, IReadOnlyList<FamilyMemberRequest> Members, decimal? AccountBalanceYuan = null)
{
    /// <summary>Shows nothing of the persons.</summary>
    public override string ToString() => $"family members ({Channel}, {Members.Count})";
}

/// <summary>One relative.</summary>
/// <param name="IdNumber">His ID number.</param>
/// <param name="Relation">What he is to the giver.</param>
/// <param name="ComputerNumber">His personal number in the insurance system (个人电脑号), 8 to 12 digits; checked and not kept.</param>
/// <param name="CardNumber">His card, where it is shown.</param>
public sealed record FamilyMemberRequest(string IdNumber, Relation Relation, string? ComputerNumber = null, string? CardNumber = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"family member ({Relation})";
}

/// <summary>Body of a receiver's consent.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The receiver's ID number, as he presents it.</param>
/// <example>
/// {"channel": "weChat", "idNumber": "140105199004141046"}
/// </example>
public sealed record FamilyConsentRequest(FamilyChannel Channel, string IdNumber)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"consent to family sharing ({Channel})";
}
