using SocialCard.Domain.Contributions;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Contributions;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>
/// A holder's questions, through the website, the 12333 line and the halls: one answer about all of his cards, for his ID number
/// and the query password of the card in use.
/// </summary>
[Tags("Inquiries")]
public sealed class InquiryTriggers(
    Api<Card> cards,
    HolderDirectory directory,
    HolderCards ofHolders,
    ContributionRepository contributions,
    PersonProtection holders,
    PasswordVerifier verifier,
    PasswordCheckLimit checkLimit,
    RegionPolicies regions)
{
    private const int LongestPassword = 32;

    // Whoever is not known costs as much work as whoever is.
    private static readonly CardNumber Nobodys = CardNumber.Parse("000000000");

    private readonly Lazy<string> nobodysPassword = new(() => verifier.Create(Nobodys, "000000"));

    /// <summary>Answers an inquiry. A repetition is checked once and answered with how things stand by then.</summary>
    [Function(nameof(Inquire))]
    [Callers(PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Bureau)]
    [Body(typeof(InquiryRequest))]
    [Refuses("card-cancelled", "inquiry-refused", "password-locked", "password-not-set")]
    public Task<Results<Ok<InquiryView>, ProblemHttpResult>> Inquire(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "inquiries")] HttpRequest request,
        CancellationToken cancellation) =>
        cards.Command<InquiryRequest>(request, FindAsync)
            .Through(body => body.Channel)
            .Check((errors, body, _) => errors
                .Require("queryPassword", body.QueryPassword.Length is > 0 and <= LongestPassword, "Between 1 and 32 characters.")
                .Require("topics", body.Topics.Count > 0, "At least one.")
                .Require("topics", body.Topics.Distinct().Count() == body.Topics.Count, "Each at most once."))
            .Unless((asked, _) => checkLimit.Take(holders.KeyOf(asked.Body.Identity)) is { } retryAfter
                ? Problems.TooMany(request.HttpContext.Response, retryAfter) : null)
            .OrElse(InquiryRefusals.Refused)
            .Decide((card, asked, now) => Ask(card, asked.Body, asked.Caller.Id, now))
            .OkAsync((_, result) => new InquiryOutcome(result), AnswerAsync, cancellation);

    private Decision<Card, PasswordCheckResult> Ask(Card card, InquiryRequest body, string by, DateTimeOffset now)
    {
        var policies = regions.For(card.RegionCode).Passwords;
        var presented = new PresentedPassword(body.QueryPassword, verifier, holders);
        return card.Inquiries.Ask(
            body.Topics, body.Channel, held => presented.Matches(card, held, policies.For(PasswordKind.Query)), by, policies, now);
    }

    private async Task<string?> FindAsync(CommandContext<InquiryRequest> asked, CancellationToken cancellation)
    {
        var inUse = CardInquiries.InUse(await ReadAsync(asked, cancellation));
        if (inUse is null)
        {
            verifier.Matches(Nobodys, nobodysPassword.Value, asked.Body.QueryPassword);
        }

        return inUse?.Number.Value;
    }

    private async Task<Reply<InquiryView>> AnswerAsync(
        InquiryOutcome outcome, CommandContext<InquiryRequest> asked, CancellationToken cancellation) => outcome.Result switch
        {
            PasswordCheckResult.Match => await TellAsync(asked, cancellation),
            PasswordCheckResult.Locked => Problems.Refused(PasswordRefusals.Locked),
            _ => Problems.Refused(InquiryRefusals.Refused),
        };

    private async Task<InquiryView> TellAsync(CommandContext<InquiryRequest> asked, CancellationToken cancellation)
    {
        var topics = asked.Body.Topics;
        var known = await ReadAsync(asked, cancellation);
        var paid = topics.Contains(InquiryTopic.Contributions)
            ? await contributions.ReadAsync(holders.KeyOf(asked.Body.Identity), 0, 9999, cancellation).ToListAsync(cancellation) : null;
        return new(
            CardView.Of(CardInquiries.InUse(known) ?? known[^1]).Holder,
            [.. known.Select(card => CardInquiryView.Of(card, topics))],
            paid is null ? null : ContributionYear.Of(paid));
    }

    private async Task<List<Card>> ReadAsync(CommandContext<InquiryRequest> asked, CancellationToken cancellation) =>
        await (await directory.OfDocumentAsync(holders.KeyOf(asked.Body.Identity), cancellation)).ToAsyncEnumerable()
            .SelectMany(holder => ofHolders.ReadAsync(holder, cancellation))
            .Where(card => card.IsSeenBy(asked.Caller)).ToListAsync(cancellation);

    private sealed record InquiryOutcome(PasswordCheckResult Result);
}
