using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The commitment letter (承诺书) of an application: shown to the guardian, and signed by him.</summary>
[Tags("Electronic cards")]
public sealed class ElectronicCardSignatureTriggers(
    Api<ElectronicCard> electronicCards, CommitmentLetters letters, PersonProtection holders)
{
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
    public Task<Results<FileContentHttpResult, ProblemHttpResult>> GetCommitmentLetter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/letter")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.AnswerAsync<FileContentHttpResult>(
            request, electronicCardId, (card, _) => Task.FromResult(LetterOf(card, request)), cancellation);

    /// <summary>The guardian signs the letter that he was shown.</summary>
    [Function(nameof(SignCommitmentLetter))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(SignLetterRequest))]
    [Refuses(
        "already-issued", "application-lapsed", "documents-missing", "electronic-card-ended", "electronic-card-not-found",
        "holder-mismatch", "letter-changed", "member-missing", "notice-not-accepted", "signature-check-not-allowed", "under-review")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> SignCommitmentLetter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/signature")]
        HttpRequest request,
        string electronicCardId,
        CancellationToken cancellation) =>
        electronicCards.Command<SignLetterRequest>(request, electronicCardId)
            .Decide((card, context, now) => card.LetterFault() is { } fault ? fault
                : !holders.Matches(card.Guardian.Person, context.Body.Signer) ? Refusal.HolderMismatch
                : card.Sign(letters.Of(card), context.Body.LetterHash.Value, context.Body.Method, context.Body.Reference.Value, now))
            .OkAsync(ElectronicCardView.Of, cancellation);

    private Results<FileContentHttpResult, ProblemHttpResult> LetterOf(ElectronicCard card, HttpRequest request)
    {
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
}
