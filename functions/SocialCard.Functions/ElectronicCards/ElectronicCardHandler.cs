using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.Notices;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>What happens around an electronic card: its workflow, the guardian's notices, the escalations.</summary>
public sealed class ElectronicCardHandler : IEventHandler<ElectronicCard>
{
    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(
        ElectronicCard? before, ElectronicCard after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        var instance = ElectronicCardOrchestration.InstanceOf(after.Id).InLife(after.Revivals);
        if (before?.Revivals != after.Revivals)
        {
            yield return OutboxMessage.Start(
                nameof(ElectronicCardOrchestration), instance, new ElectronicCardTurn(after.Id, Life: after.Revivals));
        }
        else if (before.NextMoment() != after.NextMoment() && !events.Any(IsTheWorkflows))
        {
            yield return OutboxMessage.Raise(ElectronicCardOrchestration.Changed, instance);
        }

        foreach (var happened in events)
        {
            if (happened is ElectronicCardReviewOverdue overdue)
            {
                yield return OutboxMessage.Send(Escalation.Queue, new ElectronicCardReviewEscalation(
                    $"{after.Id}-overdue-{overdue.DueOn:yyyyMMdd}-{overdue.DaysOverdue}",
                    EscalationKind.ElectronicCardReviewOverdue,
                    after.Id,
                    now,
                    overdue.DueOn,
                    overdue.DaysOverdue));
            }
            else if (NoticeOf(happened) is { } kind)
            {
                // Without the date: it is the child's birthday.
                yield return Notice.Tell(new(
                    $"{after.Id}-{kind}-{now.ToUnixTimeMilliseconds()}",
                    after.Guardian.CardNumber,
                    kind,
                    now,
                    DaysLeft: kind is NoticeKind.ElectronicCardAccessEnding
                        ? (int)Math.Ceiling((after.Member!.AccessEndsAt - now).TotalDays) : null));
            }
        }
    }

    // It makes them itself, and asks what comes next in the same turn.
    private static bool IsTheWorkflows(DomainEvent happened) => happened is ElectronicCardReviewOverdue or ElectronicCardAccessEnding;

    private static NoticeKind? NoticeOf(DomainEvent happened) => happened switch
    {
        ElectronicCardIssued => NoticeKind.ElectronicCardIssued,
        ElectronicCardDecided { Approved: false } => NoticeKind.ElectronicCardRefused,
        ElectronicCardLapsed => NoticeKind.ElectronicCardLapsed,
        ElectronicCardAccessEnding => NoticeKind.ElectronicCardAccessEnding,
        ElectronicCardEnded { End: not (ElectronicCardEnd.GuardianEnded or ElectronicCardEnd.GivenUp) } => NoticeKind.ElectronicCardEnded,
        _ => null,
    };
}

/// <summary>An overdue review, on the queue <c>operations-escalations</c>.</summary>
/// <param name="EscalationId">The same for every delivery of the same escalation.</param>
/// <param name="Kind">What is the matter.</param>
/// <param name="ElectronicCardId">The application.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="DueOn">The local day on which it was to be decided at the latest.</param>
/// <param name="DaysOverdue">How many days have passed since.</param>
public sealed record ElectronicCardReviewEscalation(
    string EscalationId, EscalationKind Kind, string ElectronicCardId, DateTimeOffset At, DateOnly DueOn, int DaysOverdue);
