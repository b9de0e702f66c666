namespace SocialCard.Domain.ElectronicCards;

/// <summary>The signature of a commitment letter.</summary>
/// <param name="LetterHash">What was signed: the SHA-256 of the letter as it was shown, in hexadecimal.</param>
/// <param name="TemplateVersion">The template that it was made from.</param>
/// <param name="Signer">The guardian, masked.</param>
/// <param name="Method">How he proved that it is he.</param>
/// <param name="Reference">The verifier's name for that.</param>
/// <param name="At">When.</param>
/// <param name="Facts">What the template was filled with, encrypted: the signed letter can be shown again, byte for byte.</param>
public sealed record LetterSignature(
    string LetterHash, string TemplateVersion, string Signer, PersonCheck Method, string Reference, DateTimeOffset At, string Facts);
