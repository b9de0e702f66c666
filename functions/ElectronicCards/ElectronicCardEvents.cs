using SocialCard.Regions;

namespace SocialCard.ElectronicCards;

/// <summary>An application was opened.</summary>
/// <param name="Wardship">What the child is to the guardian.</param>
public sealed record ElectronicCardOpened(Wardship Wardship) : TimelineEvent("electronicCardOpened");

/// <summary>The guardian has read and accepted the notice.</summary>
/// <param name="Version">Which one.</param>
public sealed record ElectronicCardNoticeAccepted(string Version) : TimelineEvent("noticeAccepted");

/// <summary>The child was named; who it is is not told here.</summary>
public sealed record ElectronicCardMemberNamed() : TimelineEvent("memberNamed");

/// <summary>A document came.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MediaType">Its form.</param>
public sealed record ElectronicCardDocumentAttached(KinshipDocument Kind, string Sha256, int Bytes, string MediaType) : TimelineEvent("documentAttached");

/// <summary>The guardian signed the commitment letter.</summary>
/// <param name="LetterHash">What was signed.</param>
/// <param name="TemplateVersion">The template that it was made from.</param>
/// <param name="Method">How he proved that it is he.</param>
public sealed record ElectronicCardLetterSigned(string LetterHash, string TemplateVersion, PersonCheck Method) : TimelineEvent("letterSigned");

/// <summary>What was signed has changed, and the signature counts no longer.</summary>
public sealed record ElectronicCardSignatureVoided() : TimelineEvent("signatureVoided");

/// <summary>The application went to the bureau.</summary>
/// <param name="ReviewDueOn">The last local day of the review.</param>
public sealed record ElectronicCardSubmitted(DateOnly? ReviewDueOn) : TimelineEvent("submitted");

/// <summary>The review is not decided in time.</summary>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record ElectronicCardReviewOverdue(DateOnly DueOn, int DaysOverdue) : TimelineEvent("reviewOverdue");

/// <summary>The bureau decided.</summary>
/// <param name="Approved">Whether the card is issued.</param>
public sealed record ElectronicCardDecided(bool Approved) : TimelineEvent("decided");

/// <summary>The card was issued.</summary>
public sealed record ElectronicCardIssued() : TimelineEvent("electronicCardIssued");

/// <summary>A voucher was checked.</summary>
public sealed record ElectronicCardVoucherChecked() : TimelineEvent("voucherChecked");

/// <summary>The guardian's access ends in thirty days, or sooner.</summary>
public sealed record ElectronicCardAccessEnding() : TimelineEvent("accessEnding");

/// <summary>The guardian or the child has another name or ID number.</summary>
public sealed record ElectronicCardPersonCorrected() : TimelineEvent("personCorrected");

/// <summary>The application was not submitted in time.</summary>
public sealed record ElectronicCardLapsed() : TimelineEvent("electronicCardLapsed");

/// <summary>The electronic card is over.</summary>
/// <param name="End">Why.</param>
public sealed record ElectronicCardEnded(ElectronicCardEnd End) : TimelineEvent("electronicCardEnded");
