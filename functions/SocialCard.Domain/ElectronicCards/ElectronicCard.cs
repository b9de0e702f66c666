namespace SocialCard.Domain.ElectronicCards;

/// <summary>
/// The electronic card of a child, which its guardian applies for and shows (电子社保卡亲情服务). It is neither family sharing
/// (家庭共济, whose subject is money) nor the family link (亲情账户, a medical code of another agency). The steps have an
/// order, each is stored when it is answered, and a change of what was signed takes a new signature.
/// </summary>
public sealed partial record ElectronicCard : IAggregate<ElectronicCard>, IOfPerson, IVerified
{
    /// <summary>Days in which an application is submitted, from its opening, or from the refusal that it corrects.</summary>
    public const int DraftDays = 30;

    /// <summary>Days before the end of the guardian's access at which he is told.</summary>
    public const int NoticeDays = 30;

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

    /// <summary>Where it stood before it ended; a death may have been recorded by mistake.</summary>
    public ElectronicCardState? StateBefore { get; init; }

    /// <summary>How often it came back from a death that was recorded by mistake.</summary>
    public int Revivals { get; init; }

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

    /// <summary>The document of a kind, or null.</summary>
    public ElectronicCardDocument? DocumentOf(KinshipDocument kind) => Documents.FirstOrDefault(document => document.Kind == kind);

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
        return ChinaTime.StartOf(
            birthDate is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : birthDate.AddYears(age));
    }

    // Who signs is verified anew.
    RealNameVerification IVerified.Verified => Signature is { } signed && signed.At > Guardian.RealName.At
        ? new(signed.Method, signed.Reference, signed.At) : Guardian.RealName;

    Person IOfPerson.Subject => Guardian.Person;

    bool IAggregate<ElectronicCard>.IsSeenBy(Partner caller) => caller.Covers(RegionCode);

    /// <inheritdoc/>
    public Decision<ElectronicCard> AdvanceTo(DateTimeOffset asOf) =>
        IsOver() ? Decision.Unchanged(this)
        : Member?.AccessEndsAt <= asOf ? EndWith(ElectronicCardEnd.CameOfAge, asOf)
        : State is ElectronicCardState.Draft or ElectronicCardState.Refused && LapsesAt <= asOf
            ? Decision.Changed(this with { State = ElectronicCardState.Lapsed, EndedAt = asOf }, new ElectronicCardLapsed())
        : Decision.Unchanged(this);

    /// <summary>What the workflow finds due: the end, an overdue review (again every day), the notice before the end.</summary>
    public Decision<ElectronicCard> Advance(DateTimeOffset asOf) =>
        AdvanceTo(asOf) is { Events.Count: > 0 } elapsed ? elapsed
        : State is ElectronicCardState.Submitted && Review!.NextEscalation <= asOf ? TellOverdueReview(asOf)
        : State is ElectronicCardState.Issued && !IsEndTold && Member!.AccessEndsAt.AddDays(-NoticeDays) <= asOf
            ? Decision.Changed(this with { IsEndTold = true }, new ElectronicCardAccessEnding())
        : Decision.Unchanged(this);

    private bool HasDocuments() => Documents.Any(document => Terms.Documents.Contains(document.Kind));
}
