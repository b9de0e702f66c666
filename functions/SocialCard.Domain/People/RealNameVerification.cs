namespace SocialCard.Domain.People;

/// <summary>How a person's real name was verified.</summary>
/// <param name="Method">By what.</param>
/// <param name="Reference">The verifier's name for it.</param>
/// <param name="At">When.</param>
public sealed record RealNameVerification(PersonCheck Method, string Reference, DateTimeOffset At)
{
    /// <summary>For how long it stands for the person.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    /// <summary>How far the verifier's clock may be ahead.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Why it proves nothing; null where it does.</summary>
    /// <param name="taken">The ways that are taken; the query password is none that anybody but the service can vouch for.</param>
    /// <param name="now">The time.</param>
    public Refusal? FaultAt(IReadOnlyList<PersonCheck> taken, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return Method is PersonCheck.QueryPassword || !taken.Contains(Method) ? ProofRefusals.MethodNotTaken(taken)
            : At < now - Validity ? ProofRefusals.Outdated
            : At > now + Tolerance ? ProofRefusals.Ahead
            : null;
    }
}
