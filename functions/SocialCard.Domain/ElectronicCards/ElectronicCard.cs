using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.ElectronicCards;

/// <summary>
/// The electronic card of a child, which its guardian applies for and shows (电子社保卡亲情服务). It is neither family sharing
/// (家庭共济, whose subject is money) nor the family link (亲情账户, a medical code of another agency). The steps have an
/// order, each is stored when it is answered, and a change of what was signed takes a new signature.
/// </summary>
public sealed partial record ElectronicCard : IAggregate<ElectronicCard>
{
    /// <summary>Days in which an application is submitted, from its opening, or from the refusal that it corrects.</summary>
    public const int DraftDays = 30;

    /// <summary>Days before the end of the guardian's access at which he is told.</summary>
    public const int NoticeDays = 30;

    // Overdue reviews are told when people are at work.
    private static readonly TimeSpan EscalationTime = TimeSpan.FromHours(9);

    /// <summary>The table of electronic cards.</summary>
    public static string Table => "ElectronicCards";

    /// <summary>Its id: sixteen hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Where it was applied for, by GB/T 2260: the region of the guardian's card.</summary>
    public required string RegionCode { get; init; }

    /// <summary>The rules that were in force at the opening; a later change of the policy does not move the application.</summary>
    public required ElectronicCardTerms Terms { get; init; }

    /// <summary>Who applies.</summary>
    public required ElectronicCardGuardian Guardian { get; init; }

    /// <summary>What the child is to him.</summary>
    public required Wardship Wardship { get; init; }

    /// <summary>When the application was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it lapses unless it is submitted.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required ElectronicCardState State { get; init; }

    /// <summary>Why it is over; null while it is not.</summary>
    public ElectronicCardEnd? End { get; init; }

    /// <summary>Since when it is over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The notice that the guardian has read and accepted; null until then.</summary>
    public NoticeAcceptance? Notice { get; init; }

    /// <summary>The child; null until it is named.</summary>
    public ElectronicCardMember? Member { get; init; }

    /// <summary>What proves the kinship; one of a kind.</summary>
    public IReadOnlyList<ElectronicCardDocument> Documents { get; init; } = [];

    /// <summary>The signature of the commitment letter; null while there is none that counts.</summary>
    public LetterSignature? Signature { get; init; }

