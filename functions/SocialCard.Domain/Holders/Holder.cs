using SocialCard.Domain.Cards;

namespace SocialCard.Domain.Holders;

/// <summary>
/// A person for whom there are cards, or soon will be. What is true of the person is kept here: who he is, whether he lives, where
/// his household is, which cards and referrals he has. His cards follow him.
/// </summary>
public sealed record Holder : IAggregate<Holder>, IOfPerson
{
    /// <summary>The table of holders.</summary>
    public static string Table => "Holders";

    /// <summary>Who he is.</summary>
    public required Person Person { get; init; }

    /// <summary>Where he was first told of, by GB/T 2260; whoever has that region sees him although he has no card.</summary>
    public required string OpenedIn { get; init; }

    /// <summary>Grows with every change that his cards must know.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Whether others have, or had, the number of his document.</summary>
    public bool SharesNumber { get; init; }

    /// <summary>When he got his name, as it was told; null where nobody has told.</summary>
    public HolderFact? Named { get; init; }

    /// <summary>When his number was corrected; null where it was not.</summary>
    public HolderFact? Corrected { get; init; }

    /// <summary>His birth, if it was told.</summary>
    public HolderFact? Born { get; init; }

    /// <summary>Why he can have no card any more; null while he can.</summary>
    public HolderEnd? End { get; init; }

    /// <summary>When it was told that he had not died after all.</summary>
    public HolderFact? Revoked { get; init; }

    /// <summary>The death that was revoked; null where none was, or where only the revocation is known.</summary>
    public HolderEnd? RevokedEnd { get; init; }

    /// <summary>Where his household is registered; null where nobody has told.</summary>
    public Household? Household { get; init; }

    /// <summary>His cards, those that have ended too, in the order in which they came.</summary>
    public IReadOnlyList<HolderCard> Cards { get; init; } = [];

    /// <summary>The referrals under which his cards may be used in other provinces, and those that have ended lately.</summary>
    [JsonPropertyName("referrals")]
    public IReadOnlyList<Referral> KnownReferrals { get; init; } = [];

    /// <summary>Who claimed, by law, to register his first card: his parents or guardian, from the birth on.</summary>
    public IReadOnlyList<string> Guardians { get; init; } = [];

    /// <summary>The card that he gave up last.</summary>
    public GivenUpCard? GivenUp { get; init; }

    /// <summary>The holders who turned out to be he; what is kept under their ids is his.</summary>
    public IReadOnlyList<string> FormerIds { get; init; } = [];

    /// <summary>The holder that he turned out to be; null while he is one of his own.</summary>
    public string? MergedInto { get; init; }

    /// <summary>His name for ever.</summary>
    [JsonIgnore]
    public string Id => Person.Id;

    /// <summary>Under which ids things are kept that are his.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Ids => [Id, .. FormerIds];

    /// <summary>What the civil registry tells of him.</summary>
    [JsonIgnore]
    public CivilLife Life => new(this);

    /// <summary>His treatment in other provinces.</summary>
    [JsonIgnore]
    public HolderReferrals Referrals => new(this);

    /// <summary>Whether his parents or his guardian may have his first card registered: he was born, and has none yet.</summary>
    [JsonIgnore]
    public bool ClaimsCard => Born is not null && Cards.Count == 0 && End is null && MergedInto is null;

    /// <summary>Whether he has, or had, several cards of which none is in the place of another.</summary>
    [JsonIgnore]
    public bool HasSeveralCards => Cards.Count(card => card.Replaces is null) > 1;

    /// <summary>What his cards must know.</summary>
    [JsonIgnore]
    public HolderStanding Standing =>
        new(Person, Version, Named, Corrected, End, Revoked, KnownReferrals, FormerIds, HasSeveralCards);

    static string IAggregate<Holder>.Kind => "holder";

    static Refusal IAggregate<Holder>.NotFound => HolderRefusals.NotFound;

    string IAggregate<Holder>.Key => Id;

    string IAggregate<Holder>.MaskedKey => Id[..8];

    IEnumerable<KeyValuePair<string, string>> IAggregate<Holder>.Columns =>
        [new("Standing", End?.Reason.ToString() ?? "Alive"), new(nameof(OpenedIn), OpenedIn)];

