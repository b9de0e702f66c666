using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>An electronic card as the API shows it. Guardian and child are masked.</summary>
/// <param name="ElectronicCardId">Its id.</param>
/// <param name="RegionCode">Where it was applied for.</param>
/// <param name="Relation">What the child is to the guardian.</param>
/// <param name="State">Where it stands.</param>
/// <param name="NextStep">Where an interrupted application goes on; null where the guardian has nothing to do.</param>
/// <param name="Guardian">Who applies.</param>
/// <param name="Notice">The notice to be accepted.</param>
/// <param name="Member">The child.</param>
/// <param name="Documents">What proves the kinship.</param>
/// <param name="Signature">The signature of the commitment letter.</param>
/// <param name="LapsesAt">When the application lapses unless it is submitted.</param>
/// <param name="Review">The latest review.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="AccessEndsAt">When the guardian's access ends.</param>
/// <param name="End">Why it is over.</param>
/// <param name="EndedAt">Since when.</param>
/// <example>
/// {
///   "electronicCardId": "a6dd04f61b3deb08", "regionCode": "320200", "relation": "child", "state": "draft",
///   "nextStep": "notice",
///   "guardian": {
///     "cardNumber": "T00000084", "name": "王**", "idNumber": "**************0835",
///     "document": {"type": "residentId", "number": "**************0835", "nationality": null},
///     "realNameMethod": "faceVerification", "realNameAt": "2026-11-24T14:44:27Z"
///   },
///   "notice": {"version": "1", "acceptedAt": null}, "member": null, "documents": [], "signature": null,
///   "lapsesAt": "2026-12-24T16:00:00Z", "review": null, "issuedAt": null, "accessEndsAt": null, "end": null,
///   "endedAt": null
/// }
/// </example>
public sealed record ElectronicCardView(
    string ElectronicCardId,
    string RegionCode,
    Wardship Relation,
    ElectronicCardState State,
    ElectronicCardStep? NextStep,
    GuardianView Guardian,
    NoticeView Notice,
    PersonView? Member,
    IReadOnlyList<DocumentView> Documents,
    SignatureView? Signature,
    DateTimeOffset? LapsesAt,
    ReviewView? Review,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? AccessEndsAt,
    ElectronicCardEnd? End,
    DateTimeOffset? EndedAt)
{
    /// <summary>The view of an electronic card.</summary>
    public static ElectronicCardView Of(ElectronicCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var (guardian, signature, review) = (card.Guardian, card.Signature, card.Review);
        return new(
            card.Id,
            card.RegionCode,
            card.Wardship,
            card.State,
            card.NextStep(),
            new(
                guardian.CardNumber,
                guardian.Person.Name,
                guardian.Person.IdNumber,
                guardian.Person.Document,
                guardian.RealName.Method,
                guardian.RealName.At),
            new(card.Terms.NoticeVersion, card.Notice?.AcceptedAt),
            card.Member is { } member ? PersonView.Of(member.Person) : null,
            [.. card.Documents.Select(DocumentView.Of)],
            signature is null ? null
                : new(signature.LetterHash, signature.TemplateVersion, signature.Signer, signature.Method, signature.At),
            card.NextStep() is null ? null : card.LapsesAt,
            review is null ? null : new(
                review.SubmittedAt,
                review.DueOn,
                review.IsOverdue,
                review.Verdict is { } verdict ? new(verdict.Approved, verdict.Reason, verdict.By, verdict.At) : null),
            card.IssuedAt,
            card.Member?.AccessEndsAt,
            card.End,
            card.EndedAt);
    }
}

/// <summary>A guardian, masked.</summary>
/// <param name="CardNumber">His card at the opening.</param>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="IdNumber">All but the last four characters hidden; null where his document has no number of eighteen.</param>
/// <param name="Document">The document that he is known by, masked.</param>
/// <param name="RealNameMethod">By what his real name was verified.</param>
/// <param name="RealNameAt">When.</param>
public sealed record GuardianView(
    CardNumber CardNumber, string Name, string? IdNumber, MaskedDocument Document, PersonCheck RealNameMethod, DateTimeOffset RealNameAt);

