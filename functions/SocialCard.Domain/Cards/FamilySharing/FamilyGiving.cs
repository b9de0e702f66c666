namespace SocialCard.Domain.Cards;

/// <summary>A card as the giver's: to whom it gives.</summary>
/// <param name="Card">The card.</param>
public readonly record struct FamilyGiving(Card Card)
{
    /// <summary>
    /// Relatives are named as members of the family. Each is decided on its own and in its order; what concerns the giver
    /// refuses all of them.
    /// </summary>
    /// <param name="request">What is asked for all of them.</param>
    /// <param name="candidates">Who is to become a member.</param>
    /// <param name="policy">The rules of the card's region.</param>
    /// <param name="now">The time.</param>
    /// <returns>The decision, and an answer a candidate in their order.</returns>
    public Decision<Card, IReadOnlyList<FamilyMemberView>> Request(
        FamilyRequest request, IReadOnlyList<FamilyCandidate> candidates, FamilySharingPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(policy);
        if (NotGiving(request, policy) is { } refusal)
        {
            return refusal;
        }

        var change = new CardChange(Card);
        var answers = new List<FamilyMemberView>();
        foreach (var (index, candidate) in candidates.Index())
        {
            if (candidates.Take(index).Any(earlier => earlier.Key == candidate.Key))
            {
                answers.Add(FamilyMemberView.Refused(candidate, FamilyRefusals.Duplicate, now));
            }
            else if (NotAcceptable(change.Card, candidate, request, policy) is { } unacceptable)
            {
                answers.Add(FamilyMemberView.Refused(candidate, unacceptable, now));
            }
            else
            {
                var member = FamilyMember.Requested(ResourceId.Of(request.RequestId, index + 1), candidate, request, policy, now);
                change.With(member, new FamilyMemberRequested(member.MemberId, member.Relation, member.Channel));
                answers.Add(FamilyMemberView.Of(member, change.Card));
            }
        }

        return change.Decision.With<IReadOnlyList<FamilyMemberView>>(answers);
    }

    /// <summary>The receiver's card has answered: it takes the giver, or it refuses.</summary>
    public Decision<Card> Admit(string memberId, Refusal? refused, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Card.Family.Find(memberId) is not { State: FamilyMemberState.Requested } member)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
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
    /// <param name="shown">Whose number was shown, as <see cref="Person.Id"/> names those who have it.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="now">The time.</param>
    public Decision<Card> Consent(string memberId, IReadOnlyList<string> shown, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Card.Status is CardStatus.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Card.Family.Find(memberId) is not { State: FamilyMemberState.AwaitingConsent } member)
        {
            return FamilyRefusals.ConsentNotDue;
        }

        if (!shown.Contains(member.ReceiverKey))
        {
            return FamilyRefusals.ReceiverMismatch;
        }

        var change = new CardChange(Card);
        change.Apply(change.Card, new FamilyConsentGiven(memberId));
        change.Review(member, calendar, now);
        return change.Decision;
    }

    /// <summary>By whom a member was asked for, and through which channels one can be; null where there is none of the name.</summary>
    public AskedFor? AskedFor(string memberId, FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Card.Family.Find(memberId) is { End: null } member ? new(member.By, policy.Channels) : null;
    }

    /// <summary>
    /// The giver withdraws a member. Where the region limits the changes of a year, taking out a member that has counted is the
    /// change: the one who comes in his place is no second one, and a request that never counted is none.
    /// </summary>
    public Decision<Card> Remove(string memberId, FamilySharingPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Status is CardStatus.Cancelled)
        {
            return Refusal.CardCancelled;
        }

        if (Card.Family.Find(memberId) is not { End: null } member)
        {
            return FamilyRefusals.NotMember;
        }

        var change = new CardChange(Card);
        if (member.EffectiveAt is not null)
        {
            var year = ChinaTime.DateOf(now).Year;
            List<DateTimeOffset> changes = [.. Card.Family.Changes.Where(at => ChinaTime.DateOf(at).Year == year)];
            if (changes.Count >= policy.ChangesPerYear)
            {
                return FamilyRefusals.TooManyChanges(policy.ChangesPerYear.Value);
            }

            change.Apply(Card with { Family = Card.Family with { Changes = [.. changes, now] } });
        }

        change.End(member, FamilyEnd.Removed);
        return change.Decision;
    }

    /// <summary>
    /// What has happened to one of the two cards takes its effect on a member. A card that is replaced leaves its members as they are:
    /// the new card takes them over.
    /// </summary>
    /// <param name="memberId">The member.</param>
    /// <param name="receiver">The receiver's card; the newest that knows the giver.</param>
    /// <param name="notTaken">Why it does not take the giver again, who had not died; null where it does, or is not asked.</param>
    public Decision<Card> Follow(string memberId, ReceiverCard receiver, Refusal? notTaken = null)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (Card.Status is CardStatus.Cancelled
            || Card.Family.Find(memberId) is not { End: null, State: not FamilyMemberState.Requested } member)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        if (receiver.Status is CardStatus.Cancelled && !(receiver.Reason is StateReason.Replaced && receiver.HasSeat))
        {
            change.End(member, receiver.Reason is StateReason.Deceased ? FamilyEnd.ReceiverDeceased : FamilyEnd.ReceiverCancelled);
            return change.Decision;
        }

        if (notTaken is not null)
        {
            change.End(member with { Refusal = notTaken }, FamilyEnd.Refused);
            return change.Decision;
        }

        if (receiver.Number != member.ReceiverCard)
        {
            member = change.With(member with { ReceiverCard = receiver.Number }, new FamilyMemberCardReplaced(memberId, receiver.Number));
        }

        var paused = Card.Status is not CardStatus.Active || receiver.Status is not CardStatus.Active;
        if (member.State is FamilyMemberState.Active && member.Paused != paused)
        {
            change.With(
                member with { Paused = paused }, paused ? new FamilyMemberSuspended(memberId) : new FamilyMemberResumed(memberId));
        }

        return change.Decision;
    }

    /// <summary>
    /// The receiver had not died: the member is what it was, unless the giver has given its place to others. A member that has not
    /// heard of the death goes on as it is.
    /// </summary>
    /// <param name="memberId">The member.</param>
    /// <param name="life">The how manieth life of the receiver and the giver together.</param>
    /// <param name="policy">The rules of the card's region.</param>
    public Decision<Card> Return(string memberId, int life, FamilySharingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (Card.Status is CardStatus.Cancelled || Card.Family.Find(memberId) is not { } member || member.Life > life)
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        if (member.Before is { } before)
        {
            List<FamilyMember> others = [.. Card.Family.Members.Where(other => other.End is null)];
            if (others.Count >= policy.MaxReceivers
                || others.Any(other => other.ReceiverKey == member.ReceiverKey || IsSecondSpouse(member.Relation, other)))
            {
                change.With(member with { Life = life, Before = null });
            }
            else
            {
                change.With(before with { Life = life }, new FamilyMemberRevived(memberId));
            }
        }
        else if (member.Life < life)
        {
            change.With(member with { Life = life });
        }

        return change.Decision;
    }

    /// <summary>
    /// The receiver's card knows of a member's end too: nothing is left to be done. One whose receiver died is kept, for it comes back
    /// if that was a mistake.
    /// </summary>
    public Decision<Card> Close(string memberId) => Card.Family.Find(memberId) is not { End: not null, Before: null } member
        ? Decision.Unchanged(Card)
        : Decision.Changed(
            Card with { Family = Card.Family with { Members = [.. Card.Family.Members.Where(other => other != member)] } },
            new FamilyMemberClosed(memberId));

    /// <summary>A receiver has another ID number.</summary>
    /// <param name="memberId">The member that he is.</param>
    /// <param name="receiver">The person as he is now.</param>
    public Decision<Card> Correct(string memberId, Person receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        if (Card.Family.Find(memberId) is not { End: null } member
            || (member.ReceiverKey, member.ReceiverIdNumber) == (receiver.Id, receiver.Document.Number))
        {
            return Decision.Unchanged(Card);
        }

        var change = new CardChange(Card);
        change.With(
            member with { ReceiverKey = receiver.Id, ReceiverIdNumber = receiver.Document.Number }, new FamilyReceiverCorrected(memberId));
        return change.Decision;
    }

    private Refusal? NotGiving(FamilyRequest request, FamilySharingPolicy policy) =>
        Card.Status is CardStatus.Cancelled ? Refusal.CardCancelled
        : Card.Status is CardStatus.Suspended ? Refusal.CardSuspended(Card.Social.Reason)
        : Card.Status is not CardStatus.Active ? FamilyRefusals.GiverNotActive
        : !policy.Channels.Contains(FamilyChannels.Of(request.Channel))
            ? Refusal.ChannelNotAllowed(SocialCardJson.NameOf<FamilyChannel>(request.Channel)!)
        : policy.KeepYuan is null ? null
        : request.AccountBalanceYuan is not { } balance ? FamilyRefusals.BalanceMissing
        : balance <= policy.KeepYuan ? FamilyRefusals.BalanceTooLow(policy.KeepYuan.Value)
        : null;

    private static bool IsSecondSpouse(Relation relation, FamilyMember other) =>
        (relation, other.Relation) is (Relation.Spouse, Relation.Spouse);

    private static Refusal? NotAcceptable(
        Card giver, FamilyCandidate candidate, FamilyRequest request, FamilySharingPolicy policy)
    {
        List<FamilyMember> members = [.. giver.Family.Members.Where(member => member.End is null)];
        return candidate.Key == giver.Holder.Id ? FamilyRefusals.ReceiverIsGiver
            : !policy.Relations.Contains(candidate.Relation) ? FamilyRefusals.RelationNotAllowed
            : candidate.Relation.ContradictsAges(request.GiverBornOn, candidate.BornOn) ? Refusal.RelationContradictsAge
            : candidate.Fault is { } fault ? fault
            : candidate.Card is not { } card ? FamilyRefusals.ReceiverNotFound
            : members.Any(member => member.ReceiverKey == candidate.Key) ? FamilyRefusals.AlreadyMember
            : members.Any(member => IsSecondSpouse(candidate.Relation, member)) ? Refusal.SpouseExists
            : card.Status is not CardStatus.Active ? FamilyRefusals.ReceiverNotActive
            : !FamilyArea.Holds(policy.Area, giver.RegionCode, card.RegionCode) ? FamilyRefusals.OutOfArea
            : members.Count >= policy.MaxReceivers ? FamilyRefusals.TooManyReceivers(policy.MaxReceivers.Value)
            : null;
    }
}
