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
        var started = events.OfType<HolderRevived>().Any() ? Waiting(after) : [];
        return [.. events.Select(happened => To(happened, after, now)).OfType<OutboxMessage>(), .. started];
    }

    private OutboxMessage? To(DomainEvent happened, Card card, DateTimeOffset now)
    {
        var number = card.Number.Value;
        return happened switch
        {
            PasswordChangeRequested requested => Started(card, requested.Kind, requested.ChangeId, requested.EffectiveAt),
            PasswordChangeEnded ended => OutboxMessage.Raise(
                PasswordChangeOrchestration.Ended, InstanceOf(card, ended.Kind, ended.ChangeId)),
            PasswordChanged { Kind: not PasswordKind.Financial } changed => Notice.Tell(new(
                $"{number}-password-{changed.ChangeId}", card.Number, NoticeKind.PasswordChanged, now)),
            PasswordLocked locked => Notice.Tell(new(
                $"{number}-locked-{SocialCardJson.NameOf<PasswordKind>(locked.Kind)}-{now.ToUnixTimeSeconds()}",
                card.Number,
                NoticeKind.PasswordLocked,
                now)),
            InitialPasswordNoticed => Notice.Tell(new($"{number}-initial-password", card.Number, NoticeKind.InitialPassword, now)),
            CardReceived received when FirstNotice(
                card, received.ReceivedOn, regions.For(card.RegionCode).Passwords) is { } at => OutboxMessage.Start(
                nameof(InitialPasswordOrchestration),
                InitialPasswordOrchestration.InstanceOf(number),
                new InitialPasswordWait(number, at)),
            _ => null,
        };
    }

    private static IEnumerable<OutboxMessage> Waiting(Card card) =>
        from kind in HeldPasswords.Kinds
        let pending = card.Passwords.Of(kind).Pending
        where pending is not null
        select Started(card, kind, pending.ChangeId, pending.EffectiveAt);

    private static OutboxMessage Started(Card card, PasswordKind kind, string changeId, DateTimeOffset effectiveAt) => OutboxMessage.Start(
        nameof(PasswordChangeOrchestration),
        InstanceOf(card, kind, changeId),
        new PasswordWait(card.Number.Value, kind, changeId, effectiveAt));

    private static string InstanceOf(Card card, PasswordKind kind, string changeId) =>
        PasswordChangeOrchestration.InstanceOf(card.Number.Value, kind, changeId).InLife(card.Civil.Revivals);

    /// <summary>When the holder of a card that was received on a day is asked to change what every card got; null if never.</summary>
    internal static DateTimeOffset? FirstNotice(Card card, DateOnly receivedOn, PasswordsPolicy policies) =>
        policies.InitialNoticeDays > 0 && card.Passwords.Initial(policies).Count > 0
            ? ChinaTime.At(receivedOn.AddDays(policies.InitialNoticeDays), NoticeTime)
            : null;
}
