using SocialCard.Functions.Notices;

namespace SocialCard.Functions.FamilySharing;

/// <summary>What family sharing sets in motion: a workflow a member, what it must be told, and the notices to both sides.</summary>
public sealed class FamilyHandler : IEventHandler<Card>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var known = before?.Family ?? new();
        var hasMoved = before is not null && before.Status != after.Status;
        foreach (var member in after.Family.Members)
        {
            if (known.Find(member.MemberId) is not { } earlier || earlier.Life != member.Life)
            {
                yield return Started(after.Number, member.MemberId, member.Life);
            }
            else if ((hasMoved && member.End is null) || (earlier.End is null && member.End is not null) || HasConsented(member, events))
            {
                yield return Moved(after.Number, member.MemberId, member.Life);
            }
        }

        if (events.OfType<HolderRevived>().Any())
        {
            foreach (var giver in after.Family.Givers)
            {
                yield return Started(giver.GiverCard, giver.MemberId, giver.Life);
            }

            yield break;
        }

        // The givers of a card learn where it stands, and which one it is.
        foreach (var giver in after.Family.Givers.Where(giver => known.HasGiver(giver.MemberId) ? hasMoved : HasTakenOver(events)))
        {
            yield return Moved(giver.GiverCard, giver.MemberId, giver.Life);
        }

        if (events.OfType<FamilyHandedOver>().Any())
        {
            foreach (var giver in known.Givers)
            {
                yield return Moved(giver.GiverCard, giver.MemberId, giver.Life);
            }

            foreach (var member in known.Members.Where(member => after.Family.Find(member.MemberId) is null))
            {
                yield return Moved(after.Number, member.MemberId, member.Life);
            }
        }

        foreach (var notice in events.SelectMany(happened => NoticesOf(happened, known, after, now)))
        {
            yield return Notice.Tell(notice);
        }
    }

    private static bool HasConsented(FamilyMember member, IReadOnlyList<DomainEvent> events) =>
        events.OfType<FamilyConsentGiven>().Any(given => given.MemberId == member.MemberId);

    private static bool HasTakenOver(IReadOnlyList<DomainEvent> events) => events.OfType<FamilyTakenOver>().Any();

    private static OutboxMessage Started(CardNumber giver, string memberId, int life) => OutboxMessage.Start(
        nameof(FamilyOrchestration), InstanceOf(giver, memberId, life), new CardStep(giver.Value, memberId, Life: life));

    private static OutboxMessage Moved(CardNumber giver, string memberId, int life) =>
        OutboxMessage.Raise(FamilyOrchestration.Moved, InstanceOf(giver, memberId, life));

    private static string InstanceOf(CardNumber giver, string memberId, int life) =>
        FamilyOrchestration.InstanceOf(giver.Value, memberId).InLife(life);

    private static IEnumerable<Notice> NoticesOf(DomainEvent happened, CardFamily known, Card giver, DateTimeOffset now)
    {
        switch (happened)
        {
            case FamilyConsentAsked asked:
                yield return Of(asked.MemberId, "consent", ReceiverOf(asked.MemberId), NoticeKind.FamilyConsentAsked, asked.Until);
                break;
            case FamilyMemberActivated activated:
                yield return Of(activated.MemberId, "active-giver", giver.Number, NoticeKind.FamilySharingActive);
                yield return Of(activated.MemberId, "active-receiver", ReceiverOf(activated.MemberId), NoticeKind.FamilySharingActive);
                break;
            case FamilyMemberEnded ended:
                yield return Of(ended.MemberId, "ended-giver", giver.Number, NoticeKind.FamilySharingEnded);
                if (known.Find(ended.MemberId)?.EffectiveAt is not null)
                {
                    yield return Of(ended.MemberId, "ended-receiver", ReceiverOf(ended.MemberId), NoticeKind.FamilySharingEnded);
                }

                break;
        }

        CardNumber ReceiverOf(string memberId) => giver.Family.Find(memberId)!.ReceiverCard;

        Notice Of(string memberId, string about, CardNumber to, NoticeKind kind, DateTimeOffset? deadline = null) =>
            new($"family-{memberId}-{about}", to, kind, now, deadline);
    }
}
