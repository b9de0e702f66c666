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

namespace SocialCard.Functions.Activation;

/// <summary>Enabling a card's social-security application, and restoring a card that was not activated in time.</summary>
[Tags("Activation")]
public sealed class ActivationTriggers(
    ApiGate gate, CardCommands desk, HolderProtection holders, RegionPolicies regions)
{
    /// <summary>Enables a card at the desk of a hospital, pharmacy, bank or bureau, or online.</summary>
    [Function(nameof(ActivateCard))]
    [Callers(PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Bureau, PartnerRole.Online)]
    [Body(typeof(ActivateCardRequest))]
    [Refuses(
        "activation-window-closed", "agent-documents-missing", "agent-not-allowed", "agent-not-eligible", "card-cancelled",
        "card-suspended", "channel-not-allowed", "financial-activation-required", "guardian-required", "holder-mismatch",
        "referral-missing")]
    public async Task<Results<Ok<CardView>, ProblemHttpResult>> ActivateCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/activations")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<ActivateCardRequest>(request, cardNumber, cancellation, PartnerRole.Hospital, PartnerRole.Pharmacy, PartnerRole.Bank, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var body = command.Body;
        if (!ChannelsOf(command.Caller.Role).Contains(body.Channel))
        {
            return Problems.Forbidden("The channel is not the caller's.");
        }

        var hasId = CitizenId.TryParse(body.IdNumber, out var id);
        CitizenId? agentId = null;
        var errors = new FieldErrors()
            .Require("idNumber", hasId, "Not a valid citizen ID number.")
            .Require("occasion", Occasions.Fit(body.Channel, body.Occasion), Occasions.Rule)
            .Require(
                "agent.idNumber",
                body.Agent is null || CitizenId.TryParse(body.Agent.IdNumber, out agentId),
                "Not a valid citizen ID number.")
            .Require("agent.name", body.Agent is null || body.Agent.Name.Trim() is { Length: > 0 and <= 64 }, "Between 1 and 64 characters.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        var agent = agentId is null ? null : body.Agent!.ToAgent(agentId, id!);
        var outcome = await desk.DecideAsync(
            command,
            (card, now) =>
            {
                var use = new ActivateSocial(body.Channel, body.Occasion, now, id!.BirthDate, agent);
                var policy = regions.For(card.RegionCode).Activation;
                return !holders.Matches(card.Holder, id!) ? Refusal.HolderMismatch
                    : card.IsAwayFrom(command.Caller) ? card.Referrals.Use(use, command.Caller.Id, policy)
                    : card.Activate(use, policy);
            },
            CardView.Of,
            cancellation);
        return outcome.ToOk(request);
    }

    /// <summary>Releases a card that was not activated in time, once the region's earlier steps are done.</summary>
    [Function(nameof(RestoreCard))]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(RestoreCardRequest))]
    [Refuses("card-cancelled", "card-suspended", "holder-mismatch", "not-expired", "restore-step-missing")]
    public async Task<Results<Ok<CardView>, ProblemHttpResult>> RestoreCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/restoration")] HttpRequest request,
        string cardNumber,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitToCardAsync<RestoreCardRequest>(request, cardNumber, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        if (!CitizenId.TryParse(command.Body.IdNumber, out var id))
        {
            return Problems.Invalid("idNumber", "Not a valid citizen ID number.");
        }

        var outcome = await desk.DecideAsync(
            command,
            (card, now) => holders.Matches(card.Holder, id) ? card.RestoreExpired(now) : Refusal.HolderMismatch,
            CardView.Of,
            cancellation);
        return outcome.ToOk(request);
    }

    private static IReadOnlyList<ActivationChannel> ChannelsOf(PartnerRole role) => role switch
    {
        PartnerRole.Hospital => [ActivationChannel.Hospital],
        PartnerRole.Pharmacy => [ActivationChannel.Pharmacy],
        PartnerRole.Bank => [ActivationChannel.Bank],
        PartnerRole.Bureau => [ActivationChannel.ServiceWindow, ActivationChannel.Kiosk],
        PartnerRole.Online => [ActivationChannel.Online],
        _ => [],
    };
}

/// <summary>Body of an activation.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Occasion">For a hospital or a pharmacy.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <example>
/// {"channel": "hospital", "occasion": "outpatient", "idNumber": "140105199711058663"}
/// </example>
public sealed record ActivateCardRequest(
    ActivationChannel Channel, string IdNumber, UsageOccasion? Occasion = null, AgentRequest? Agent = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => $"activation ({Channel})";
}

/// <summary>An agent, as the caller sends him.</summary>
/// <param name="IdNumber">His ID number.</param>
/// <param name="Name">His name.</param>
/// <param name="PowerOfAttorney">The number or reference of the letter of authority.</param>
/// <param name="Relation">What he is to the holder.</param>
public sealed record AgentRequest(string IdNumber, string Name, string? PowerOfAttorney = null, AgentRelation? Relation = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "agent";

    /// <summary>The agent, as far as rules go by him.</summary>
    /// <param name="agentId">His ID number, read.</param>
    /// <param name="holderId">The holder's.</param>
    internal Agent ToAgent(CitizenId agentId, CitizenId holderId) =>
        new(agentId.BirthDate, agentId == holderId, !string.IsNullOrWhiteSpace(PowerOfAttorney), Relation);
}

/// <summary>Body of a restoration.</summary>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <example>
/// {"idNumber": "140105199001120127"}
/// </example>
public sealed record RestoreCardRequest(string IdNumber)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "restoration";
}
