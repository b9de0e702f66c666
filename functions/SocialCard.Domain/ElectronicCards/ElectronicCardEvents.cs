namespace SocialCard.Domain.ElectronicCards;

/// <summary>An application was opened.</summary>
/// <param name="Wardship">What the child is to the guardian.</param>
public sealed record ElectronicCardOpened(Wardship Wardship) : DomainEvent("electronicCardOpened");

/// <summary>The guardian has read and accepted the notice.</summary>
/// <param name="Version">Which one.</param>
public sealed record ElectronicCardNoticeAccepted(string Version) : DomainEvent("noticeAccepted");

/// <summary>The child was named; who it is is not told here.</summary>
public sealed record ElectronicCardMemberNamed() : DomainEvent("memberNamed");

/// <summary>A document came.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MediaType">Its form.</param>
public sealed record ElectronicCardDocumentAttached(KinshipDocument Kind, string Sha256, int Bytes, string MediaType)
    : DomainEvent("documentAttached");

/// <summary>The guardian signed the commitment letter.</summary>
/// <param name="LetterHash">What was signed.</param>
/// <param name="TemplateVersion">The template that it was made from.</param>
/// <param name="Method">How he proved that it is he.</param>
public sealed record ElectronicCardLetterSigned(string LetterHash, string TemplateVersion, PersonCheck Method)
    : DomainEvent("letterSigned");

/// <summary>What was signed has changed, and the signature counts no longer.</summary>
public sealed record ElectronicCardSignatureVoided() : DomainEvent("signatureVoided");

/// <summary>The application went to the bureau.</summary>
/// <param name="ReviewDueOn">The last local day of the review.</param>
public sealed record ElectronicCardSubmitted(DateOnly? ReviewDueOn) : DomainEvent("submitted");

/// <summary>The review is not decided in time.</summary>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record ElectronicCardReviewOverdue(DateOnly DueOn, int DaysOverdue) : DomainEvent("reviewOverdue");

/// <summary>The bureau decided.</summary>
/// <param name="Approved">Whether the card is issued.</param>
public sealed record ElectronicCardDecided(bool Approved) : DomainEvent("decided");

/// <summary>The card was issued.</summary>
public sealed record ElectronicCardIssued() : DomainEvent("electronicCardIssued");

/// <summary>A voucher was checked.</summary>
public sealed record ElectronicCardVoucherChecked() : DomainEvent("voucherChecked");

/// <summary>The guardian's access ends in thirty days, or sooner.</summary>
public sealed record ElectronicCardAccessEnding() : DomainEvent("accessEnding");

/// <summary>The guardian or the child has another name or ID number.</summary>
public sealed record ElectronicCardPersonCorrected() : DomainEvent("personCorrected");

/// <summary>The application was not submitted in time.</summary>
public sealed record ElectronicCardLapsed() : DomainEvent("electronicCardLapsed");

/// <summary>The electronic card is over.</summary>
/// <param name="End">Why.</param>
public sealed record ElectronicCardEnded(ElectronicCardEnd End) : DomainEvent("electronicCardEnded");

/// <summary>The guardian or the child had not died: it is what it was.</summary>
public sealed record ElectronicCardRevived() : DomainEvent("revived");
