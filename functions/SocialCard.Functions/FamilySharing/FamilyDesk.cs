using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.FamilySharing;

/// <summary>
/// Carries family sharing from one card to another. Two cards are two partitions: each half is an operation that takes effect
/// once, whoever makes it first, the request or its workflow.
/// </summary>
public sealed class FamilyDesk(CardCommands desk, CardRepository store, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>
    /// Asks the receiver's card to take the giver, once, and lets the giver's card follow its answer. For a member that is over
    /// before it was asked, the question is settled with a no, so that nobody asks it later.
    /// </summary>
    public async Task AdmitAsync(CardNumber giver, string memberId, CancellationToken cancellation)
    {
        if ((await store.LoadAsync(giver, cancellation))?.State.Family.Find(memberId) is not { } member
            || member is { End: null, State: not FamilyMemberState.Requested })
        {
            return;
        }

        Refusal? refused = null;
        var asked = await desk.DecideAsync(
            member.ReceiverCard,
            Operation.Of("family-" + memberId, "take-giver"),
            (card, _) =>
            {
                var decision = member.End is null
                    ? card.TakeFamilyGiver(new(memberId, giver), regions.For(card.RegionCode).FamilySharing) : FamilyRefusals.NotMember;
                refused = decision.Refusal;
                return refused is null ? decision : Decision.Unchanged(card);
            },
            _ => new Seat(refused),
            cancellation);
        var seat = asked.Done();
        await desk.DecideAsync(
            giver,
            Operation.Of(FamilyOrchestration.InstanceOf(giver.Value, memberId), "admit"),
            (card, now) => card.AdmitFamilyMember(memberId, seat.Refused, calendar, now),
            _ => seat,
            cancellation);
    }

    /// <summary>
    /// Lets the card that replaces another take over its family, once the old one has ended for it. The new card first: until the
    /// old one knows, it keeps all of it.
    /// </summary>
    /// <param name="old">The old card.</param>
    /// <param name="instance">The workflow whose operation it is.</param>
    /// <param name="cancellation">Stops between the two halves.</param>
    public async Task CarryOverAsync(CardNumber old, string instance, CancellationToken cancellation)
    {
        if ((await store.LoadAsync(old, cancellation))?.State is not { ReplacedBy: { } successor, Social.State: SocialState.Cancelled } card
            || (card.Family.Members.Count, card.Family.Givers.Count, card.Family.Changes.Count) is (0, 0, 0))
        {
            return;
        }

        var taken = await desk.DecideAsync(
            successor,
            Operation.Of(instance, "take-over-family"),
            (next, _) => next.TakeOverFamily(card.Family),
            next => new Taken(next.Social.State is not SocialState.Cancelled, []),
            cancellation);
        var isTakenOver = taken.Done().IsTakenOver;
        IReadOnlyList<string> still = [];
        var handed = await desk.DecideAsync(
            old,
            Operation.Of(instance, "hand-over-family"),
            (before, _) =>
            {
                still = [.. before.Family.Givers.Select(giver => giver.MemberId)];
                return before.HandOverFamily(isTakenOver);
            },
            _ => new Taken(isTakenOver, still),
            cancellation);

        // A giver who left the old card in between has not left the new one.
        foreach (var gone in card.Family.Givers.Select(giver => giver.MemberId).Except(handed.Done().Givers))
        {
            await desk.DecideAsync(
                successor,
                Operation.Of(instance, "release-giver-" + gone),
                (next, _) => next.ReleaseFamilyGiver(gone),
                _ => new Taken(isTakenOver, []),
                cancellation);
        }
    }

    private sealed record Seat(Refusal? Refused);

    private sealed record Taken(bool IsTakenOver, IReadOnlyList<string> Givers);
}
