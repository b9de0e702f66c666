namespace SocialCard.Domain.ElectronicCards;

/// <summary>A document that proves the kinship; the file is in Blob storage, encrypted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Of the file as it was sent, in hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MediaType">Its form, by its content.</param>
/// <param name="At">When it came.</param>
/// <param name="Blob">Where it is kept.</param>
public sealed record ElectronicCardDocument(
    KinshipDocument Kind, string Sha256, int Bytes, string MediaType, DateTimeOffset At, string Blob);
