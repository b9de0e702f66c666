namespace SocialCard.Functions.People;

/// <summary>An agent, as the caller sends him.</summary>
/// <param name="IdNumber">His ID number.</param>
/// <param name="Name">His name.</param>
/// <param name="PowerOfAttorney">The number or reference of the letter of authority.</param>
/// <param name="Relation">What he is to the holder.</param>
public sealed record AgentRequest(CitizenId IdNumber, PersonName Name, string? PowerOfAttorney = null, AgentRelation? Relation = null)
{
    /// <summary>Shows nothing of the person.</summary>
    public override string ToString() => "agent";

    /// <summary>The agent, as far as rules go by him.</summary>
    /// <param name="holderId">The holder's ID number.</param>
    internal Agent ToAgent(CitizenId holderId) =>
        new(IdNumber.BirthDate, IdNumber == holderId, !string.IsNullOrWhiteSpace(PowerOfAttorney), Relation);
}