/// <summary>A notice.</summary>
/// <param name="Version">Which one is to be accepted.</param>
/// <param name="AcceptedAt">When it was; null until then.</param>
public sealed record NoticeView(string Version, DateTimeOffset? AcceptedAt);

/// <summary>A person, masked.</summary>
/// <param name="Name">All but the first character hidden.</param>
/// <param name="IdNumber">All but the last four characters hidden; null where his document has no number of eighteen.</param>
/// <param name="Document">The document that he is known by, masked.</param>
public sealed record PersonView(string Name, string? IdNumber, MaskedDocument Document)
{
    /// <summary>What may be shown of a person.</summary>
    public static PersonView Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new(person.Name, person.IdNumber, person.Document);
    }
}

/// <summary>A document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MediaType">Its form.</param>
/// <param name="At">When it came.</param>
public sealed record DocumentView(KinshipDocument Kind, string Sha256, int Bytes, string MediaType, DateTimeOffset At)
{
    /// <summary>What is shown of a document.</summary>
    public static DocumentView Of(ElectronicCardDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new(document.Kind, document.Sha256, document.Bytes, document.MediaType, document.At);
    }
}

/// <summary>A signature.</summary>
/// <param name="LetterHash">What was signed.</param>
/// <param name="TemplateVersion">The template of the letter.</param>
/// <param name="Signer">The guardian, masked.</param>
/// <param name="Method">How he proved that it is he.</param>
/// <param name="At">When.</param>
public sealed record SignatureView(string LetterHash, string TemplateVersion, string Signer, PersonCheck Method, DateTimeOffset At);

/// <summary>A review.</summary>
/// <param name="SubmittedAt">When the application was submitted.</param>
/// <param name="DueOn">The last local day of the review.</param>
/// <param name="Overdue">Whether it was not decided by then.</param>
/// <param name="Decision">The bureau's decision.</param>
public sealed record ReviewView(DateTimeOffset SubmittedAt, DateOnly? DueOn, bool Overdue, ElectronicCardDecisionView? Decision);

/// <summary>A decision.</summary>
/// <param name="Approved">Whether the card is issued.</param>
/// <param name="Reason">Why not.</param>
/// <param name="By">The bureau.</param>
/// <param name="At">When.</param>
public sealed record ElectronicCardDecisionView(bool Approved, string? Reason, string By, DateTimeOffset At);

/// <summary>A voucher to be shown as a QR code.</summary>
/// <param name="Token">What the code holds.</param>
/// <param name="ExpiresAt">When its time is over.</param>
/// <example>
/// {"token": "CfDJ8ArnZoOXx1hOtg6ni-yRtki9fx4gVLXdvoEcEtL5pLmvb-aE8AMmthUyb4mJ", "expiresAt": "2026-11-24T14:50:41Z"}
/// </example>
public sealed record VoucherView(string Token, DateTimeOffset ExpiresAt);

/// <summary>What a hospital learns of a voucher that is good.</summary>
/// <param name="ElectronicCardId">Whose it is.</param>
/// <param name="Member">The child, masked.</param>
/// <param name="Relation">What it is to the guardian who shows the voucher.</param>
/// <param name="RegionCode">Where the card was applied for.</param>
/// <param name="State">Where it stands.</param>
/// <example>
/// {
///   "electronicCardId": "a6dd04f61b3deb08",
///   "member": {
///     "name": "王**", "idNumber": "**************0853",
///     "document": {"type": "residentId", "number": "**************0853", "nationality": null}
///   },
///   "relation": "child", "regionCode": "320200", "state": "issued"
/// }
/// </example>
public sealed record VoucherCheckView(
    string ElectronicCardId, PersonView Member, Wardship Relation, string RegionCode, ElectronicCardState State)
{
    /// <summary>What may be shown.</summary>
    public static VoucherCheckView Of(ElectronicCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new(card.Id, PersonView.Of(card.Member!.Person), card.Wardship, card.RegionCode, card.State);
    }
}
