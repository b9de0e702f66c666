using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Contributions;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Contributions;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Inquiries;

/// <summary>
/// A holder's questions, through the website, the 12333 line and the halls: one answer about all of his cards, for his ID number
/// and the query password of the card in use.
/// </summary>
[Tags("Inquiries")]
public sealed class InquiryTriggers(
    ApiGate gate,
    CardCommands desk,
    CardRepository cards,
    ContributionRepository contributions,
    HolderProtection holders,
    PasswordVerifier verifier,
    PasswordCheckLimit checkLimit,
    RegionPolicies regions,
    TimeProvider clock)
{
    private const int LongestPassword = 32;

    // Whoever is not known costs as much work as whoever is.
    private readonly Lazy<string> nobodysPassword = new(() => verifier.Create(CardNumber.Parse("000000000"), "000000"));

    /// <summary>An unknown ID number, no password and a wrong one are told alike, so that nobody can be looked for.</summary>
    private static Refusal Refused { get; } =
        new(RefusedBy.Policy, "inquiry-refused", "The ID number and the query password do not go together.");

    /// <summary>Answers an inquiry. A repetition is checked once and answered with how things stand by then.</summary>
    [Function(nameof(Inquire))]
    [Callers(PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Bureau)]
    [Body(typeof(InquiryRequest))]
    [Refuses("card-cancelled", "inquiry-refused", "password-locked", "password-not-set")]
    public async Task<Results<Ok<InquiryView>, ProblemHttpResult>> Inquire(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "inquiries")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync<InquiryRequest>(
            request, cancellation, PartnerRole.Online, PartnerRole.Hotline, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (!PartnerChannels.Of(command.Caller.Role).Contains(body.Channel))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        var errors = new FieldErrors()
            .Require("idNumber", CitizenId.TryParse(body.IdNumber, out var id), "Not a valid citizen ID number.")
            .Require("queryPassword", body.QueryPassword.Length is > 0 and <= LongestPassword, "Between 1 and 32 characters.")
            .Require("topics", body.Topics.Count > 0, "At least one.")
            .Require("topics", body.Topics.Distinct().Count() == body.Topics.Count, "Each at most once.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var holderKey = holders.KeyOf(id!);
        if (checkLimit.Take(holderKey) is { } retryAfter)
        {
            return Problems.TooMany(request.HttpContext.Response, retryAfter);
        }

        var inUse = Card.InUse(await ReadAsync(holderKey, command.Caller, cancellation));
        if (inUse is null)
        {
            verifier.Matches(CardNumber.Parse("000000000"), nobodysPassword.Value, body.QueryPassword);
            return Problems.Refused(Refused);
        }

        var presented = new PresentedPassword(body.QueryPassword, verifier, holders);
        PasswordCheckResult? result = null;
        var outcome = await desk.DecideAsync(
            inUse.Number,
            command.Operation,
            (card, now) =>
            {
                var policies = regions.PasswordsOf(card);
                (var decision, result) = card.Inquire(
                    body.Topics,
                    body.Channel,
                    held => presented.Matches(card, held, policies.For(PasswordKind.Query)),
                    command.Caller.Id,
                    policies,
                    now);
                return decision;
            },
            _ => new InquiryOutcome(result!.Value),
            cancellation);
        if (outcome is Outcome<InquiryOutcome>.Refused { Refusal: var refusal } && refusal == PasswordRefusals.NotSet)
        {
            return Problems.Refused(Refused);
        }

        var (told, problem) = outcome.Read(request);
        return problem is not null ? problem
            : told!.Result switch
            {
                PasswordCheckResult.Match => TypedResults.Ok(await AnswerAsync(holderKey, command.Caller, body.Topics, cancellation)),
                PasswordCheckResult.Locked => Problems.Refused(PasswordRefusals.Locked),
                _ => Problems.Refused(Refused),
            };
    }

    private async Task<List<Card>> ReadAsync(string holderKey, Partner caller, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var known = new List<Card>();
        await foreach (var card in cards.ReadOfHolderAsync(holderKey, cancellation))
        {
            if (card.IsSeenBy(caller))
            {
                known.Add(card.AdvanceTo(now).State!);
            }
        }

        return known;
    }

    private async Task<InquiryView> AnswerAsync(
        string holderKey, Partner caller, IReadOnlyList<InquiryTopic> topics, CancellationToken cancellation)
    {
        var known = await ReadAsync(holderKey, caller, cancellation);
        var paid = topics.Contains(InquiryTopic.Contributions) ? new List<Contribution>() : null;
        if (paid is not null)
        {
            await foreach (var row in contributions.ReadAsync(holderKey, 0, 9999, cancellation))
            {
                paid.Add(row);
            }
        }

        return new(
            CardView.Of(Card.InUse(known) ?? known[^1]).Holder,
            [.. known.Select(card => CardInquiryView.Of(card, topics))],
            paid is null ? null : ContributionYear.Of(paid));
    }

    private sealed record InquiryOutcome(PasswordCheckResult Result);
}

/// <summary>Body of an inquiry.</summary>
/// <param name="IdNumber">The holder's ID number.</param>
/// <param name="QueryPassword">The query password of the card in use.</param>
/// <param name="Topics">What is asked.</param>
/// <param name="Channel">The caller's channel.</param>
/// <example>
/// {
///   "idNumber": "140105199405045856", "queryPassword": "739150",
///   "topics": ["card", "password", "loss", "reissue", "family", "contributions"], "channel": "online"
/// }
/// </example>
public sealed record InquiryRequest(string IdNumber, string QueryPassword, IReadOnlyList<InquiryTopic> Topics, ServiceChannel Channel)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"inquiry ({Channel})";
}