    static string? IAggregate<Holder>.KeyOf(string text) => IsId(text) ? text : null;

    /// <summary>Whether a text, such as a part of an address, can name a holder.</summary>
    public static bool IsId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Person.KeyLength && text.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>
    /// Whether a death is the one that was revoked: of its day, or of an earlier one where another tells of it than who told or revoked
    /// that; those tell of the right day. Where only the revocation is known, it is any until its day.
    /// </summary>
    public bool IsRevoked(HolderEnd death)
    {
        ArgumentNullException.ThrowIfNull(death);
        return RevokedEnd is not { } revoked ? death.OccurredOn <= Revoked?.OccurredOn
            : death.OccurredOn == revoked.OccurredOn
                || (death.OccurredOn < revoked.OccurredOn
                    && death.ReportedBy != revoked.ReportedBy && death.ReportedBy != Revoked?.ReportedBy);
    }

    /// <summary>A holder who is told of for the first time.</summary>
    /// <param name="person">Who he is.</param>
    /// <param name="regionCode">Where he is told of, by GB/T 2260.</param>
    /// <param name="sharesNumber">Whether another has his number.</param>
    /// <param name="card">His card; null where he has none yet.</param>
    public static Decision<Holder> Open(Person person, string regionCode, bool sharesNumber, HolderCard? card)
    {
        var opened = new Holder
        {
            Person = person,
            OpenedIn = regionCode,
            SharesNumber = sharesNumber,
            Cards = card is null ? [] : [card],
        };
        return card is null
            ? Decision.Changed(opened, new HolderOpened(regionCode))
            : Decision.Changed(opened, new HolderOpened(regionCode), new HolderCardAdded(card.Number, card.RegionCode));
    }

    Person IOfPerson.Subject => Person;

    // Where his newest card was issued, else where his household is.
    string IAggregate<Holder>.RegionCode =>
        Cards is [.., { RegionCode: var region }] ? region : Household?.RegionCode ?? OpenedIn;

