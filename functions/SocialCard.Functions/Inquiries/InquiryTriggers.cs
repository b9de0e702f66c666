using SocialCard.Domain.Holders;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>
/// A holder's questions, through the website, the 12333 line and the halls: one answer about all of his cards, for his ID number,
/// or another document's, and his query password.
/// </summary>
[Tags("Inquiries")]
public sealed class InquiryTriggers(
    Api<Card> cards,
    InquiredPeople people,
    InquiryAnswers answers,
    PersonProtection holders,
    PasswordVerifier verifier,
    PasswordCheckLimit checkLimit,
    RegionPolicies regions)
{
    private const int LongestPassword = 32;

    // Whoever is not known, or has set no password, costs as much work as whoever has.
    private static readonly CardNumber Nobodys = CardNumber.Parse("000000000");

    private readonly Lazy<string> nobodysPassword = new(() => verifier.Create(Nobodys, "000000"));

    /// <summary>Answers an inquiry. A repetition is checked once and answered with how things stand by then.</summary>
    [Function(nameof(Inquire))]
    [Proof(Proof.Secret)]
    [Callers(PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Bureau)]
    [Body(typeof(InquiryRequest))]
    [Refuses("card-cancelled", "holder-ambiguous", "inquiry-refused", "password-locked", "password-not-set")]
    public Task<Results<Ok<InquiryView>, ProblemHttpResult>> Inquire(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "inquiries")] HttpRequest request,
        CancellationToken cancellation)
    {
        IReadOnlyList<InquiredPerson> found = [];
        return cards.Command<InquiryRequest>(request, (asked, _) => Task.FromResult(CardOf(found, asked.Body)))
            .Through(body => body.Channel)
            .Check((errors, body, _) => errors
                .Require("queryPassword", body.QueryPassword.Length is > 0 and <= LongestPassword, "Between 1 and 32 characters.")
                .Require("topics", body.Topics.Count > 0, "At least one.")
                .Require("topics", body.Topics.Distinct().Count() == body.Topics.Count, "Each at most once."))
            .Unless((asked, _) => checkLimit.Take(holders.KeyOf(asked.Body.Identity)) is { } retryAfter
                ? Problems.TooMany(request.HttpContext.Response, retryAfter) : null)
            .UnlessAsync(async (asked, token) =>
            {
                found = await people.FindAsync(asked.Body, asked.Caller, token);
                return found.Count > 1 ? Problems.Refused(HolderRefusals.Ambiguous) : null;
            })
            .OrElse(InquiryRefusals.Refused)
            .Decide((card, asked, now) => Ask(card, found[0], asked.Body, asked.Caller.Id, now))
            .OkAsync(
                (_, result) => new InquiryOutcome(result),
                (outcome, asked, token) => AnswerAsync(outcome, found[0], asked, token),
                cancellation);
    }

    private string? CardOf(IReadOnlyList<InquiredPerson> found, InquiryRequest body)
    {
        var person = found.SingleOrDefault();
        if (person is null || CardInquiries.WithOwnPassword(person.Cards).Count == 0)
        {
            verifier.Matches(Nobodys, nobodysPassword.Value, body.QueryPassword);
        }

        return person is null ? null : CardInquiries.InUse(person.Seen)?.Number.Value;
    }

    private Decision<Card, PasswordCheckResult> Ask(
        Card card, InquiredPerson person, InquiryRequest body, string by, DateTimeOffset now)
    {
        var policies = regions.For(card.RegionCode).Passwords;
        var policy = policies.For(PasswordKind.Query);
        var presented = new PresentedPassword(body.QueryPassword, verifier, holders);
        var own = CardInquiries.WithOwnPassword(person.Cards);
        return card.Inquiries.Ask(body.Topics, body.Channel, IsHis, by, policies, now, isSetElsewhere: own.Count > 0);

        bool IsHis(HeldPassword held) =>
            ((held.IsOwn || own.Count == 0) && presented.Matches(card, held, policy))
            || own.Any(other => other.Number != card.Number && presented.Matches(other, other.HeldPasswords.Query!, policy));
    }

    private async Task<Reply<InquiryView>> AnswerAsync(
        InquiryOutcome outcome, InquiredPerson person, CommandContext<InquiryRequest> asked, CancellationToken cancellation) =>
        outcome.Result switch
        {
            PasswordCheckResult.Match => await answers.TellAsync(person, asked.Body.Topics, asked.Caller, cancellation),
            PasswordCheckResult.Locked => Problems.Refused(PasswordRefusals.Locked),
            _ => Problems.Refused(InquiryRefusals.Refused),
        };

    private sealed record InquiryOutcome(PasswordCheckResult Result);
}
