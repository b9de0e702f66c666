using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Guardians;

/// <summary>
/// Follows the lives of a guardian and of whom he represents: what joins them ends with either, and knows both by their new name or
/// ID number.
/// </summary>
/// <typeparam name="TState">What joins them.</typeparam>
public abstract class GuardianCivilEventHandler<TState>(
    CommandExecutor<TState> executor,
    AggregateRepository<TState> repository,
    GuardianReservations reservations,
    CardRepository cards,
    PersonProtection holders) : ICivilEventHandler
    where TState : class, IAggregate<TState>
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
            if (happened.NewHolderKey is { } corrected)
            {
                if (!await IsNamedAsync(id, happened.HolderKey, person, cancellation))
                {
                    continue;
                }

                await reservations.MoveAsync(happened.HolderKey, corrected, id, cancellation);
            }

            await FollowAsync(happened, id, person, cancellation);
        }
    }

    /// <summary>Who is joined.</summary>
    protected abstract (Person Guardian, Person? Member) PeopleOf(TState state);

    /// <summary>It ends with one of them.</summary>
    protected abstract Decision<TState> EndWith(TState state, string holderKey, DateTimeOffset now);

    /// <summary>It knows one of them anew.</summary>
    protected abstract Decision<TState> Correct(TState state, string holderKey, PersonData data, Person person);

    private async Task FollowAsync(CivilEvent happened, string id, Person person, CancellationToken cancellation)
    {
        var isEnd = happened.Kind is CivilEventKind.Death or CivilEventKind.NationalityRenounced;
        var data = holders.Open(person);
        await executor.ExecuteAsync(
            id,
            Operation.Of($"civil-event-{happened.OperationId}", TState.Kind),
            (state, now) => isEnd ? EndWith(state, happened.HolderKey, now) : Correct(state, happened.HolderKey, data, person),
            _ => new Followed(isEnd),
            cancellation);
        if (happened.NewHolderKey is { } key
            && (await repository.LoadAsync(id, cancellation))?.State is { } after
            && PeopleOf(after) is var (guardian, member)
            && member?.Key == key)
        {
            await reservations.RenameMemberAsync(guardian.Key, id, key, cancellation);
        }
    }

    // Two people may have been given one number; the name tells whose was corrected.
    private async Task<bool> IsNamedAsync(string id, string holderKey, Person corrected, CancellationToken cancellation) =>
        (await repository.LoadAsync(id, cancellation))?.State is { } state
        && PeopleOf(state) is var (guardian, member)
        && (guardian.Key == holderKey ? guardian : member?.Key == holderKey ? member : null) is { } person
        && holders.Open(person).IsNamed(holders.Open(corrected).Name);

    private sealed record Followed(bool IsEnd);
}
