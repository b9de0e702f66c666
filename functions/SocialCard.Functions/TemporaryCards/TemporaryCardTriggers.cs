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

namespace SocialCard.Functions.TemporaryCards;

/// <summary>Issuing a temporary card, extending it, and reporting it lost.</summary>
[Tags("Temporary cards")]
public sealed class TemporaryCardTriggers(
    ApiGate gate, CardCommands desk, HolderProtection holders, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>Issues a temporary card, or the certificate that takes its place; its number is made here.</summary>
    [Function(nameof(IssueTemporaryCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses(
        "holder-mismatch", "no-reissue-running", "temporary-card-issued", "temporary-card-maximum-reached", "temporary-card-not-offered")]
    public async Task<Results<Created<TemporaryCardView>, ProblemHttpResult>> IssueTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var (answer, problem) = await DecideAsync(
            request,
            cardNumber,
            (card, command, now) => card.IssueTemporaryCard(
                command.Operation.ResourceId, regions.For(card.RegionCode).TemporaryCard, calendar, now),
            cancellation,
            PartnerRole.Bureau,
            PartnerRole.Bank);
        return problem is null ? TypedResults.Created(request.Path, answer) : problem;
    }

    /// <summary>Makes the temporary card valid for longer.</summary>
    [Function(nameof(ExtendTemporaryCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("channel-not-allowed", "holder-mismatch", "temporary-card-maximum-reached", "temporary-card-not-valid")]
    public async Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> ExtendTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/extension")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var (answer, problem) = await DecideAsync(
            request,
            cardNumber,
            (card, command, now) => card.ExtendTemporaryCard(command.Body.Channel, calendar, now),
            cancellation,
            PartnerRole.Bureau,
            PartnerRole.Bank,
            PartnerRole.Online,
            PartnerRole.Hotline);
        return problem is null ? TypedResults.Ok(answer) : problem;
    }

    /// <summary>Ends the temporary card because it is lost itself.</summary>
    [Function(nameof(LoseTemporaryCard))]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank, PartnerRole.Online, PartnerRole.Hotline)]
    [Body(typeof(TemporaryCardRequest))]
    [Refuses("holder-mismatch", "temporary-card-not-valid")]
    public async Task<Results<Ok<TemporaryCardView>, ProblemHttpResult>> LoseTemporaryCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/temporary-card/loss-report")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var (answer, problem) = await DecideAsync(
            request,
            cardNumber,
            (card, _, now) => card.LoseTemporaryCard(now),
            cancellation,
            PartnerRole.Bureau,
            PartnerRole.Bank,
            PartnerRole.Online,
            PartnerRole.Hotline);
        return problem is null ? TypedResults.Ok(answer) : problem;
    }

    private async Task<(TemporaryCardView? Answer, ProblemHttpResult? Problem)> DecideAsync(
        HttpRequest request,
        string cardNumber,
        Func<Card, CardCommand<TemporaryCardRequest>, DateTimeOffset, Decision<Card>> decide,
        CancellationToken cancellation,
        params IReadOnlyList<PartnerRole> roles)
    {
        var admission = await gate.AdmitToCardAsync<TemporaryCardRequest>(request, cardNumber, cancellation, roles);
        if (admission.Value is not { } command)
        {
            return (null, admission.Problem);
        }

        if (!PartnerChannels.Of(command.Caller.Role).Contains(command.Body.Channel))
        {
            return (null, Problems.Forbidden("The channel is not the caller's."));
        }

        if (!CitizenId.TryParse(command.Body.IdNumber, out var id))
        {
            return (null, Problems.Invalid("idNumber", "Not a valid citizen ID number."));
        }

        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, id) ? decide(card, command, now) : Refusal.HolderMismatch,
            card => TemporaryCardView.Of(card.TemporaryCard!),
            cancellation);
        return outcome.Read(request);
    }
}

/// <summary>Body of every command on a temporary card.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <example>
/// {"channel": "serviceWindow", "idNumber": "140105199112107099"}
/// </example>
public sealed record TemporaryCardRequest(ServiceChannel Channel, string IdNumber)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"temporary card ({Channel})";
}
