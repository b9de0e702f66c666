namespace SocialCard.Domain.Cards;

/// <summary>Where a member of a family stands.</summary>
public enum FamilyMemberState
{
    /// <summary>Asked for; the receiver's card has not answered yet.</summary>
    Requested,

    /// <summary>The receiver is of age and must consent.</summary>
    AwaitingConsent,

    /// <summary>The region takes its time.</summary>
    UnderReview,

    /// <summary>The giver's money pays the receiver's costs.</summary>
    Active,

    /// <summary>It would, but one of the two cards is suspended or not in use yet.</summary>
    Suspended,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>Why a member of a family is none any more.</summary>
public enum FamilyEnd
{
    /// <summary>The receiver's card refused: it has a giver, or is not active.</summary>
    Refused,

    /// <summary>The receiver did not consent in time.</summary>
    Lapsed,

    /// <summary>The giver withdrew it.</summary>
    Removed,

    /// <summary>The giver's card ended.</summary>
    GiverCancelled,

    /// <summary>The giver died.</summary>
    GiverDeceased,

    /// <summary>The receiver's card ended.</summary>
    ReceiverCancelled,

    /// <summary>The receiver died.</summary>
    ReceiverDeceased,

    /// <summary>The giver's new card has taken it over under the same id.</summary>
    CarriedOver,
}

/// <summary>A relative whose costs the money of a card's account pays (家庭共济); kept by the giver's card.</summary>
public sealed record FamilyMember
{
    /// <summary>Its id, the same for every repetition of the request and on every card that takes it over.</summary>
    public required string MemberId { get; init; }

    /// <summary>What the receiver is to the giver.</summary>
    public required Relation Relation { get; init; }

    /// <summary>Where it was asked for.</summary>
    public required FamilyChannel Channel { get; init; }

    /// <summary>The partner at which it was asked for; null where an earlier version did not keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>The receiver, as <see cref="Person.Id"/> names him.</summary>
    public required string ReceiverKey { get; init; }

    /// <summary>The number of the receiver's document, masked.</summary>
    public required string ReceiverIdNumber { get; init; }

    /// <summary>The receiver's card; a reissue moves it.</summary>
    public required CardNumber ReceiverCard { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>How long the receiver has to consent, as it was at the request; null where no consent is needed.</summary>
    public Period? ConsentWithin { get; init; }

    /// <summary>How long the review takes, as it was at the request; null for none.</summary>
    public Period? Review { get; init; }

    /// <summary>Of which money its costs are paid; null where it was asked for before the terms were kept.</summary>
    public FamilyTerms? Terms { get; init; }

    /// <summary>Where it stands, apart from the suspension of a card.</summary>
    public FamilyMemberState State { get; init; }

    /// <summary>Until when the receiver may consent, or the review takes.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Since when it counts; null before.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Whether one of the two cards cannot be used.</summary>
    public bool Paused { get; init; }

    /// <summary>Why it is over; null while it is not.</summary>
    public FamilyEnd? End { get; init; }

    /// <summary>How often the giver or the receiver came back from a death that was recorded by mistake.</summary>
    public int Life { get; init; }

    /// <summary>The member as it was before the receiver's death, which may have been recorded by mistake.</summary>
    public FamilyMember? Before { get; init; }

    /// <summary>Why the receiver's card refused, if it did.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>A candidate whom the giver's card accepts; the receiver's has not answered yet.</summary>
    internal static FamilyMember Requested(
        string memberId, FamilyCandidate candidate, FamilyRequest request, FamilySharingPolicy policy, DateTimeOffset now) => new()
        {
            MemberId = memberId,
            Relation = candidate.Relation,
            Channel = request.Channel,
            By = request.By,
            ReceiverKey = candidate.Key,
            ReceiverIdNumber = candidate.IdNumber,
            ReceiverCard = candidate.Card!.Number,
            RequestedAt = now,
            ConsentWithin = candidate.IsAdult && !IsPresent(request.Channel, candidate) ? policy.ConsentWithin : null,
            Review = policy.Review,
            Terms = FamilyTerms.Of(policy),
        };

    // At a window both cards are swiped; without the receiver's he was not there.
    private static bool IsPresent(FamilyChannel channel, FamilyCandidate candidate) =>
        channel is FamilyChannel.HospitalOffice || (channel is FamilyChannel.ServiceWindow && candidate.CardIsPresented);
}
