using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Passwords;

/// <summary>
/// Changing, resetting, unlocking and checking the passwords that the service holds. What is presented is compared and
/// hashed here, and goes no further.
/// </summary>
[Tags("Passwords")]
public sealed class PasswordTriggers(
    ApiGate gate,
    CardCommands desk,
    CardRepository store,
    HolderProtection holders,
    PasswordVerifier verifier,
    PasswordCheckLimit checkLimit,
    RegionPolicies regions,
    WorkingCalendar calendar)
{
    private static readonly PartnerRole[] Desks =
        [PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline];

    /// <summary>Asks for a new password: 200 if it counts at once, 202 if it waits for the region's window.</summary>
    [Function(nameof(RequestPasswordChange))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordChangeRequest))]
    [Refuses(
        "agent-not-allowed", "agent-not-eligible", "card-cancelled", "card-not-received", "card-suspended", "channel-not-allowed",
        "current-password-wrong", "holder-mismatch", "password-held-by-bank", "password-in-card-number", "password-in-id-number",
        "password-kind-unknown", "password-locked", "password-not-set", "password-not-six-digits", "password-repeated-digit",
        "password-run", "password-unchanged")]
    public async Task<Results<Accepted<PasswordChangeView>, Ok<PasswordChangeView>, ProblemHttpResult>> RequestPasswordChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<PasswordChangeRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (number, body) = (command.Number, command.Body);
        if (await store.FindAsync(number, command.Caller, cancellation) is not { } seen)
        {
            return Problems.CardNotFound;
        }

        if (!PartnerChannels.Of(command.Caller.Role).Contains(body.Channel))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        var isReset = body.Operation is PasswordOperation.Reset;
        CitizenId? presentedId = null;
        CitizenId? agentId = null;
        var errors = new FieldErrors()
            .Require("currentPassword", isReset || body.CurrentPassword is not null, "A change needs it.")
            .Require("currentPassword", !isReset || body.CurrentPassword is null, "A reset has none.")
            .Require("idNumber", !isReset || body.IdNumber is not null, "A reset needs it.")
            .Require("idNumber", body.IdNumber is null || CitizenId.TryParse(body.IdNumber, out presentedId), "Not a valid citizen ID number.")
            .Require("agent.idNumber", body.Agent is null || CitizenId.TryParse(body.Agent.IdNumber, out agentId), "Not a valid citizen ID number.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var holder = holders.Open(seen.Holder);
        if (NewPasswordRules.Broken(body.NewPassword, holder.IdNumber, number) is { } broken)
        {
            return Problems.Refused(broken);
        }

        var current = new PresentedPassword(body.CurrentPassword ?? "", verifier, holders);
        var next = new PresentedPassword(body.NewPassword, verifier, holders);
        var (decide, changeId) = (default(PasswordChangeView), command.Operation.ResourceId);
        var outcome = await desk.DecideAsync(
            command,
            (card, now) =>
            {
                if (presentedId is not null && !holders.Matches(card.Holder, presentedId))
                {
                    return Refusal.HolderMismatch;
                }

                var policy = regions.For(card.RegionCode);
                if (NotRepresented(body.Agent, agentId, holder.IdNumber, policy, ChinaTime.DateOf(now)) is { } refusal)
                {
                    return refusal;
                }

                var rules = regions.PasswordsOf(card);
                var asked = new SetPassword(
                    body.Kind,
                    body.Operation,
                    body.Channel,
                    changeId,
                    command.Caller.Id,
                    held => current.Matches(card, held, rules.For(body.Kind)),
                    held => next.IsValueOf(card, held, rules.For(body.Kind)),
                    () => next.CreateVerifier(number));
                (var decision, decide) = card.SetPassword(asked, rules, calendar, now);
                return decision;
            },
            _ => new PasswordChangeAnswer(decide),
            cancellation);
        var (answer, problem) = outcome.Read(request);
        return problem is not null ? problem
            : answer!.Change is not { } change ? Problems.Refused(PasswordRefusals.CurrentWrong)
            : change.State is PasswordChangeState.Pending ? TypedResults.Accepted($"{request.Path}/{change.ChangeId}", change)
            : TypedResults.Ok(change);
    }

    /// <summary>Reads where a change stands.</summary>
    [Function(nameof(GetPasswordChange))]
    [Callers]
    [Refuses("password-change-not-found")]
    public async Task<Results<Ok<PasswordChangeView>, ProblemHttpResult>> GetPasswordChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes/{changeId}")] HttpRequest request,
        string cardNumber,
        string changeId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        return CardNumber.TryParse(cardNumber, out var number) && await FindChangeAsync(number, caller, changeId, cancellation) is { } change
                ? TypedResults.Ok(change)
                : ChangeNotFound();
    }

    /// <summary>Cancels a change that waits.</summary>
    [Function(nameof(CancelPasswordChange))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Refuses("password-change-not-found", "password-change-not-pending")]
    public async Task<Results<Ok<PasswordChangeView>, ProblemHttpResult>> CancelPasswordChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes/{changeId}")] HttpRequest request,
        string cardNumber,
        string changeId,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        if (await FindChangeAsync(command.Number, command.Caller, changeId, cancellation) is not { } change)
        {
            return ChangeNotFound();
        }

        var outcome = await desk.DecideAsync(
            command,
            (card, now) => card.CancelPasswordChange(changeId, now),
            _ => change with { State = PasswordChangeState.Cancelled },
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Clears the error counter of a password, in person.</summary>
    [Function(nameof(UnlockPassword))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordUnlockRequest))]
    [Refuses(
        "card-cancelled", "card-not-received", "card-suspended", "channel-not-allowed", "holder-mismatch", "password-held-by-bank",
        "password-kind-unknown", "unlock-elsewhere", "unlocks-used-up")]
    public async Task<Results<Ok<CardView>, ProblemHttpResult>> UnlockPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-unlocks")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<PasswordUnlockRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (!PartnerChannels.Of(command.Caller.Role).Contains(body.Channel))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        if (!CitizenId.TryParse(body.IdNumber, out var id))
        {
            return Problems.Invalid("idNumber", "Not a valid citizen ID number.");
        }

        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, id)
                ? card.UnlockPassword(body.Kind, body.Channel, command.Caller.Id, regions.PasswordsOf(card), now)
                : Refusal.HolderMismatch,
            CardView.Of,
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Checks a password that a holder presents.</summary>
    [Function(nameof(CheckPassword))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordCheckRequest))]
    [Refuses("card-cancelled", "card-not-received", "card-suspended", "password-held-by-bank", "password-kind-unknown", "password-not-set")]
    public async Task<Results<Ok<PasswordCheckAnswer>, ProblemHttpResult>> CheckPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-checks")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<PasswordCheckRequest>(request, cardNumber, cancellation, Desks);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        if (checkLimit.Take(command.Number) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        var body = command.Body;
        var presented = new PresentedPassword(body.Password, verifier, holders);
        PasswordCheckAnswer? checkedAs = null;
        var outcome = await desk.DecideAsync(
            command,
            (card, now) =>
            {
                var rules = regions.PasswordsOf(card);
                (var decision, checkedAs) = card.CheckPassword(
                    body.Kind, held => presented.Matches(card, held, rules.For(body.Kind)), command.Caller.Id, rules, now);
                return decision;
            },
            _ => checkedAs!,
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Only a minor is represented here, by a parent or guardian; no region lets an agent handle a password.</summary>
    private static Refusal? NotRepresented(
        AgentRequest? agent, CitizenId? agentId, CitizenId holder, RegionPolicy policy, DateOnly today) =>
        agent is null ? null
        : holder.AgeOn(today) >= policy.Activation.MinorAge || agent.Relation is not (AgentRelation.Parent or AgentRelation.Guardian)
            ? Refusal.AgentNotAllowed
        : agentId == holder ? Refusal.AgentNotEligible("The agent's ID number is the holder's own.")
        : null;

    private static ProblemHttpResult ChangeNotFound() =>
        Problems.Of(404, "password-change-not-found", "There is no such change within your scope.");

    private async Task<PasswordChangeView?> FindChangeAsync(
        CardNumber number, Partner caller, string changeId, CancellationToken cancellation) =>
        ResourceId.IsOne(changeId) && await store.FindAsync(number, caller, cancellation) is not null
            ? await store.FindDocumentAsync<PasswordChangeView>(number, PasswordChangeView.Document, changeId, cancellation)
            : null;

    private sealed record PasswordChangeAnswer(PasswordChangeView? Change);
}

