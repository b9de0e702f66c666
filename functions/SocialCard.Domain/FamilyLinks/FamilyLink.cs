namespace SocialCard.Domain.FamilyLinks;

/// <summary>
/// A family link (亲情账户): a person may show a relative's medical code on his own phone, and spends the relative's entitlement, not
/// his. The code (医保码) is another agency's, the National Healthcare Security Administration's; the link records who may show
/// whose, on what evidence, and whether it holds. It is neither family sharing (家庭共济) nor a child's electronic card.
/// </summary>
public sealed record FamilyLink : IAggregate<FamilyLink>, IOfPerson
{
    /// <summary>The table of family links.</summary>
    public static string Table => "FamilyLinks";

    /// <summary>Its id: sixteen hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Where it was made, by GB/T 2260: the region of the guardian's card.</summary>
    public required string RegionCode { get; init; }

    /// <summary>Who shows the code.</summary>
    public required Person Guardian { get; init; }

    /// <summary>Whose code it is.</summary>
    public required Person Member { get; init; }

    /// <summary>What the member is to the guardian.</summary>
    public required Relation Relation { get; init; }

    /// <summary>On what evidence it was made.</summary>
    public required FamilyLinkEvidence Evidence { get; init; }

    /// <summary>Since when it holds.</summary>
    public required DateTimeOffset LinkedAt { get; init; }

    /// <summary>Why it is over; null while it holds.</summary>
    public FamilyLinkEnd? End { get; init; }

    /// <summary>Since when it is over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    static string IAggregate<FamilyLink>.Kind => "family-link";

    static Refusal IAggregate<FamilyLink>.NotFound => FamilyLinkRefusals.NotFound;

    static string? IAggregate<FamilyLink>.KeyOf(string text) => ResourceId.IsOne(text) ? text : null;

    string IAggregate<FamilyLink>.Key => Id;

    string IAggregate<FamilyLink>.MaskedKey => Id;

    IEnumerable<KeyValuePair<string, string>> IAggregate<FamilyLink>.Columns =>
        [new("Standing", End?.ToString() ?? "Active"), new(nameof(RegionCode), RegionCode)];

    /// <summary>
    /// Links a relative. Of one below the region's age nobody's face is checked: the guardian shows his own, a document and a signed
    /// undertaking. An older one shows his own face.
    /// </summary>
    /// <param name="link">The link as it would be.</param>
    /// <param name="memberIsOfAge">Whether the member has reached the region's age.</param>
    public static Decision<FamilyLink> Open(FamilyLink link, bool memberIsOfAge)
    {
        ArgumentNullException.ThrowIfNull(link);
        var evidence = link.Evidence;
        return link.Guardian.Id == link.Member.Id ? FamilyLinkRefusals.MemberIsGuardian
            : evidence.Face.Of != (memberIsOfAge ? FaceOf.Member : FaceOf.Guardian) ? FamilyLinkRefusals.WrongFace
            : !memberIsOfAge && evidence.Document is null ? FamilyLinkRefusals.DocumentMissing
            : !memberIsOfAge && evidence.Undertaking is null ? FamilyLinkRefusals.UndertakingMissing
            : Decision.Changed(link, new FamilyLinked(link.Relation));
    }

    /// <summary>The guardian removes the link.</summary>
    public Decision<FamilyLink> Remove(DateTimeOffset now) =>
        End is not null ? FamilyLinkRefusals.Ended : EndWith(FamilyLinkEnd.Removed, now);

    /// <summary>Guardian or member has died or has renounced the nationality.</summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<FamilyLink> EndWithPerson(string holderId, DateTimeOffset now) =>
        End is not null ? Decision.Unchanged(this)
        : Guardian.Id == holderId ? EndWith(FamilyLinkEnd.GuardianEnded, now)
        : Member.Id == holderId ? EndWith(FamilyLinkEnd.MemberEnded, now)
        : Decision.Unchanged(this);

    /// <summary>Guardian or member had not died: the link holds again.</summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="now">The time.</param>
    public Decision<FamilyLink> ReviveWithPerson(string holderId, DateTimeOffset now) =>
        (End is FamilyLinkEnd.GuardianEnded && Guardian.Id == holderId) || (End is FamilyLinkEnd.MemberEnded && Member.Id == holderId)
            ? Decision.Changed(this with { End = null, EndedAt = null }, new FamilyLinkRevived())
            : Decision.Unchanged(this);

    /// <summary>Guardian or member has another name or ID number.</summary>
    /// <param name="holderId">Which of them, by the <see cref="Person.Id"/>.</param>
    /// <param name="corrected">The person as he is now.</param>
    public Decision<FamilyLink> Correct(string holderId, Person corrected)
    {
        var after = End is not null || Guardian == corrected || Member == corrected ? this
            : Guardian.Id == holderId ? this with { Guardian = corrected }
            : Member.Id == holderId ? this with { Member = corrected }
            : this;
        return ReferenceEquals(after, this) ? Decision.Unchanged(this) : Decision.Changed(after, new FamilyLinkPersonCorrected());
    }

    Person IOfPerson.Subject => Guardian;

    bool IAggregate<FamilyLink>.IsSeenBy(Partner caller) => caller.Covers(RegionCode);

    Decision<FamilyLink> IAggregate<FamilyLink>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);

    private Decision<FamilyLink> EndWith(FamilyLinkEnd end, DateTimeOffset at) =>
        Decision.Changed(this with { End = end, EndedAt = at }, new FamilyLinkEnded(end));
}

/// <summary>Why a link is over.</summary>
public enum FamilyLinkEnd
{
    /// <summary>The guardian removed it.</summary>
    Removed,

    /// <summary>The guardian died or renounced the nationality.</summary>
    GuardianEnded,

    /// <summary>The member died or renounced the nationality.</summary>
    MemberEnded,
}
