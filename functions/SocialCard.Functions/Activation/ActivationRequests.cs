using SocialCard.Functions.People;

namespace SocialCard.Functions.Activation;

/// <summary>Body of an activation.</summary>
/// <param name="Channel">The caller's channel.</param>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <param name="Occasion">For a hospital or a pharmacy.</param>
/// <param name="Agent">Who acts for the holder.</param>
/// <example>
/// {"channel": "hospital", "occasion": "outpatient", "idNumber": "140105199711058663"}
/// </example>
public sealed record ActivateCardRequest(
    ServiceChannel Channel, CitizenId IdNumber, UsageOccasion? Occasion = null, AgentRequest? Agent = null)
{
    internal ActivateSocial ToCommand(DateTimeOffset now) => new(Channel, Occasion, now, IdNumber.BirthDate, Agent?.ToAgent(IdNumber));
}

/// <summary>Body of a restoration.</summary>
/// <param name="IdNumber">The holder's ID number, as presented.</param>
/// <example>
/// {"idNumber": "140105199001120127"}
/// </example>
public sealed record RestoreCardRequest(CitizenId IdNumber);
