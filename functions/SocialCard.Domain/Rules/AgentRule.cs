using System.Text.Json.Serialization;

namespace SocialCard.Domain.Rules;

/// <summary>A paper that proves who acts for the holder.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AgentDocument>))]
public enum AgentDocument
{
    /// <summary>The agent's or guardian's own ID.</summary>
    AgentId,

    /// <summary>The holder's ID.</summary>
    HolderId,

    /// <summary>The holder's letter of authority.</summary>
    PowerOfAttorney,

    /// <summary>Proof of kinship: household register, birth certificate or a notarised statement.</summary>
    Kinship,
}

/// <summary>Whether somebody else may act for the holder.</summary>
/// <param name="Allowed">An agent may act.</param>
/// <param name="Documents">What the agent must show, all of it.</param>
public sealed record AgentRule(bool Allowed, IReadOnlyList<AgentDocument> Documents) : PolicySection;
