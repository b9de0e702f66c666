namespace SocialCard.Functions.People;

/// <summary>An agent, as the caller sends him.</summary>
/// <param name="Name">His name.</param>
/// <param name="PowerOfAttorney">The number or reference of the letter of authority.</param>
/// <param name="Relation">What he is to the holder.</param>
/// <param name="Kinship">The document by which he proved that, such as a minor's parent.</param>
public sealed record AgentRequest(
    PersonName Name, string? PowerOfAttorney = null, AgentRelation? Relation = null, KinshipDocument? Kinship = null) : IdentityRequest
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "agent";

    /// <summary>The agent, as far as rules go by him.</summary>
    /// <param name="holder">The holder's document.</param>
    internal Agent ToAgent(IdentityDocument holder) =>
        new(Identity.BirthDate, Identity == holder, !string.IsNullOrWhiteSpace(PowerOfAttorney), Relation, Kinship);
}
