namespace SocialCard.Domain.Employers;

/// <summary>The end of an employer.</summary>
/// <param name="TerminatedOn">The local day of the end.</param>
/// <param name="Reason">Why.</param>
/// <param name="DaysLate">How many days after the thirty it was registered; 0 in time.</param>
public sealed record EmployerTermination(DateOnly TerminatedOn, EmployerEnd Reason, int DaysLate);

/// <summary>Why an employer ended.</summary>
public enum EmployerEnd
{
    /// <summary>It was dissolved.</summary>
    Dissolved,

    /// <summary>It went bankrupt.</summary>
    Bankrupt,

    /// <summary>It was merged into another.</summary>
    Merged,

    /// <summary>Its licence was revoked.</summary>
    Revoked,
}
