namespace SocialCard.Domain.Cards;

/// <summary>
/// A Social Security Card: two applications on one chip, each with its own state. The aggregate owns every transition: its
/// components, one a capability and each in its own folder, take a command and the time and give a
/// <see cref="Decision{TState}"/>; they read no clock and do no I/O.
/// </summary>
public sealed record Card : IAggregate<Card>, IOfPerson
{
    /// <summary>The card's number.</summary>
    public required CardNumber Number { get; init; }

    /// <summary>Where the card was issued, by GB/T 2260; its rules apply to the card.</summary>
    public required string RegionCode { get; init; }

    /// <summary>The partner bank whose account the card carries.</summary>
    public required string BankId { get; init; }

    /// <summary>The card's generation: 2 or 3.</summary>
    public required int Generation { get; init; }

    /// <summary>The holder, as far as the card may show him.</summary>
    public required Person Holder { get; init; }

    /// <summary>The social-security application (人社应用): medical settlement and benefits.</summary>
    public required Application<SocialState> Social { get; init; }

    /// <summary>The financial application (金融应用): the debit account.</summary>
    public required Application<FinancialState> Financial { get; init; }

    /// <summary>The local day on which the holder received the card (领卡之日); null until then.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>Whether the receipt was concluded from a first use and nobody has registered it yet.</summary>
    public bool ReceiptImplied { get; init; }

    /// <summary>When the card was registered; null where version 1.0 did it, which did not say.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>The local day by which the card was issued at the earliest; null where that is not known.</summary>
    [JsonIgnore]
    public DateOnly? IssuedOn => RegisteredAt is not { } registered ? null
        : ChinaTime.DateOf(registered).AddDays(-ToldInstant.DaysBeforeRegistration) is var earliest && ReceivedOn < earliest ? ReceivedOn
        : earliest;

    /// <summary>For how long the card was issued; null for a card of before that was noted.</summary>
    public CardTerm? Term { get; init; }

    /// <summary>How long a first card waits for its holder; null where the region sets no end, and for the new card of a reissue.</summary>
    public CardCollection? Collection { get; init; }

    /// <summary>The activation rule that was in force at receipt; a later change of the policy does not move it.</summary>
    public ActivationTerms? ActivationTerms { get; init; }

    /// <summary>When the activation that the region asks for was complete; null until then.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When the social-security application was first enabled; null until then.</summary>
    public DateTimeOffset? EnabledAt { get; init; }

    /// <summary>When the financial application was first activated; null until then, and where 1.0 heard of it.</summary>
    public DateTimeOffset? FinancialActivatedAt { get; init; }

    /// <summary>When the activation deadline was acted upon; null while it has not passed.</summary>
    public DateTimeOffset? ActivationExpiredAt { get; init; }

    /// <summary>The latest application for a new card in place of this one.</summary>
    public Reissue? Reissue { get; init; }

    /// <summary>When new cards were applied for within the last month, oldest first; a new card takes them over.</summary>
    public IReadOnlyList<DateTimeOffset> ReissuesFiled { get; init; } = [];

    /// <summary>The reissue by which this card was issued; null for a first card.</summary>
    public string? IssuedByReissue { get; init; }

    /// <summary>When a card that comes after another was first used at a hospital or pharmacy.</summary>
    public DateTimeOffset? FirstUsedAt { get; init; }

    /// <summary>The card that this one was issued for in its place.</summary>
    public CardNumber? Replaces { get; init; }

    /// <summary>The card that was issued in place of this one.</summary>
    public CardNumber? ReplacedBy { get; init; }

    /// <summary>The latest temporary card for the wait.</summary>
    public TemporaryCard? TemporaryCard { get; init; }

    /// <summary>The referrals under which the card may be used in other provinces, and those that have ended lately.</summary>
    [JsonPropertyName("referrals")]
    public IReadOnlyList<Referral> KnownReferrals { get; init; } = [];

    /// <summary>The card's loss reports, and what its applications are beneath them.</summary>
    public CardLoss Loss { get; init; } = new();

    /// <summary>The card's passwords, as far as the service holds them.</summary>
    [JsonPropertyName("passwords")]
    public HeldPasswords HeldPasswords { get; init; } = new();

    /// <summary>Decides on its bank.</summary>
    [JsonIgnore]
    public CardBank Bank => new(this);

    /// <summary>Decides on the receipt and the activation.</summary>
    [JsonIgnore]
    public CardActivation Activation => new(this);

    /// <summary>Decides on the years of the card, and on its wait for its holder.</summary>
    [JsonIgnore]
    public CardValidity Validity => new(this);

    /// <summary>What stands in the way of using the card, in the order in which it is lifted.</summary>
    [JsonIgnore]
    public IReadOnlyList<Blocker> Blockers => [.. CardBlockers.Of(this)];

    /// <summary>Decides on the questions of the holder.</summary>
    [JsonIgnore]
    public CardInquiries Inquiries => new(this);

    /// <summary>Decides on loss reports.</summary>
    [JsonIgnore]
    public LossReporting LossReports => new(this);

    /// <summary>Decides on passwords.</summary>
    [JsonIgnore]
    public CardPasswords Passwords => new(this);

    /// <summary>Whose costs the money of the account pays, and who pays for the holder.</summary>
    public CardFamily Family { get; init; } = new();

    /// <summary>What the card knows of its holder's life.</summary>
    public CivilStanding Civil { get; init; } = new();

