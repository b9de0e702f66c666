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
