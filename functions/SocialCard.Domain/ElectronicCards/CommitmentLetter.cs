namespace SocialCard.Domain.ElectronicCards;

/// <summary>A commitment letter as it is shown and signed.</summary>
/// <param name="Html">The page, in UTF-8.</param>
/// <param name="Hash">The SHA-256 of these bytes, in hexadecimal.</param>
/// <param name="TemplateVersion">The template that it was made from.</param>
/// <param name="SealedFacts">What the template was filled with, encrypted.</param>
public sealed record CommitmentLetter(byte[] Html, string Hash, string TemplateVersion, string SealedFacts);