    /// <summary>Whether he is within a partner's scope: by one of his cards, his household, or where he was first told of.</summary>
    public bool IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Bank ? Cards.Any(card => card.BankId == caller.Id)
            : caller.Covers(OpenedIn)
                || (Household?.RegionCode is { } household && caller.Covers(household))
                || Cards.Any(card => caller.Covers(card.RegionCode))
                || (caller.Role is PartnerRole.Hospital
                    && KnownReferrals.Any(referral => referral.ToHospital == caller.Id && referral.WithdrawnAt is null));
    }

    /// <summary>A card is issued to him.</summary>
    public Decision<Holder> AddCard(HolderCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Has(card) ? Decision.Unchanged(this)
            : End is { Reason: StateReason.Deceased } ? Refusal.HolderDeceased
            : End is not null ? HolderRefusals.NationalityRenounced
            : With(card);
    }

    /// <summary>A card takes the place of one of his; what has become of him meanwhile, that card follows.</summary>
    public Decision<Holder> AddReplacement(HolderCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Has(card) ? Decision.Unchanged(this) : With(card);
    }

    /// <summary>Another bank has taken over the bank of one of his cards.</summary>
    public Decision<Holder> ChangeBank(CardNumber number, string bankId) =>
        Cards.All(card => card.Number != number || card.BankId == bankId)
            ? Decision.Unchanged(this)
            : Decision.Changed(
                this with { Cards = [.. Cards.Select(card => card.Number == number ? card with { BankId = bankId } : card)] },
                new HolderCardBankChanged(number, bankId));

    /// <summary>A card of before the time of holders becomes his, and with it what it knew of him. Doing it twice does no harm.</summary>
    public Decision<Holder> Adopt(Adoption adoption)
    {
        ArgumentNullException.ThrowIfNull(adoption);
        return Has(adoption.Card)
            ? Decision.Unchanged(this)
            : Decision.Changed(
                this with
                {
                    Cards = [.. Cards, adoption.Card],
                    End = End ?? adoption.End,
                    Named = Named ?? adoption.Named,
                    Corrected = Corrected ?? adoption.Corrected,
                    Household = Household is null || Household.Since < adoption.Household?.Since
                        ? adoption.Household ?? Household : Household,
                    KnownReferrals = [.. KnownReferrals, .. adoption.Referrals],
                    Version = Version + 1,
                },
                new HolderCardAdded(adoption.Card.Number, adoption.Card.RegionCode));
    }

    /// <summary>Another of another name has his number too.</summary>
    public Decision<Holder> ShareNumber() =>
        SharesNumber ? Decision.Unchanged(this) : Decision.Changed(this with { SharesNumber = true }, new HolderNumberShared());

    /// <summary>
    /// He gives up a card because he has another. Two cards know nothing of each other, so it is one at a time: of two that are given up at
    /// once, at two counters, one stays.
    /// </summary>
    /// <param name="number">The card.</param>
    /// <param name="now">The time.</param>
    public Decision<Holder> GiveUp(CardNumber number, DateTimeOffset now) =>
        GivenUp is { } other && other.Number != number && now < other.At + GivenUpCard.Ending
            ? HolderRefusals.GivesUpAnother
            : Decision.Changed(this with { GivenUp = new(number, now) }, new HolderCardGivenUp(number));

    /// <summary>He can be reached elsewhere.</summary>
    /// <param name="person">The person with the new mobile number; as he is known where that is so already.</param>
    public Decision<Holder> ChangeContact(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return MergedInto is not null ? HolderRefusals.NotFound
            : person == Person ? Decision.Unchanged(this)
            : Decision.Changed(this with { Person = person, Version = Version + 1 }, new HolderContactChanged());
    }

    /// <summary>He turned out to be another holder, who has his cards from now on.</summary>
    public Decision<Holder> MergeInto(string holderId) => MergedInto is not null
        ? Decision.Unchanged(this)
        : Decision.Changed(this with { MergedInto = holderId }, new HolderMerged());

    /// <summary>Another holder turned out to be he.</summary>
    /// <param name="other">The other, whose number was wrong.</param>
    /// <param name="told">What was told.</param>
    public Decision<Holder> TakeOver(Holder other, HolderFact told)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FormerIds.Contains(other.Id)
            ? Decision.Unchanged(this)
            : Decision.Changed(
                this with
                {
                    Cards = [.. Cards, .. other.Cards.Where(card => !Has(card))],
                    KnownReferrals = [.. KnownReferrals, .. other.KnownReferrals],
                    Born = Born ?? other.Born,
                    Guardians = [.. Guardians.Union(other.Guardians)],
                    FormerIds = [.. FormerIds, .. other.Ids],
                    Corrected = told,
                    Version = Math.Max(Version, other.Version) + 1,
                },
                new HolderTakenOver(other.Cards.Count));
    }

    private bool Has(HolderCard card) => Cards.Any(known => known.Number == card.Number);

    // His cards know whether there are others, so that one which is the only one asks nobody.
    private Decision<Holder> With(HolderCard card)
    {
        var next = this with { Cards = [.. Cards, card] };
        return Decision.Changed(
            next with { Version = next.HasSeveralCards == HasSeveralCards ? Version : Version + 1 },
            new HolderCardAdded(card.Number, card.RegionCode));
    }

    Decision<Holder> IAggregate<Holder>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);
}

/// <summary>A card as its holder knows it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="RegionCode">Where it was issued, which never changes.</param>
/// <param name="BankId">Its bank.</param>
/// <param name="Since">Since when it is his.</param>
/// <param name="Replaces">The card that it is in the place of; null for one of its own.</param>
public sealed record HolderCard(CardNumber Number, string RegionCode, string BankId, DateTimeOffset Since, CardNumber? Replaces = null);

/// <summary>A card that its holder gave up.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When.</param>
public sealed record GivenUpCard(CardNumber Number, DateTimeOffset At)
{
    /// <summary>How long it may take until the card has ended; after that it has not, whatever has become of it.</summary>
    public static TimeSpan Ending { get; } = TimeSpan.FromMinutes(1);
}

/// <summary>Where a household is registered (户籍).</summary>
/// <param name="RegionCode">GB/T 2260; null where it was cancelled (销户).</param>
/// <param name="Since">The local day.</param>
/// <param name="ReportedBy">The partner that told.</param>
public sealed record Household(string? RegionCode, DateOnly Since, string ReportedBy);
