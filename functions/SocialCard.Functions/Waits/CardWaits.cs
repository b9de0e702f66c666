using SocialCard.Functions.Activation;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.TemporaryCards;
using SocialCard.Functions.Validity;

namespace SocialCard.Functions.Waits;

/// <summary>What a card waits for.</summary>
public sealed class CardWaits(RegionPolicies regions, WorkingCalendar calendar) : IWaitSource<Card>
{
    SubjectKind IWaitSource<Card>.Subject => SubjectKind.Card;

    /// <inheritdoc/>
    public IEnumerable<Wait> WaitsOf(Card state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. Activation(state, now),
            .. Passwords(state, now),
            .. Losses(state, now),
            .. Reissue(state),
            .. TemporaryCard(state),
            .. Validity(state),
            .. Families(state),
        ];
    }

    private static IEnumerable<Wait> Activation(Card card, DateTimeOffset now)
    {
        if (ActivationHandler.Waits(card))
        {
            var terms = card.ActivationTerms!;
            var reminder = terms.Reminders.FirstOrDefault(reminder => reminder.At > now);
            yield return new(
                WorkflowKind.Activation,
                ActivationOrchestration.InstanceOf(card.Number.Value).InLife(card.Civil.Revivals),
                reminder is null ? "activationDeadline" : "reminder",
                reminder?.At ?? terms.Deadline);
        }
    }

    private IEnumerable<Wait> Passwords(Card card, DateTimeOffset now)
    {
        var number = card.Number.Value;
        foreach (var kind in HeldPasswords.Kinds)
        {
            if (card.Passwords.Of(kind).Pending is { } pending)
            {
                yield return new(
                    WorkflowKind.PasswordChange,
                    PasswordChangeOrchestration.InstanceOf(number, kind, pending.ChangeId).InLife(card.Civil.Revivals),
                    "passwordWindow",
                    pending.EffectiveAt);
            }
        }

        if (card.Status is not CardStatus.Cancelled && card.ReceivedOn is { } day
            && PasswordHandler.FirstNotice(card, day, regions.For(card.RegionCode).Passwords) is { } at && at > now)
        {
            yield return new(
                WorkflowKind.InitialPassword, InitialPasswordOrchestration.InstanceOf(number), "initialPasswordReminder", at);
        }
    }

    private static IEnumerable<Wait> Losses(Card card, DateTimeOffset now) =>
        from report in card.Loss.Reports
        let next = report.Moments.FirstOrDefault(moment => moment.At > now)
        where next is not null
        select new Wait(
            WorkflowKind.LossReport,
            LossReportOrchestration.InstanceOf(card.Number.Value, report.ReportId).InLife(card.Civil.Revivals),
            $"lossReport{next.Step}",
            next.At);

    private IEnumerable<Wait> Reissue(Card card) => card.Reissue is { IsLive: true } reissue
        ?
        [
            new(
                WorkflowKind.Reissue,
                ReissueOrchestration.InstanceOf(reissue.ReissueId).InLife(card.Civil.Revivals),
                SocialCardJson.NameOf<ReissueState>(reissue.State)!,
                reissue.NextMoment(calendar)),
        ]
        : [];

    private static IEnumerable<Wait> TemporaryCard(Card card) => card.TemporaryCard is { End: null } valid
        ?
        [
            new(
                WorkflowKind.TemporaryCard,
                TemporaryCardOrchestration.InstanceOf(card.Number.Value, valid.TemporaryCardId).InLife(card.Civil.Revivals),
                "temporaryCardEnd",
                valid.ValidUntil),
        ]
        : [];

    // Also while it is far: the workflow itself begins some months before.
    private static IEnumerable<Wait> Validity(Card card) => card.Validity.Next is { } next
        ?
        [
            new(
                WorkflowKind.Validity,
                ValidityOrchestration.InstanceOf(card.Number.Value).InLife(card.Civil.Revivals),
                ValidityWatch.ReasonOf(next),
                next.At),
        ]
        : [];

    private static IEnumerable<Wait> Families(Card card) =>
        from member in card.Family.Members
        where member.End is null
        select new Wait(
            WorkflowKind.Family,
            FamilyOrchestration.InstanceOf(card.Number.Value, member.MemberId).InLife(member.Life),
            SocialCardJson.NameOf<FamilyMemberState>(member.State)!,
            card.Status is CardStatus.Cancelled ? null : member.Until);
}
