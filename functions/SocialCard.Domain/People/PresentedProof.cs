namespace SocialCard.Domain.People;

/// <summary>What was presented, through a channel, for the person to be taken for himself, beside the number of his document.</summary>
/// <param name="Channel">The channel; null where a partner has none.</param>
/// <param name="RealName">The verification of his real name, if there was one.</param>
/// <param name="HasQueryPassword">Whether he has presented his query password, and it was right.</param>
/// <param name="OnlySuspends">Whether what he asks for suspends his card and no more.</param>
public sealed record PresentedProof(
    ServiceChannel? Channel, RealNameVerification? RealName = null, bool HasQueryPassword = false, bool OnlySuspends = false)
{
    /// <summary>Why it is not enough; null where it is.</summary>
    /// <param name="policy">The region's rules.</param>
    /// <param name="now">The time.</param>
    public Refusal? FaultBy(IdentityPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Channel is not { } channel || policy.TakenThrough(channel) is not { } taken)
        {
            return null;
        }

        var suspends = OnlySuspends && channel is not ServiceChannel.Online;
        var needed = suspends ? policy.TemporaryLoss : taken;
        return suspends && needed is [] && RealName is null ? null
            : HasQueryPassword && needed.Contains(PersonCheck.QueryPassword) ? null
            : RealName is { } given ? given.FaultAt(needed is [] ? taken : needed, now)
            : ProofRefusals.Absent(needed);
    }
}
