using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Verifications;

/// <summary>
/// The card as the credential of other public services: whether it is usable, and if not, why not. An agency learns nothing else, and
/// the holder can ask which agency has checked his card.
/// </summary>
[Tags("Verifications")]
public sealed class VerificationTriggers(
    Api<Card> cards, PersonProtection holders, PasswordVerifier verifier, PasswordCheckLimit checkLimit, RegionPolicies regions)
{
    /// <summary>
    /// Verifies a card for a service. That it is not usable is an answer like any other: the card's timeline notes both.
    /// </summary>
    [Function(nameof(VerifyCard))]
    [Proof(Proof.Secret)]
    [Callers(PartnerRole.Agency)]
    [Body(typeof(VerificationRequest))]
    public Task<Results<Ok<VerificationAnswer>, ProblemHttpResult>> VerifyCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/verifications")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<VerificationRequest>(request, cardNumber)
            .Check((errors, body, _) => body.Check(errors))
            .Unless((asked, _) => asked.Caller.Services.Contains(asked.Body.Service)
                ? null : Problems.Forbidden("The service is not one of the caller's."))
            .Unless((_, _) => checkLimit.Take(cardNumber) is { } retryAfter
                ? Problems.TooMany(request.HttpContext.Response, retryAfter) : null)
            .Decide((card, asked, now) => Verify(card, asked.Body, now))
            .OkAsync((_, answer) => answer!, cancellation);

    private Decision<Card, VerificationAnswer> Verify(Card card, VerificationRequest body, DateTimeOffset now)
    {
        if (body.Holder is { } named)
        {
            return card.Verifications.ByHolder(body.Service, IsHolder(card, named));
        }

        var (policies, presented) = (regions.For(card.RegionCode).Passwords, new PresentedPassword(body.Password!, verifier, holders));
        return card.Verifications.ByPassword(
            body.Service, held => presented.Matches(card, held, policies.For(PasswordKind.Social)), policies, now);
    }

    private bool IsHolder(Card card, NamedHolder named) =>
        holders.Matches(card.Holder, named.Identity)
        && (named.Name is null || holders.Open(card.Holder).IsNamed(named.Name.Value));
}
