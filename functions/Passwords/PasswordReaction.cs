using SocialCard.Cards;
using SocialCard.Notices;
using SocialCard.Regions;

namespace SocialCard.Passwords;

/// <summary>What happens to passwords sets in motion: the waiting workflows, their end, and the notices.</summary>
public sealed class PasswordReaction(RegionPolicies regions) : IReaction<Card>
{
    // People read a message at nine, and would be woken by one at midnight.
    private static readonly TimeOnly NoticeTime = new(9, 0);

    /// <inheritdoc/>
    public IEnumerable<Outgoing> React(Card? before, Card after, IReadOnlyList<TimelineEvent> events, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        return events.Select(happened => To(happened, after, now)).OfType<Outgoing>();
    }

    private Outgoing? To(TimelineEvent happened, Card card, DateTimeOffset now)
    {
        var number = card.Number.Value;
        return happened switch
        {
            PasswordChangeRequested requested => Outgoing.Start(
                nameof(PasswordChangeOrchestration),
                PasswordChangeOrchestration.InstanceOf(number, requested.Kind, requested.ChangeId),
                new PasswordWait(number, requested.Kind, requested.ChangeId, requested.EffectiveAt)),
            PasswordChangeEnded ended => Outgoing.Raise(
                PasswordChangeOrchestration.Ended, PasswordChangeOrchestration.InstanceOf(number, ended.Kind, ended.ChangeId)),
            PasswordChanged { Kind: not PasswordKind.Financial } changed => Outgoing.Notify(new(
                $"{number}-password-{changed.ChangeId}", card.Number, NoticeKind.PasswordChanged, now)),
            PasswordLocked locked => Outgoing.Notify(new(
                $"{number}-locked-{SocialCardJson.NameOf<PasswordKind>(locked.Kind)}-{now.ToUnixTimeSeconds()}", card.Number, NoticeKind.PasswordLocked, now)),
            InitialPasswordNoticed => Outgoing.Notify(new($"{number}-initial-password", card.Number, NoticeKind.InitialPassword, now)),
            CardReceived received when FirstNotice(card, received) is { } at => Outgoing.Start(
                nameof(InitialPasswordOrchestration),
                InitialPasswordOrchestration.InstanceOf(number),
                new InitialPasswordWait(number, at)),
            _ => null,
        };
    }

    private DateTimeOffset? FirstNotice(Card card, CardReceived received)
    {
        var policies = regions.PasswordsOf(card);
        return policies.InitialNoticeDays > 0 && card.InitialPasswords(policies).Count > 0
            ? ChinaTime.At(received.ReceivedOn.AddDays(policies.InitialNoticeDays), NoticeTime)
            : null;
    }
}