    /// <summary>What the card decides of family sharing.</summary>
    [JsonIgnore]
    public FamilySharing FamilySharing => new(this);

    /// <summary>How the card follows its holder's life.</summary>
    [JsonIgnore]
    public HolderFollowing Following => new(this);

    /// <summary>Decides on its reissue.</summary>
    [JsonIgnore]
    public Reissuing Reissues => new(this);

    /// <summary>Decides on its end where its holder has another.</summary>
    [JsonIgnore]
    public SpareCard Spare => new(this);

    /// <summary>Decides on the card that takes another's place.</summary>
    [JsonIgnore]
    public Replacement Replacement => new(this);

    /// <summary>Decides on what bridges the wait for a new card.</summary>
    [JsonIgnore]
    public TemporaryCards TemporaryCards => new(this);

    /// <summary>Decides on the treatment of its holder in other provinces.</summary>
    [JsonIgnore]
    public Referrals Referrals => new(this);

    /// <summary>Decides on the card as a credential of other public services.</summary>
    [JsonIgnore]
    public CardVerifications Verifications => new(this);

    /// <summary>The state of the card as a whole, derived from its applications.</summary>
    [JsonIgnore]
    public CardStatus Status => this switch
    {
        { Social.State: SocialState.Cancelled } => CardStatus.Cancelled,
        { Social.State: SocialState.Suspended } => CardStatus.Suspended,
        { ReceivedOn: null } => CardStatus.Issued,
        { ActivatedAt: null } => CardStatus.AwaitingActivation,
        _ => CardStatus.Active,
    };

    /// <summary>Why nothing can be done with a card that has ended.</summary>
    internal Refusal HasEnded => Civil.Ended is StateReason.Deceased ? Refusal.HolderDeceased : Refusal.CardCancelled;

    /// <summary>The table of cards.</summary>
    public static string Table => "Cards";

    static string IAggregate<Card>.Kind => "card";

    Person IOfPerson.Subject => Holder;

    static Refusal IAggregate<Card>.NotFound => Refusal.CardNotFound;

    static string? IAggregate<Card>.KeyOf(string text) => CardNumber.TryParse(text, out var number) ? number.Value : null;

    string IAggregate<Card>.Key => Number.Value;

    string IAggregate<Card>.MaskedKey => Number.Masked;

    IEnumerable<KeyValuePair<string, string>> IAggregate<Card>.Columns =>
    [
        new(nameof(Status), Status.ToString()),
        new(nameof(RegionCode), RegionCode),
        new(nameof(BankId), BankId),
        new("MakerId", Reissue is { IsLive: true, BankId: var maker } ? maker : ""),
    ];

    /// <summary>A newly issued card.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="holder">Its holder.</param>
    /// <param name="regionCode">Where it was issued.</param>
    /// <param name="bankId">Its bank.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="now">The time.</param>
    /// <param name="standing">The holder as he is by now; null where that is yet to be followed.</param>
    /// <param name="issued">For how long it is issued, and waits for its holder; null where that is yet to be noted.</param>
    public static Decision<Card> Register(
        CardNumber number,
        Person holder,
        string regionCode,
        string bankId,
        int generation,
        DateTimeOffset now,
        HolderStanding? standing = null,
        IssueTerms? issued = null) =>
        Decision.Changed(
            new Card
            {
                Number = number,
                RegionCode = regionCode,
                BankId = bankId,
                Generation = generation,
                RegisteredAt = now,
                Holder = holder,
                Social = new(SocialState.Sealed, null, now),
                Financial = new(FinancialState.Inactive, null, now),
                Civil = new(Version: standing?.Version ?? 0, HasSiblings: standing?.HasSeveralCards is true),
                KnownReferrals = standing?.Referrals ?? [],
                Term = issued?.Term,
                Collection = issued?.Collection,
            },
            new CardRegistered(regionCode, bankId, generation));

    /// <summary>
    /// Whether the card is within a partner's scope: a bank's own cards and those whose successor it is asked to make, else the
    /// cards of its region, and for a hospital those that are referred to it.
    /// </summary>
    public bool IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Bank ? BankId == caller.Id || Reissue?.BankId == caller.Id
            : caller.Covers(RegionCode)
                || (caller.Role is PartnerRole.Hospital
                    && KnownReferrals.Any(referral => referral.ToHospital == caller.Id && referral.WithdrawnAt is null));
    }

    /// <summary>Whether the card is used in another province when the partner uses it, which takes a referral.</summary>
    public bool IsAwayFrom(Partner user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Role is PartnerRole.Hospital or PartnerRole.Pharmacy && !user.Covers(RegionCode);
    }

    /// <summary>
    /// What time alone has done to the card: loss reports took effect, lapsed, or ended the card; passwords count, locks lapsed;
    /// the activation expired; members of the family count, or did not consent; a fee came too late; a temporary card's last day is over;
    /// nobody came for the card, or its years are over.
    /// </summary>
    /// <param name="asOf">The time by which it is judged.</param>
    public Decision<Card> AdvanceTo(DateTimeOffset asOf)
    {
        var change = new CardChange(this);
        change.AdvanceLoss(asOf);
        change.AdvancePasswords(asOf);
        change.ExpireActivation(asOf);
        change.AdvanceFamily(asOf);
        change.CancelUnpaidReissue(asOf);
        change.ExpireTemporaryCard(asOf);
        change.AdvanceCollection(asOf);
        change.EndValidity(asOf);
        return change.Decision;
    }
}
