using SocialCard.Domain.Cards;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.People;

namespace SocialCard.Functions.FamilyLinks;

/// <summary>Family links end with the life of either side, and know both by their new name or ID number.</summary>
public sealed class FamilyLinkCivilEventHandler(
    CommandExecutor<FamilyLink> executor,
    AggregateRepository<FamilyLink> links,
    FamilyLinkReservations reservations,
    CardRepository cards,
    HolderProtection holders) : ICivilEventHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Kind is CivilEventKind.Move)
        {
            return;
        }

        var person = (await cards.LoadAsync(happened.CardNumber, cancellation))!.State.Holder;
        foreach (var id in await reservations.EntriesOfAsync(happened.HolderKey, cancellation))
        {
            var isEnd = happened.Kind is CivilEventKind.Death or CivilEventKind.NationalityRenounced;
            if (happened.NewHolderKey is { } corrected)
            {
                if (!await IsNamedAsync(id, happened.HolderKey, person, cancellation))
                {
                    continue;
                }

                await reservations.MoveAsync(happened.HolderKey, corrected, id, cancellation);
            }

            await executor.ExecuteAsync(
                id,
                Operation.Of($"civil-event-{happened.OperationId}", "family-link"),
                (link, now) => isEnd ? link.EndWithPerson(happened.HolderKey, now) : link.Correct(happened.HolderKey, person),
                link => new Followed(link.End),
                cancellation);
            if (happened.NewHolderKey is { } key
                && (await links.LoadAsync(id, cancellation))?.State is { } after
                && after.Member.Key == key)
            {
                await reservations.RenameMemberAsync(after.Guardian.Key, id, key, cancellation);
            }
        }
    }

    // Two people may have been given one number; the name tells whose was corrected.
    private async Task<bool> IsNamedAsync(string id, string holderKey, Holder corrected, CancellationToken cancellation) =>
        (await links.LoadAsync(id, cancellation))?.State is { } link
        && (link.Guardian.Key == holderKey ? link.Guardian : link.Member.Key == holderKey ? link.Member : null) is { } person
        && holders.Open(person).Name == holders.Open(corrected).Name;

    private sealed record Followed(FamilyLinkEnd? End);
}
