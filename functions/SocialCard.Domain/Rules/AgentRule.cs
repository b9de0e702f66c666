namespace SocialCard.Domain.Rules;

/// <summary>Whether somebody else may act for the holder.</summary>
/// <param name="Allowed">An agent may act.</param>
/// <param name="Documents">What the agent must show, all of it.</param>
public sealed record AgentRule(bool Allowed, IReadOnlyList<AgentDocument> Documents) : PolicySection;
