using SocialCard.Domain.Holders;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.Holders;
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
    HolderDirectory directory,
    PersonProtection people) : ICivilEventHandler
    where TState : class, IAggregate<TState>
{
    private const string Identification = "identification";

    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is { Kind: CivilEventKind.Birth or CivilEventKind.Move or CivilEventKind.HouseholdCancelled }
            or { Kind: CivilEventKind.Death, Holder.End: null })
        {
            return;
        }

        var (holderId, person) = (happened.HolderId, happened.Holder.Person);
        var operation = Operation.Of($"civil-event-{happened.OperationId}", TState.Kind);
        foreach (var id in await reservations.EntriesOfAsync(holderId, cancellation))
        {
            await reservations.MoveAsync(holderId, person.Id, id, cancellation);
            if (happened.Kind is not CivilEventKind.DeathRevoked || await ReserveAgainAsync(id, cancellation))
            {
                await FollowAsync(id, operation, holderId, people.Open(person), person, cancellation, happened.Kind);
            }
        }
    }

    /// <summary>
    /// Lets an entry of before the time of holders know guardian and member by who they are, where their numbers do not name them. Doing
    /// it twice does no harm.
    /// </summary>
    public async Task IdentifyAsync(string id, CancellationToken cancellation)
    {
        if ((await repository.LoadAsync(id, cancellation))?.State is not { } state)
        {
            return;
        }

        var (guardian, member) = PeopleOf(state);
        foreach (var person in new[] { guardian, member }.OfType<Person>())
        {
            var data = people.Open(person);
            var known = await directory.IdentifyAsync(data, cancellation);
            if (known.Id != person.Id)
            {
                await reservations.MoveAsync(person.Id, known.Id, id, cancellation);
                var operation = Operation.Of(Identification, $"{id}-{person.Id}");
                await FollowAsync(id, operation, person.Id, data, person with { HolderId = known.Id }, cancellation);
            }
        }
    }

    /// <summary>Who is joined.</summary>
    protected abstract (Person Guardian, Person? Member) PeopleOf(TState state);

    /// <summary>What the guardian reserves with it, and what is said where another has its place.</summary>
    protected abstract (GuardianReservation Wanted, Refusal Taken) ReservationOf(TState state);

    /// <summary>It ends with one of them.</summary>
    protected abstract Decision<TState> EndWith(TState state, string holderId, DateTimeOffset now);

    /// <summary>It comes back, if it had ended with one of them, who had not died after all.</summary>
    protected abstract Decision<TState> Revive(TState state, string holderId, DateTimeOffset now);

    /// <summary>It knows one of them anew.</summary>
    protected abstract Decision<TState> Correct(TState state, string holderId, PersonData data, Person person);

    // What comes back counts again, though the guardian may have one too many then: he may end any of them, but gets no further one. Only
    // if he has another for the same person meanwhile does it stay ended.
    private async Task<bool> ReserveAgainAsync(string id, CancellationToken cancellation) =>
        (await repository.LoadAsync(id, cancellation))?.State is { } state
        && ReservationOf(state) is var (wanted, taken)
        && await reservations.ReserveAsync(
            PeopleOf(state).Guardian.Id,
            wanted,
            others => wanted.MemberKey is { } member && others.Any(other => other.MemberKey == member) ? taken : null,
            cancellation) is null;

    private async Task FollowAsync(
        string id,
        Operation operation,
        string holderId,
        PersonData data,
        Person person,
        CancellationToken cancellation,
        CivilEventKind kind = CivilEventKind.IdCorrection)
    {
        await executor.ExecuteAsync(
            id,
            operation,
            (state, now) => kind switch
            {
                CivilEventKind.Death or CivilEventKind.NationalityRenounced => EndWith(state, holderId, now),
                CivilEventKind.DeathRevoked => Revive(state, holderId, now),
                _ => Correct(state, holderId, data, person),
            },
            _ => new Followed(kind),
            cancellation);
        if (person.Id != holderId
            && (await repository.LoadAsync(id, cancellation))?.State is { } after
            && PeopleOf(after) is var (guardian, member)
            && member?.Id == person.Id)
        {
            await reservations.RenameMemberAsync(guardian.Id, id, person.Id, cancellation);
        }
    }

    private sealed record Followed(CivilEventKind Kind);
}