    /// <summary>The latest review; null until the application is submitted.</summary>
    public ElectronicCardReview? Review { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Whether the guardian was told that his access ends.</summary>
    public bool IsEndTold { get; init; }

    /// <summary>The vouchers that were checked and whose time is not over: each counts once.</summary>
    public IReadOnlyList<UsedVoucher> UsedVouchers { get; init; } = [];

    static string IAggregate<ElectronicCard>.Kind => "electronic-card";

    static Refusal IAggregate<ElectronicCard>.NotFound => ElectronicCardRefusals.NotFound;

    static string? IAggregate<ElectronicCard>.KeyOf(string text) => ResourceId.IsOne(text) ? text : null;

    string IAggregate<ElectronicCard>.Key => Id;

    string IAggregate<ElectronicCard>.MaskedKey => Id;

    IEnumerable<KeyValuePair<string, string>> IAggregate<ElectronicCard>.Columns =>
        [new("Standing", State.ToString()), new(nameof(RegionCode), RegionCode)];

    /// <summary>Whether nothing will happen to it any more.</summary>
    public bool IsOver() => State is ElectronicCardState.Lapsed or ElectronicCardState.Ended;

    /// <summary>Where an interrupted application goes on; null where the guardian has nothing to do.</summary>
    public ElectronicCardStep? NextStep() => State is not (ElectronicCardState.Draft or ElectronicCardState.Refused) ? null
        : Notice is null ? ElectronicCardStep.Notice
        : Member is null ? ElectronicCardStep.Member
        : !HasDocuments() ? ElectronicCardStep.Documents
        : Signature is null ? ElectronicCardStep.Signature
        : ElectronicCardStep.Submission;

    /// <summary>When something falls due by itself; null where nothing does.</summary>
    public DateTimeOffset? NextMoment()
    {
        DateTimeOffset?[] moments =
        [
            State is ElectronicCardState.Draft or ElectronicCardState.Refused ? LapsesAt : null,
            State is ElectronicCardState.Submitted ? Review!.NextEscalation : null,
            State is ElectronicCardState.Issued && !IsEndTold ? Member!.AccessEndsAt.AddDays(-NoticeDays) : null,
            IsOver() ? null : Member?.AccessEndsAt,
        ];
        return moments.Min();
    }

    /// <summary>
    /// When a guardian's access ends: at 00:00 China Standard Time of the birthday; who was born on February 29 has it on March 1
    /// of a year without that day.
    /// </summary>
    /// <param name="birthDate">The day of birth.</param>
    /// <param name="age">The age, in years.</param>
    public static DateTimeOffset AccessEndOf(DateOnly birthDate, int age)
    {
        var year = birthDate.Year + age;
        return ChinaTime.StartOf(birthDate is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : birthDate.AddYears(age));
    }

    bool IAggregate<ElectronicCard>.IsSeenBy(Partner caller) => caller.Covers(RegionCode);

    /// <inheritdoc/>
    public Decision<ElectronicCard> AdvanceTo(DateTimeOffset asOf) =>
        IsOver() ? Decision.Unchanged(this)
        : Member?.AccessEndsAt <= asOf ? EndWith(ElectronicCardEnd.CameOfAge, asOf)
        : State is ElectronicCardState.Draft or ElectronicCardState.Refused && LapsesAt <= asOf
            ? Decision.Changed(this with { State = ElectronicCardState.Lapsed, EndedAt = asOf }, new ElectronicCardLapsed())
        : Decision.Unchanged(this);

    /// <summary>What the workflow finds due: the end, an overdue review (again every day), the notice before the end.</summary>
    public Decision<ElectronicCard> Advance(DateTimeOffset asOf)
    {
        if (AdvanceTo(asOf) is { Events.Count: > 0 } settled)
        {
            return settled;
        }

        if (State is ElectronicCardState.Submitted && Review!.NextEscalation <= asOf)
        {
            var (due, today) = (Review.DueOn!.Value, ChinaTime.DateOf(asOf));
            return Decision.Changed(
                this with { Review = Review with { NextEscalation = ChinaTime.StartOf(today.AddDays(1)) + EscalationTime, IsOverdue = true } },
                new ElectronicCardReviewOverdue(due, today.DayNumber - due.DayNumber));
        }

        return State is ElectronicCardState.Issued && !IsEndTold && Member!.AccessEndsAt.AddDays(-NoticeDays) <= asOf
            ? Decision.Changed(this with { IsEndTold = true }, new ElectronicCardAccessEnding())
            : Decision.Unchanged(this);
    }

    private bool HasDocuments() => Documents.Any(document => Terms.Documents.Contains(document.Kind));

    private Decision<ElectronicCard> EndWith(ElectronicCardEnd end, DateTimeOffset at) =>
        Decision.Changed(this with { State = ElectronicCardState.Ended, End = end, EndedAt = at }, new ElectronicCardEnded(end));

    private static DateTimeOffset FirstEscalation(DateOnly dueOn) => ChinaTime.StartOf(dueOn.AddDays(1)) + EscalationTime;
}

/// <summary>The rules that an application was opened under.</summary>
/// <param name="ChildBelowAge">The age, in years, at which the guardian's access ends.</param>
/// <param name="Documents">Any one of these proves the kinship.</param>
/// <param name="SignatureChecks">By any of these the guardian signs.</param>
/// <param name="NoticeVersion">The notice to be accepted.</param>
/// <param name="NeedsPhysicalCard">Whether the child must have a card of its own.</param>
/// <param name="Review">How long the review takes; null where unknown, and then it is never overdue.</param>
public sealed record ElectronicCardTerms(
    int ChildBelowAge,
    IReadOnlyList<KinshipDocument> Documents,
    IReadOnlyList<PersonCheck> SignatureChecks,
    string NoticeVersion,
    bool NeedsPhysicalCard,
    Period? Review)
{
    /// <summary>The rules of a region as they are now.</summary>
    public static ElectronicCardTerms Of(ElectronicCardPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var rules = policy.OfChild;
        return new(
            rules.ChildBelowAge, rules.Documents, rules.SignatureChecks, rules.NoticeVersion, policy.NeedsPhysicalCard, policy.RelativeReview);
    }
}

/// <summary>The guardian.</summary>
/// <param name="Person">The person, in the stored form.</param>
/// <param name="CardNumber">His card at the opening; he goes by his person from then on, so a new card changes nothing.</param>
/// <param name="RealName">The verification of his real name.</param>
public sealed record ElectronicCardGuardian(Holder Person, CardNumber CardNumber, RealNameVerification RealName);

/// <summary>How a guardian's real name was verified.</summary>
/// <param name="Method">By what.</param>
/// <param name="Reference">The verifier's name for it.</param>
/// <param name="At">When.</param>
public sealed record RealNameVerification(PersonCheck Method, string Reference, DateTimeOffset At);

/// <summary>A notice that was read and accepted.</summary>
/// <param name="Version">Which one.</param>
/// <param name="AcceptedAt">When.</param>
public sealed record NoticeAcceptance(string Version, DateTimeOffset AcceptedAt);

/// <summary>The child.</summary>
/// <param name="Person">The person, in the stored form, with the guardian's mobile number.</param>
/// <param name="AccessEndsAt">When the child is old enough that its guardian's access ends.</param>
public sealed record ElectronicCardMember(Holder Person, DateTimeOffset AccessEndsAt);

/// <summary>A document that proves the kinship; the file is in Blob storage, encrypted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Of the file as it was sent, in hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="MediaType">Its form, by its content.</param>
/// <param name="At">When it came.</param>
/// <param name="Blob">Where it is kept.</param>
public sealed record ElectronicCardDocument(
    KinshipDocument Kind, string Sha256, int Bytes, string MediaType, DateTimeOffset At, string Blob);

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

/// <summary>A review by the bureau.</summary>
/// <param name="SubmittedAt">When the application was submitted.</param>
/// <param name="DueOn">The last local day of the review; null where the region names none.</param>
/// <param name="NextEscalation">When operations are told next that it is overdue; null for never.</param>
/// <param name="IsOverdue">Whether they have been told.</param>
/// <param name="Verdict">What the bureau decided; null until then.</param>
public sealed record ElectronicCardReview(
    DateTimeOffset SubmittedAt, DateOnly? DueOn, DateTimeOffset? NextEscalation, bool IsOverdue = false, ElectronicCardVerdict? Verdict = null);

/// <summary>What the bureau decided.</summary>
/// <param name="Approved">Whether the card is issued.</param>
/// <param name="Reason">Why not.</param>
/// <param name="By">The bureau.</param>
/// <param name="At">When.</param>
public sealed record ElectronicCardVerdict(bool Approved, string? Reason, string By, DateTimeOffset At);

/// <summary>A voucher that was checked.</summary>
/// <param name="VoucherId">Which one.</param>
/// <param name="ExpiresAt">When its time is over.</param>
public sealed record UsedVoucher(string VoucherId, DateTimeOffset ExpiresAt);

/// <summary>Where an electronic card stands.</summary>
public enum ElectronicCardState
{
    /// <summary>The guardian goes through the steps.</summary>
    Draft,

    /// <summary>The bureau has to decide.</summary>
    Submitted,

    /// <summary>The bureau refused; it can be corrected and submitted again.</summary>
    Refused,

    /// <summary>The guardian shows it.</summary>
    Issued,

    /// <summary>It was not submitted in time.</summary>
    Lapsed,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>Why an electronic card is over.</summary>
public enum ElectronicCardEnd
{
    /// <summary>The guardian gave it up.</summary>
    GivenUp,

    /// <summary>The child is old enough to hold its electronic card itself.</summary>
    CameOfAge,

    /// <summary>The guardian died or renounced the nationality.</summary>
    GuardianEnded,

    /// <summary>The child died or renounced the nationality.</summary>
    MemberEnded,
}

/// <summary>The steps of an application, in their order.</summary>
public enum ElectronicCardStep
{
    /// <summary>Read and accept the notice.</summary>
    Notice,

    /// <summary>Name the child.</summary>
    Member,

    /// <summary>Prove the kinship.</summary>
    Documents,

    /// <summary>Read and sign the commitment letter.</summary>
    Signature,

    /// <summary>Submit.</summary>
    Submission,
}
