namespace SocialCard.Domain.People;

/// <summary>What was begun with a verification of somebody's real name, and goes on with it.</summary>
public interface IVerified
{
    /// <summary>The newest verification.</summary>
    RealNameVerification Verified { get; }
}
