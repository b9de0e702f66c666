namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>A member becomes what is given, and its document with it.</summary>
    public FamilyMember With(FamilyMember next, params IEnumerable<DomainEvent> happened)
    {
        var family = Card.Family;
        IReadOnlyList<FamilyMember> members = family.Find(next.MemberId) is null
            ? [.. family.Members, next]
            : [.. family.Members.Select(member => member.MemberId == next.MemberId ? next : member)];
        Apply(Card with { Family = family with { Members = members } }, happened);
        documents.Add(ResourceDocument.Of(FamilyMemberView.Document, next.MemberId, FamilyMemberView.Of(next, Card)));
        return next;
    }

    public void Review(FamilyMember member, WorkingCalendar calendar, DateTimeOffset now)
    {
        // A region whose review is not known has none to wait for.
        if (member.Review is { Quantity: > 0 } review)
        {
            var until = LastDay.EndOf(review, now, calendar);
            With(member with { State = FamilyMemberState.UnderReview, Until = until }, new FamilyReviewStarted(member.MemberId, until));
        }
        else
        {
            Activate(member, now);
        }
    }

    /// <summary>
    /// What time alone has done to the members: a consent has not come, or a review is over. A card that has ended leaves them as they are.
    /// </summary>
    public void AdvanceFamily(DateTimeOffset asOf)
    {
        if (Card.Status is CardStatus.Cancelled || Card.Family.Members.Count == 0)
        {
            return;
        }

        foreach (var member in Card.Family.Members.Where(member => member.Until <= asOf))
        {
            if (member.State is FamilyMemberState.AwaitingConsent)
            {
                End(member, FamilyEnd.Lapsed);
            }
            else if (member.State is FamilyMemberState.UnderReview)
            {
                Activate(member, member.Until!.Value);
            }
        }
    }

    private FamilyMember Activate(FamilyMember member, DateTimeOffset at) => With(
        member with { State = FamilyMemberState.Active, Until = null, EffectiveAt = at }, new FamilyMemberActivated(member.MemberId));

    public void End(FamilyMember member, FamilyEnd end) => With(
        member with
        {
            State = FamilyMemberState.Ended,
            Until = null,
            Paused = false,
            End = end,
            Before = end is FamilyEnd.ReceiverDeceased ? member : null,
        },
        new FamilyMemberEnded(member.MemberId, end, member.Refusal?.Code));

    public void EndFamily(FamilyEnd end)
    {
        foreach (var member in Card.Family.Members.Where(member => member.End is null))
        {
            End(member, end);
        }
    }
}