/// <summary>Body of a change of password.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="NewPassword">Six digits.</param>
/// <param name="CurrentPassword">For a change.</param>
/// <param name="IdNumber">The holder's, as presented; for a reset.</param>
/// <param name="Agent">A minor's parent or guardian.</param>
/// <example>
/// {
///   "kind": "social", "operation": "reset", "channel": "serviceWindow", "newPassword": "840261",
///   "idNumber": "140105199112107099"
/// }
/// </example>
public sealed record PasswordChangeRequest(
    PasswordKind Kind,
    PasswordOperation Operation,
    ServiceChannel Channel,
    string NewPassword,
    string? CurrentPassword = null,
    string? IdNumber = null,
    AgentRequest? Agent = null)
{
    /// <summary>Shows no password and nothing of the person.</summary>
    public override string ToString() => $"password {Operation} ({Kind}, {Channel})";
}

/// <summary>Body of an unlock.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's, as presented.</param>
/// <example>
/// {"kind": "social", "channel": "serviceWindow", "idNumber": "140105199009212640"}
/// </example>
public sealed record PasswordUnlockRequest(PasswordKind Kind, ServiceChannel Channel, string IdNumber)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"password unlock ({Kind}, {Channel})";
}

/// <summary>Body of a check.</summary>
/// <param name="Kind">Social or query.</param>
/// <param name="Password">What the holder presented.</param>
/// <example>
/// {"kind": "social", "password": "840261"}
/// </example>
public sealed record PasswordCheckRequest(PasswordKind Kind, string Password)
{
    /// <summary>Shows no password.</summary>
    public override string ToString() => $"password check ({Kind})";
}
