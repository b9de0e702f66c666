using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    /// <summary>Whose costs the money of the account pays, and who pays for the holder.</summary>
    public CardFamily Family { get; init; } = new();

    /// <summary>
    /// Relatives are named as members of the family. Each is decided on its own and in its order; what concerns the giver
    /// refuses all of them.
    /// </summary>
    /// <param name="request">What is asked for all of them.</param>
    /// <param name="candidates">Who is to become a member.</param>
    /// <param name="policy">The rules of the card's region.</param>
    /// <param name="now">The time.</param>
    /// <returns>The decision, and an answer a candidate in their order; no answer where all are refused.</returns>
    public (Decision<Card> Decision, IReadOnlyList<FamilyMemberView> Answers) RequestFamilyMembers(
        FamilyRequest request, IReadOnlyList<FamilyCandidate> candidates, FamilySharingPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(policy);
        if (NotGiving(request, policy) is { } refusal)
        {
            return (refusal, []);
        }

        var change = new CardChange(this);
        var answers = new List<FamilyMemberView>();
        foreach (var (index, candidate) in candidates.Index())
        {
            if (candidates.Take(index).Any(earlier => earlier.Key == candidate.Key))
            {
                answers.Add(FamilyMemberView.Refused(candidate, FamilyRefusals.Duplicate, now));
            }
            else if (change.Card.NotAcceptable(candidate, policy) is { } unacceptable)
            {
                answers.Add(FamilyMemberView.Refused(candidate, unacceptable, now));
            }
            else
            {
                var member = new FamilyMember
                {
                    MemberId = $"{request.RequestId}-{index + 1}",
                    Relation = candidate.Relation,
                    Channel = request.Channel,
                    ReceiverKey = candidate.Key,
                    ReceiverIdNumber = candidate.IdNumber,
                    ReceiverCard = candidate.Card!.Number,
                    RequestedAt = now,
                    ConsentWithin = candidate.IsAdult && !IsPresent(request.Channel, candidate) ? policy.ConsentWithin : null,
                    Review = policy.Review,
                };
                change.With(member, new FamilyMemberRequested(member.MemberId, member.Relation, member.Channel));
                answers.Add(FamilyMemberView.Of(member, change.Card));
            }
        }

        return (change.Decision, answers);
    }

    /// <summary>The receiver's card has answered: it takes the giver, or it refuses.</summary>
    public Decision<Card> AdmitFamilyMember(string memberId, Refusal? refused, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Family.Find(memberId) is not { State: FamilyMemberState.Requested } member)
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        if (refused is not null)
        {
            change.End(member with { Refusal = refused }, FamilyEnd.Refused);
        }
        else if (member.ConsentWithin is { } within)
        {
            DateTimeOffset? until = within == Period.NoLimit ? null : LastDay.EndOf(within, now, calendar);
            change.With(member with { State = FamilyMemberState.AwaitingConsent, Until = until }, new FamilyConsentAsked(memberId, until));
        }
        else
        {
            change.Review(member, calendar, now);
        }

        return change.Decision;
    }

    /// <summary>The receiver consents.</summary>
    /// <param name="memberId">The member.</param>
    /// <param name="receiverKey">Who consents, as <see cref="Holder.Key"/> names him.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> ConsentToFamily(string memberId, string receiverKey, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Status is CardStatus.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Family.Find(memberId) is not { State: FamilyMemberState.AwaitingConsent } member || member.Until <= now)
        {
            return FamilyRefusals.ConsentNotDue;
        }

        if (member.ReceiverKey != receiverKey)
        {
            return FamilyRefusals.ReceiverMismatch;
        }

        var change = new CardChange(this);
        change.Apply(change.Card, new FamilyConsentGiven(memberId));
        change.Review(member, calendar, now);
        return change.Decision;
    }

    /// <summary>
    /// The giver withdraws a member. Where the region limits the changes of a year, taking out a member that has counted is the
    /// change: the one who comes in his place is no second one, and a request that never counted is none.
    /// </summary>
    public Decision<Card> RemoveFamilyMember(string memberId, FamilySharingPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Status is CardStatus.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Family.Find(memberId) is not { End: null } member)
        {
            return FamilyRefusals.NotMember;
        }

        var change = new CardChange(this);
        if (member.EffectiveAt is not null)
        {
            var year = ChinaTime.DateOf(now).Year;
            List<DateTimeOffset> changes = [.. Family.Changes.Where(at => ChinaTime.DateOf(at).Year == year)];
            if (changes.Count >= policy.ChangesPerYear)
            {
                return FamilyRefusals.TooManyChanges(policy.ChangesPerYear.Value);
            }

            change.Apply(this with { Family = Family with { Changes = [.. changes, now] } });
        }

        change.End(member, FamilyEnd.Removed);
        return change.Decision;
    }

    /// <summary>
    /// What has fallen due, or has happened to one of the two cards, takes its effect on a member. A card that is replaced leaves
    /// its members as they are: the new card takes them over.
    /// </summary>
    /// <param name="memberId">The member.</param>
    /// <param name="receiver">The receiver's card; the newest that knows the giver.</param>
    /// <param name="asOf">The time by which deadlines are judged.</param>
    public Decision<Card> FollowFamilyMember(string memberId, ReceiverCard receiver, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (Status is CardStatus.Cancelled || Family.Find(memberId) is not { End: null, State: not FamilyMemberState.Requested } member)
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        if (receiver.Status is CardStatus.Cancelled && !(receiver.Reason is StateReason.Replaced && receiver.HasSeat))
        {
            change.End(member, receiver.Reason is StateReason.Deceased ? FamilyEnd.ReceiverDeceased : FamilyEnd.ReceiverCancelled);
            return change.Decision;
        }

        if (receiver.Number != member.ReceiverCard)
        {
            member = change.With(member with { ReceiverCard = receiver.Number }, new FamilyMemberCardReplaced(memberId, receiver.Number));
        }

        if (member.Until <= asOf && member.State is FamilyMemberState.AwaitingConsent)
        {
            change.End(member, FamilyEnd.Lapsed);
            return change.Decision;
        }

        if (member.Until <= asOf && member.State is FamilyMemberState.UnderReview)
        {
            member = change.Activate(member, asOf);
        }

        var paused = Status is not CardStatus.Active || receiver.Status is not CardStatus.Active;
        if (member.State is FamilyMemberState.Active && member.Paused != paused)
        {
            change.With(member with { Paused = paused }, paused ? new FamilyMemberSuspended(memberId) : new FamilyMemberResumed(memberId));
        }

        return change.Decision;
    }

    /// <summary>The receiver's card knows of a member's end too: nothing is left to be done.</summary>
    public Decision<Card> CloseFamilyMember(string memberId) => Family.Find(memberId) is not { End: not null } member
        ? Decision.Unchanged(this)
        : Decision.Changed(
            this with { Family = Family with { Members = [.. Family.Members.Where(other => other != member)] } }, new FamilyMemberClosed(memberId));

    /// <summary>A giver asks this card, the receiver's, to take him; it decides how many it has.</summary>
    public Decision<Card> TakeFamilyGiver(FamilyGiver giver, FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(policy);
        return Family.HasGiver(giver.MemberId) ? Decision.Unchanged(this)
            : Status is not CardStatus.Active ? FamilyRefusals.ReceiverNotActive
            : Family.Givers.Count >= policy.GiversPerReceiver ? FamilyRefusals.TooManyGivers(policy.GiversPerReceiver.Value)
            : Decision.Changed(
                this with { Family = Family with { Givers = [.. Family.Givers, giver] } }, new FamilyGiverJoined(giver.MemberId));
    }

    /// <summary>A giver of this card, the receiver's, has a new card.</summary>
    public Decision<Card> MoveFamilyGiver(FamilyGiver giver)
    {
        ArgumentNullException.ThrowIfNull(giver);
        return !Family.HasGiver(giver.MemberId) || Family.Givers.Contains(giver)
            ? Decision.Unchanged(this)
            : Decision.Changed(
                this with { Family = Family with { Givers = [.. Family.Givers.Select(known => known.MemberId == giver.MemberId ? giver : known)] } },
                new FamilyGiverCardReplaced(giver.MemberId));
    }

    /// <summary>A receiver has another ID number.</summary>
    /// <param name="memberId">The member that he is.</param>
    /// <param name="receiver">The person as he is now.</param>
    public Decision<Card> CorrectFamilyMember(string memberId, Holder receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (Family.Find(memberId) is not { End: null } member || member.ReceiverKey == receiver.Key)
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        change.With(member with { ReceiverKey = receiver.Key, ReceiverIdNumber = receiver.IdNumber }, new FamilyReceiverCorrected(memberId));
        return change.Decision;
    }

    /// <summary>A giver leaves this card, the receiver's.</summary>
    public Decision<Card> ReleaseFamilyGiver(string memberId) => !Family.HasGiver(memberId)
        ? Decision.Unchanged(this)
        : Decision.Changed(
            this with { Family = Family with { Givers = [.. Family.Givers.Where(giver => giver.MemberId != memberId)] } },
            new FamilyGiverLeft(memberId));

    /// <summary>This card, which replaces another, takes over its family; one that has ended itself does not.</summary>
    public Decision<Card> TakeOverFamily(CardFamily old)
    {
        ArgumentNullException.ThrowIfNull(old);
        List<FamilyMember> members = [.. old.Members.Where(member => member.End is null && Family.Find(member.MemberId) is null)];
        List<FamilyGiver> givers = [.. old.Givers.Where(giver => !Family.HasGiver(giver.MemberId))];
        if (Social.State is SocialState.Cancelled || (members.Count, givers.Count, old.Changes.Count) is (0, 0, 0))
        {
            return Decision.Unchanged(this);
        }

        var change = new CardChange(this);
        change.Apply(
            this with { Family = new() { Members = Family.Members, Givers = [.. Family.Givers, .. givers], Changes = [.. old.Changes, .. Family.Changes] } },
            new FamilyTakenOver(members.Count, givers.Count));
        members.ForEach(member => change.With(member));
        return change.Decision;
    }

    /// <summary>The family is that of the new card, or ends where that has ended itself.</summary>
    /// <param name="isTakenOver">Whether the new card has taken it over.</param>
    public Decision<Card> HandOverFamily(bool isTakenOver)
    {
        var change = new CardChange(this);
        if (isTakenOver)
        {
            foreach (var member in Family.Members.Where(member => member.End is null))
            {
                change.With(member with { State = FamilyMemberState.Ended, End = FamilyEnd.CarriedOver });
            }
        }
        else
        {
            change.EndFamily(FamilyEnd.GiverCancelled);
        }

        var left = change.Card.Family.Members.Where(member => member.End is not FamilyEnd.CarriedOver);
        change.Apply(change.Card with { Family = new() { Members = [.. left] } }, new FamilyHandedOver());
        return change.Decision;
    }

    // At a window both cards are swiped; without the receiver's he was not there.
    internal static bool IsPresent(FamilyChannel channel, FamilyCandidate candidate) =>
        channel is FamilyChannel.HospitalOffice || (channel is FamilyChannel.ServiceWindow && candidate.CardIsPresented);

    internal Refusal? NotGiving(FamilyRequest request, FamilySharingPolicy policy) =>
        Status is CardStatus.Cancelled ? Refusal.CardCancelled
        : Status is CardStatus.Suspended ? Refusal.CardSuspended(Social.Reason)
        : Status is not CardStatus.Active ? FamilyRefusals.GiverNotActive
        : !policy.Channels.Contains(FamilyChannels.Of(request.Channel)) ? Refusal.ChannelNotAllowed(SocialCardJson.NameOf<FamilyChannel>(request.Channel)!)
        : policy.KeepYuan is null ? null
        : request.AccountBalanceYuan is not { } balance ? FamilyRefusals.BalanceMissing
        : balance <= policy.KeepYuan ? FamilyRefusals.BalanceTooLow(policy.KeepYuan.Value)
        : null;

    internal Refusal? NotAcceptable(FamilyCandidate candidate, FamilySharingPolicy policy)
    {
        List<FamilyMember> members = [.. Family.Members.Where(member => member.End is null)];
        return candidate.Key == Holder.Key ? FamilyRefusals.ReceiverIsGiver
            : !policy.Relations.Contains(candidate.Relation) ? FamilyRefusals.RelationNotAllowed
            : candidate.Card is not { } card ? FamilyRefusals.ReceiverNotFound
            : members.Any(member => member.ReceiverKey == candidate.Key) ? FamilyRefusals.AlreadyMember
            : card.Status is not CardStatus.Active ? FamilyRefusals.ReceiverNotActive
            : !FamilyArea.Holds(policy.Area, RegionCode, card.RegionCode) ? FamilyRefusals.OutOfArea
            : members.Count >= policy.MaxReceivers ? FamilyRefusals.TooManyReceivers(policy.MaxReceivers.Value)
            : null;
    }
}
