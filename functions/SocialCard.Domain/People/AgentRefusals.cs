namespace SocialCard.Domain.People;

/// <summary>Why somebody may not act for a holder.</summary>
public static class AgentRefusals
{
    extension(Refusal)
    {
        /// <summary>The region wants the holder in person.</summary>
        public static Refusal AgentNotAllowed =>
            new(RefusedBy.Policy, "agent-not-allowed", "The card's region does not accept an agent for this.");

        /// <summary>The agent has not shown what the region asks for.</summary>
        public static Refusal AgentDocumentsMissing(string documents) =>
            new(RefusedBy.Policy, "agent-documents-missing", $"The agent must present: {documents}.");

        /// <summary>The agent is a minor, or is the holder.</summary>
        public static Refusal AgentNotEligible(string why) => new(RefusedBy.Policy, "agent-not-eligible", why);

        /// <summary>A minor's guardian must act.</summary>
        public static Refusal GuardianRequired =>
            new(RefusedBy.Policy, "guardian-required", "In the card's region a guardian acts for a holder of this age.");
    }
}
