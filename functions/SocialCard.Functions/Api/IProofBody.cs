namespace SocialCard.Functions.Api;

/// <summary>A body with what proves a person to be himself.</summary>
public interface IProofBody
{
    /// <summary>His document; null where none was presented.</summary>
    IdentityDocument? Shown { get; }

    /// <summary>His query password, as he said it.</summary>
    string? QueryPassword => null;

    /// <summary>Whether the query password may prove him: not where it is what the command is about.</summary>
    bool TakesQueryPassword => true;

    /// <summary>Whether the command itself tries the query password, and comes to nothing where that is wrong.</summary>
    bool TriesQueryPassword => false;

    /// <summary>Whether the command suspends a card and does no more.</summary>
    bool OnlySuspends => false;

    /// <summary>The verification of his real name; null where none was presented.</summary>
    /// <param name="now">The time, which is that of a verification that is made with the command.</param>
    RealNameVerification? RealNameAt(DateTimeOffset now);
}

/// <summary>A completed verification of a real name.</summary>
/// <param name="Method">By what.</param>
/// <param name="Reference">The verifier's name for it: 1 to 64 visible ASCII characters.</param>
/// <param name="At">When: at most 24 hours ago.</param>
public sealed record RealNameRequest(PersonCheck Method, Reference Reference, DateTimeOffset At)
{
    /// <summary>As it is kept.</summary>
    internal RealNameVerification Verification => new(Method, Reference.Value, At);
}
