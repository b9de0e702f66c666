using SocialCard.Functions.People;

namespace SocialCard.Functions.Activation;

/// <summary>Body of an activation.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="Occasion">For a hospital or a pharmacy.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <example>
/// {"channel": "hospital", "occasion": "outpatient", "idNumber": "140105199711058663"}
/// </example>
public sealed record ActivateCardRequest(
    ServiceChannel Channel, UsageOccasion? Occasion = null, AgentRequest? Agent = null) : ProvenByPhoneRequest
{
    internal ActivateSocial ToCommand(DateOnly? holderBirthDate, DateTimeOffset now) =>
        new(Channel, Occasion, now, holderBirthDate, Agent?.ToAgent(Identity));
}

/// <summary>Body of a restoration.</summary>
/// <example>
/// {"idNumber": "140105199001120127"}
/// </example>
public sealed record RestoreCardRequest : ProvenRequest;
