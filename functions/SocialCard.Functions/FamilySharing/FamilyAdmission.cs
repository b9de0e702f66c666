using SocialCard.Functions.Cards;

namespace SocialCard.Functions.FamilySharing;

/// <summary>
/// Has the receivers' cards admit a giver. Two cards are two partitions: each half is an operation that takes effect
/// once, whoever makes it first, the request or its workflow.
/// </summary>
public sealed class FamilyAdmission(CommandExecutor<Card> executor, CardRepository cards, RegionPolicies regions, WorkingCalendar calendar)
{
    /// <summary>
    /// Asks the receiver's card to take the giver, once, and lets the giver's card follow its answer. For a member that is over
    /// before it was asked, the question is answered with a no, so that nobody asks it later.
    /// </summary>
    public async Task AdmitAsync(CardNumber giver, string memberId, CancellationToken cancellation)
    {
        if ((await cards.LoadAsync(giver, cancellation))?.State.Family.Find(memberId) is not { } member
            || member is { End: null, State: not FamilyMemberState.Requested })
        {
            return;
        }

        var asked = await executor.ExecuteAsync(
            member.ReceiverCard.Value,
            Operation.Of(("family-" + memberId).InLife(member.Life), "take-giver"),
            (card, _) =>
            {
                Decision<Card> decision = member.End is null
                    ? card.FamilySharing.Receiving.Take(SeatOf(giver, member), regions.For(card.RegionCode).FamilySharing)
                    : FamilyRefusals.NotMember;
                return decision.Refusal is { } refused ? Decision.Unchanged(card).With(refused) : decision.With<Refusal>(null);
            },
            (_, refused) => new Seat(refused),
            cancellation);
        var seat = asked.Done();
        await executor.ExecuteAsync(
            giver.Value,
            Operation.Of(FamilyOrchestration.InstanceOf(giver.Value, memberId).InLife(member.Life), "admit"),
            (card, now) => card.FamilySharing.Giving.Admit(memberId, seat.Refused, calendar, now),
            _ => seat,
            cancellation);
    }

    /// <summary>Has the members of a request admitted at once, and keeps what came of it as the answer of every repetition.</summary>
    /// <param name="giver">The giver's card.</param>
    /// <param name="requested">What the giver's card has said of each.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Stops; the workflows of the members go on.</param>
    public async Task<FamilyView> AdmitAllAsync(CardNumber giver, FamilyView requested, Operation request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(request);
        var answers = new List<FamilyMemberView>();
        foreach (var member in requested.Members)
        {
            if (member.MemberId is { } memberId)
            {
                await AdmitAsync(giver, memberId, cancellation);
                answers.Add((await cards.FindDocumentAsync<FamilyMemberView>(giver, FamilyMemberView.Document, memberId, cancellation))!);
            }
            else
            {
                answers.Add(member);
            }
        }

        var kept = await executor.ExecuteAsync(
            giver.Value,
            Operation.Of("family-request-" + request.Key, "answer"),
            (card, _) => Decision.Unchanged(card),
            _ => new FamilyView(answers),
            cancellation);
        return kept.Done();
    }

    /// <summary>The giver's place on the receiver's card.</summary>
    internal static FamilyGiver SeatOf(CardNumber giver, FamilyMember member) =>
        new(member.MemberId, giver, member.Life, member.Relation is Relation.Spouse);

    private sealed record Seat(Refusal? Refused);
}
