namespace SocialCard.Domain.Contributions;

/// <summary>What was paid for a person, an insurance and a month, and counts.</summary>
/// <param name="Month">The month, <c>yyyy-MM</c>.</param>
/// <param name="Insurance">The insurance.</param>
/// <param name="EmployerFen">The employer's part, in fen.</param>
/// <param name="PersonalFen">The person's own part, in fen.</param>
/// <param name="EmployerCode">Who paid it.</param>
public sealed record Contribution(string Month, Insurance Insurance, long EmployerFen, long PersonalFen, string? EmployerCode);
