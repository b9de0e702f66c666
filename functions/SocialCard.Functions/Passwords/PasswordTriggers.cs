using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Passwords;

/// <summary>
/// Changing, resetting, unlocking and checking the passwords that the service holds. What is presented is compared and
/// hashed here, and goes no further.
/// </summary>
[Tags("Passwords")]
public sealed class PasswordTriggers(
    Api<Card> cards,
    PersonProtection holders,
    PasswordVerifier verifier,
    PasswordCheckLimit checkLimit,
    RegionPolicies regions,
    WorkingCalendar calendar)
{
    /// <summary>Asks for a new password: 200 if it counts at once, 202 if it waits for the region's window.</summary>
    [Function(nameof(RequestPasswordChange))]
    [Proof(Proof.HolderOrPassword)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordChangeRequest))]
    [Refuses(
        "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "card-cancelled", "card-not-received", "card-suspended",
        "channel-not-allowed",
        "current-password-wrong", "holder-mismatch", "password-assigned", "password-held-by-bank", "password-in-card-number",
        "password-in-id-number", "password-kind-unknown", "password-locked", "password-not-set", "password-not-six-digits",
        "password-repeated-digit", "password-run", "password-unchanged", "unlock-elsewhere", "unlocks-used-up")]
    public async Task<Results<Accepted<PasswordChangeView>, Ok<PasswordChangeView>, ProblemHttpResult>> RequestPasswordChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes")]
        HttpRequest request,
        string cardNumber,
        CancellationToken cancellation) =>
        AnswerOf(request, await cards.Command<PasswordChangeRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Check((errors, body, _) => body.Check(errors))
            .Prove((card, asked) => NewPasswordOf(card, asked.Body).Refusal)
            .Decide((card, asked, now) => card.Passwords.Set(
                CommandOf(card, asked, now), regions.For(card.RegionCode).Passwords, calendar, now))
            .ReplyAsync(
                (card, change, _) => new PasswordChangeAnswer(change is null ? null : change with { Blockers = card.Blockers }),
                cancellation));

    /// <summary>Reads where a change stands.</summary>
    [Function(nameof(GetPasswordChange))]
    [Callers]
    [Refuses("password-change-not-found")]
    public Task<Results<Ok<PasswordChangeView>, ProblemHttpResult>> GetPasswordChange(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes/{changeId}")]
        HttpRequest request,
        string cardNumber,
        string changeId,
        CancellationToken cancellation) =>
        cards.ReadDocumentAsync<PasswordChangeView, PasswordChangeView>(
            request,
            cardNumber,
            PasswordChangeView.Document,
            changeId,
            (card, change, _) => change with { Blockers = card.Blockers },
            PasswordRefusals.ChangeNotFound,
            cancellation);

    /// <summary>
    /// Cancels a change that waits. A hospital or a pharmacy cancels what was asked for there, others what their channel may ask for.
    /// </summary>
    [Function(nameof(CancelPasswordChange))]
    [Undoes(nameof(RequestPasswordChange))]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(CancelPasswordChangeRequest))]
    [Refuses("holder-mismatch", "password-change-not-found", "password-change-not-pending", "undo-elsewhere")]
    public Task<Results<Ok<PasswordChangeView>, ProblemHttpResult>> CancelPasswordChange(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-changes/{changeId}/cancellation")]
        HttpRequest request,
        string cardNumber,
        string changeId,
        CancellationToken cancellation) =>
        cards.Command<CancelPasswordChangeRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .OnDocument(PasswordChangeView.Document, changeId, PasswordRefusals.ChangeNotFound)
            .Undoing(card => card.Passwords.AskedFor(changeId, regions.For(card.RegionCode).Passwords))
            .Decide((card, _, now) => card.Passwords.CancelChange(changeId, now))
            .OkAsync((card, change) => change! with { Blockers = card.Blockers }, cancellation);

    /// <summary>Clears the error counter of a password, in person.</summary>
    [Function(nameof(UnlockPassword))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordUnlockRequest))]
    [Refuses(
        "card-cancelled", "card-not-received", "card-suspended", "channel-not-allowed", "holder-mismatch", "password-held-by-bank",
        "password-kind-unknown", "unlock-elsewhere", "unlocks-used-up")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> UnlockPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-unlocks")]
        HttpRequest request,
        string cardNumber,
        CancellationToken cancellation) =>
        cards.Command<PasswordUnlockRequest>(request, cardNumber)
            .Through(body => body.Channel)
            .Decide((card, asked, now) => card.Passwords.Unlock(
                asked.Body.Kind, asked.Body.Channel, asked.Caller.Id, regions.For(card.RegionCode).Passwords, now))
            .OkAsync(CardView.Of, cancellation);

    /// <summary>Checks a password that a holder presents.</summary>
    [Function(nameof(CheckPassword))]
    [Proof(Proof.Secret)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(PasswordCheckRequest))]
    [Refuses("card-cancelled", "card-not-received", "card-suspended", "password-held-by-bank", "password-kind-unknown", "password-not-set")]
    public Task<Results<Ok<PasswordCheckAnswer>, ProblemHttpResult>> CheckPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/password-checks")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<PasswordCheckRequest>(request, cardNumber)
            .Unless((_, _) => checkLimit.Take(cardNumber) is { } retryAfter
                ? Problems.TooMany(request.HttpContext.Response, retryAfter) : null)
            .Decide((card, asked, now) => card.Passwords.Check(
                asked.Body.Kind,
                MatchOf(card, asked.Body.Kind, asked.Body.Password),
                asked.Caller.Id,
                regions.For(card.RegionCode).Passwords,
                now))
            .OkAsync((_, answer) => answer!, cancellation);

    // A wrong current password is no refusal of the card's: the attempt counts and is stored.
    private static Results<Accepted<PasswordChangeView>, Ok<PasswordChangeView>, ProblemHttpResult> AnswerOf(
        HttpRequest request, Reply<PasswordChangeAnswer> reply) =>
        reply.Problem is { } problem ? problem
        : reply.Answer!.Change is not { } change ? Problems.Refused(PasswordRefusals.CurrentWrong)
        : change.State is PasswordChangeState.Pending ? TypedResults.Accepted($"{request.Path}/{change.ChangeId}", change)
        : TypedResults.Ok(change);

    private SetPassword CommandOf(Card card, CommandContext<PasswordChangeRequest> asked, DateTimeOffset now)
    {
        var (body, holder) = (asked.Body, holders.Open(card.Holder).Document);
        var (rules, set) = (regions.For(card.RegionCode).Passwords, NewPasswordOf(card, body).Password!);
        var activation = regions.For(card.RegionCode).Activation;
        var next = new PresentedPassword(set.Digits, verifier, holders);
        return new(
            body.Kind,
            body.Operation,
            body.Channel,
            asked.ResourceId,
            asked.Caller.Id,
            MatchOf(card, body.Kind, body.CurrentPassword ?? ""),
            held => next.IsValueOf(card, held, rules.For(body.Kind)),
            () => next.CreateVerifier(card.Number),
            body.Agent?.ToAgent(holder),
            activation.IsMinor(holder.BirthDate, ChinaTime.DateOf(now)) ? activation.GuardianDocuments : null,
            set.IsAssigned);
    }

    private (NewPassword? Password, Refusal? Refusal) NewPasswordOf(Card card, PasswordChangeRequest body) =>
        NewPassword.Of(body, card.Number, holders.Open(card.Holder).Document, regions.For(card.RegionCode).Passwords);

    private Func<HeldPassword, bool> MatchOf(Card card, PasswordKind kind, string digits) =>
        held => new PresentedPassword(digits, verifier, holders).Matches(card, held, regions.For(card.RegionCode).Passwords.For(kind));

    private sealed record PasswordChangeAnswer(PasswordChangeView? Change);
}
