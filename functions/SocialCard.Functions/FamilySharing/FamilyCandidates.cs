using SocialCard.Domain.Holders;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilySharing;

/// <summary>Looks up what is known of the relatives that a request names.</summary>
public sealed class FamilyCandidates(PersonProtection people, HolderDirectory directory, HolderCards cards, TimeProvider clock)
{
    private const int AdultAge = 18;

    /// <summary>The relatives in their order, each with the card that was shown, else an active one, else another.</summary>
    public async Task<IReadOnlyList<FamilyCandidate>> FindAsync(IReadOnlyList<FamilyMemberRequest> members, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(members);
        var candidates = new List<FamilyCandidate>();
        foreach (var member in members)
        {
            candidates.Add(await FindAsync(member, cancellation));
        }

        return candidates;
    }

    private async Task<FamilyCandidate> FindAsync(FamilyMemberRequest member, CancellationToken cancellation)
    {
        var key = people.KeyOf(member.Identity);
        var (holder, refusal) = await directory.FindAsync(key, null, member.CardNumber, cancellation);
        Card? found = null;
        if (holder is not null)
        {
            await foreach (var card in cards.ReadAsync(holder, cancellation))
            {
                var isAsked = member.CardNumber is { } shown ? card.Number == shown : card.Status is not CardStatus.Cancelled;
                if (isAsked && found?.Status is not CardStatus.Active)
                {
                    found = card;
                }
            }
        }

        return new(
            holder?.Id ?? key,
            member.Identity.Masked.Number,
            member.Relation,
            member.Identity.AgeOn(ChinaTime.DateOf(clock.GetUtcNow())) is null or >= AdultAge,
            member.CardNumber is not null,
            found is null ? null : ReceiverCard.Of(found, ""),
            (holder is null ? member.Identity : people.DocumentOf(holder.Person, member.Identity)).BirthDate,
            refusal == HolderRefusals.Ambiguous ? refusal : null);
    }
}
