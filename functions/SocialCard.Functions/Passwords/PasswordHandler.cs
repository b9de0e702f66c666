using SocialCard.Functions.Notices;

namespace SocialCard.Functions.Passwords;

/// <summary>What happens to passwords sets in motion: the waiting workflows, their end, and the notices.</summary>
public sealed class PasswordHandler(RegionPolicies regions) : IEventHandler<Card>
{
    // People read a message at nine, and would be woken by one at midnight.
    private static readonly TimeOnly NoticeTime = new(9, 0);

    /// <inheritdoc/>
    public IEnumerable<OutboxMessage> Handle(Card? before, Card after, IReadOnlyList<DomainEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        return events.Select(happened => To(happened, after, now)).OfType<OutboxMessage>();
    }

    private OutboxMessage? To(DomainEvent happened, Card card, DateTimeOffset now)
    {
        var number = card.Number.Value;
        return happened switch
        {
            PasswordChangeRequested requested => OutboxMessage.Start(
                nameof(PasswordChangeOrchestration),
                PasswordChangeOrchestration.InstanceOf(number, requested.Kind, requested.ChangeId),
                new PasswordWait(number, requested.Kind, requested.ChangeId, requested.EffectiveAt)),
            PasswordChangeEnded ended => OutboxMessage.Raise(
                PasswordChangeOrchestration.Ended, PasswordChangeOrchestration.InstanceOf(number, ended.Kind, ended.ChangeId)),
            PasswordChanged { Kind: not PasswordKind.Financial } changed => Notice.Tell(new(
                $"{number}-password-{changed.ChangeId}", card.Number, NoticeKind.PasswordChanged, now)),
            PasswordLocked locked => Notice.Tell(new(
                $"{number}-locked-{SocialCardJson.NameOf<PasswordKind>(locked.Kind)}-{now.ToUnixTimeSeconds()}",
                card.Number,
                NoticeKind.PasswordLocked,
                now)),
            InitialPasswordNoticed => Notice.Tell(new($"{number}-initial-password", card.Number, NoticeKind.InitialPassword, now)),
            CardReceived received when FirstNotice(card, received) is { } at => OutboxMessage.Start(
                nameof(InitialPasswordOrchestration),
                InitialPasswordOrchestration.InstanceOf(number),
                new InitialPasswordWait(number, at)),
            _ => null,
        };
    }

    private DateTimeOffset? FirstNotice(Card card, CardReceived received)
    {
        var policies = regions.For(card.RegionCode).Passwords;
        return policies.InitialNoticeDays > 0 && card.Passwords.Initial(policies).Count > 0
            ? ChinaTime.At(received.ReceivedOn.AddDays(policies.InitialNoticeDays), NoticeTime)
            : null;
    }
}
