using SocialCard.Functions.Cards;

namespace SocialCard.Functions.FamilySharing;

/// <summary>A step of a member: lets the receiver's card have its say, then lets the giver's card follow it.</summary>
public sealed class FamilyActivities(
    FamilyAdmission admission, CommandExecutor<Card> executor, CardRepository cards, RegionPolicies regions)
{
    /// <summary>Makes a step, and tells what the member waits for next.</summary>
    [Function(nameof(AdvanceFamilyMember))]
    public async Task<CardWait> AdvanceFamilyMember([ActivityTrigger] CardStep step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (giver, memberId) = (CardNumber.Parse(step.CardNumber), step.ResourceId);
        await admission.AdmitAsync(giver, memberId, cancellation);
        var instance = FamilyOrchestration.InstanceOf(step.CardNumber, memberId).InLife(step.Life);
        if (await MemberAsync(giver, step, instance, cancellation) is not { } member)
        {
            return CardWait.Over;
        }

        if (member.End is null)
        {
            var receiver = await ReceiverAsync(member, cancellation);
            var seat = FamilyAdmission.SeatOf(giver, member);
            Refusal? notTaken = null;
            if (!receiver.Family.HasGiver(memberId) && receiver.Status is not CardStatus.Cancelled)
            {
                (receiver, notTaken) = await TakeAgainAsync(receiver.Number, seat, instance, cancellation);
            }

            var outcome = await executor.ExecuteAsync(
                giver.Value,
                Operation.Of(instance, $"step-{step.Number}", step.AsOf),
                (card, _) => card.FamilySharing.Giving.Follow(memberId, ReceiverCard.Of(receiver, memberId), notTaken),
                card => Standing.Of(card, memberId),
                cancellation);
            var standing = outcome.Done();
            if (!standing.IsKnown)
            {
                return CardWait.Over;
            }

            if (!standing.IsOver)
            {
                if (standing.IsInUse && !receiver.Family.Givers.Contains(seat))
                {
                    await executor.ExecuteAsync(
                        receiver.Number.Value,
                        Operation.Of(instance, $"seat-{step.Number}", step.AsOf),
                        (card, _) => card.FamilySharing.Receiving.Move(seat),
                        card => new Seat(card.Family.HasGiver(memberId)),
                        cancellation);
                }

                return new CardWait(IsOver: false, standing.Until, SocialCardJson.NameOf(standing.State));
            }
        }

        await CloseAsync(giver, member, instance, step.AsOf, cancellation);
        return CardWait.Over;
    }

    /// <summary>
    /// The member that the workflow accompanies; null if there is none any more, or a workflow of its next life does. One whose receiver
    /// had not died comes back first.
    /// </summary>
    private async Task<FamilyMember?> MemberAsync(CardNumber giver, CardStep step, string instance, CancellationToken cancellation)
    {
        var member = (await cards.LoadAsync(giver, cancellation))?.State.Family.Find(step.ResourceId);
        if (member is not null
            && (member.Life < step.Life || member.Before is not null)
            && (await ReceiverAsync(member, cancellation)).Status is not CardStatus.Cancelled)
        {
            await executor.ExecuteAsync(
                giver.Value,
                Operation.Of(instance, $"return-{step.Number}", step.AsOf),
                (card, _) => card.FamilySharing.Giving.Return(step.ResourceId, step.Life, regions.For(card.RegionCode).FamilySharing),
                card => Standing.Of(card, step.ResourceId),
                cancellation);
            member = (await cards.LoadAsync(giver, cancellation))?.State.Family.Find(step.ResourceId);
        }

        return member?.Life > step.Life ? null : member;
    }

    /// <summary>The receiver's card has let a giver go who had not died: asks it to take him again, once in his life.</summary>
    private async Task<(Card Receiver, Refusal? NotTaken)> TakeAgainAsync(
        CardNumber receiver, FamilyGiver seat, string instance, CancellationToken cancellation)
    {
        var asked = await executor.ExecuteAsync(
            receiver.Value,
            Operation.Of(instance, "take-again"),
            (card, _) =>
            {
                Decision<Card> decision = card.FamilySharing.Receiving.Return(seat, regions.For(card.RegionCode).FamilySharing);
                return decision.Refusal is { } refused ? Decision.Unchanged(card).With(refused) : decision.With<Refusal>(null);
            },
            (_, refused) => new Taken(refused),
            cancellation);
        return (await CardAsync(receiver, cancellation), asked.Done().Refused);
    }

    /// <summary>Lets the receiver's card know of the end first, then lets the giver's card forget.</summary>
    private async Task CloseAsync(
        CardNumber giver, FamilyMember member, string instance, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var memberId = member.MemberId;
        var receiver = await ReceiverAsync(member, cancellation);
        await executor.ExecuteAsync(
            receiver.Number.Value,
            Operation.Of(instance, "release", asOf),
            (card, _) => card.FamilySharing.Receiving.Release(memberId),
            card => new Seat(card.Family.HasGiver(memberId)),
            cancellation);
        await executor.ExecuteAsync(
            giver.Value,
            Operation.Of(instance, "close", asOf),
            (card, _) => card.FamilySharing.Giving.Close(memberId),
            card => Standing.Of(card, memberId),
            cancellation);
    }

    /// <summary>The receiver's card, or the one that has taken over its givers.</summary>
    private async Task<Card> ReceiverAsync(FamilyMember member, CancellationToken cancellation)
    {
        var receiver = await CardAsync(member.ReceiverCard, cancellation);
        while (!receiver.Family.HasGiver(member.MemberId) && receiver.ReplacedBy is { } successor)
        {
            receiver = await CardAsync(successor, cancellation);
        }

        return receiver;
    }

    private async Task<Card> CardAsync(CardNumber number, CancellationToken cancellation) =>
        (await cards.LoadAsync(number, cancellation))?.State ?? throw new InvalidOperationException($"There is no card {number.Masked}.");

    private sealed record Seat(bool IsTaken);

    private sealed record Taken(Refusal? Refused);

    /// <summary>Where a member stands on the giver's card. One that is not known any more is the next card's, or closed.</summary>
    private sealed record Standing(bool IsKnown, bool IsOver, bool IsInUse, DateTimeOffset? Until, FamilyMemberState? State)
    {
        public static Standing Of(Card giver, string memberId)
        {
            var (member, isInUse) = (giver.Family.Find(memberId), giver.Status is not CardStatus.Cancelled);
            return new(member is not null, member?.End is not null, isInUse, isInUse ? member?.Until : null, member?.State);
        }
    }
}
