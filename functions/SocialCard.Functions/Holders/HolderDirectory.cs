using SocialCard.Domain.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Holders;

/// <summary>
/// Finds holders by what people show, and opens those who are told of for the first time. Two of different names under one number
/// are two holders.
/// </summary>
public sealed class HolderDirectory(HolderRepository holders, CommandExecutor<Holder> executor, PersonProtection people)
{
    /// <summary>
    /// Whoever has a document's number; one read where nobody shares it. If it is nobody's any more, whoever had it before it was
    /// corrected, for what registries tell; whoever presents the old number at a desk is not the holder.
    /// </summary>
    /// <param name="documentKey">The number, as <see cref="Person.Key"/> has it.</param>
    /// <param name="isFormer">Whether to look for former numbers too.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<Holder>> OfDocumentAsync(
        string documentKey, CancellationToken cancellation, bool isFormer = false)
    {
        var known = await EverOfDocumentAsync(documentKey, cancellation);
        var current = known.Where(holder => holder.Person.Key == documentKey).ToList();
        return current.Count > 0 || !isFormer ? current : known;
    }

    /// <summary>The one holder who is meant, or why there is none.</summary>
    /// <param name="documentKey">The number.</param>
    /// <param name="name">His name, where the asker has said it.</param>
    /// <param name="card">One of his cards, where the asker has said it.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="isFormer">Whether the number may be one that was corrected.</param>
    public async Task<(Holder? Holder, Refusal? Refusal)> FindAsync(
        string documentKey, PersonName? name, CardNumber? card, CancellationToken cancellation, bool isFormer = false) =>
        OneOf(Meant(await OfDocumentAsync(documentKey, cancellation, isFormer), name, card));

    /// <summary>The one holder within a partner's scope who is meant, or why there is none.</summary>
    /// <param name="documentKey">The number.</param>
    /// <param name="name">His name, where the asker has said it.</param>
    /// <param name="card">One of his cards, where the asker has said it.</param>
    /// <param name="caller">The partner.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<(Holder? Holder, Refusal? Refusal)> FindAsync(
        string documentKey, PersonName? name, CardNumber? card, Partner caller, CancellationToken cancellation) =>
        OneOf(await SearchAsync(documentKey, name, card, caller, cancellation));

    /// <summary>All within a partner's scope who may be meant; one read where nobody shares the number.</summary>
    /// <param name="documentKey">The number.</param>
    /// <param name="name">A name, where the asker has said one.</param>
    /// <param name="card">A card, where the asker has said one.</param>
    /// <param name="caller">The partner.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<Holder>> SearchAsync(
        string documentKey, PersonName? name, CardNumber? card, Partner caller, CancellationToken cancellation) =>
        [.. Meant(await OfDocumentAsync(documentKey, cancellation), name, card).Where(holder => holder.IsSeenBy(caller))];

    /// <summary>The holder of an id, or the one that he has turned out to be; null where there is none.</summary>
    public async Task<Holder?> FindAsync(string holderId, CancellationToken cancellation) =>
        await holders.FindAsync(holderId, cancellation) is { } holder ? await FollowMergersAsync(holder, cancellation) : null;

    /// <summary>Who somebody is: the holder of that number and name, or the one that would be opened for him.</summary>
    public async Task<Person> IdentifyAsync(PersonData data, CancellationToken cancellation)
    {
        var person = people.Seal(data);
        return As(person, await EverOfDocumentAsync(person.Key, cancellation));
    }

    /// <summary>The holder of a number and name, who is opened where there is none.</summary>
    /// <param name="data">Who he is.</param>
    /// <param name="regionCode">Where he is told of.</param>
    /// <param name="card">A card that is about to be issued to him; null where there is none.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="cancellation">Stops; a repetition goes on.</param>
    /// <returns>The holder, or why he can have no card.</returns>
    public async Task<(Holder? Holder, Refusal? Refusal)> AdmitAsync(
        PersonData data, string regionCode, HolderCard? card, Operation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var sealedPerson = people.Seal(data);
        while (true)
        {
            var known = await EverOfDocumentAsync(sealedPerson.Key, cancellation);
            var person = As(sealedPerson, known);
            if (known.FirstOrDefault(holder => holder.Id == person.Id) is { } holder)
            {
                return await AddAsync(holder, data, card, operation, cancellation);
            }

            if (known.Count > 0)
            {
                await holders.ShareAsync(person.Key, [.. known.Select(other => other.Id), person.Id], cancellation);
            }

            foreach (var other in known.Where(other => other.Person.Key == person.Key))
            {
                await DecideAsync(
                    other.Id, Operation.Of($"holder-{person.Id}", "share-number"), (state, _) => state.ShareNumber(), cancellation);
            }

            Holder? opened = null;
            var outcome = await executor.CreateAsync(
                person.Id,
                operation.Then("open-holder"),
                _ =>
                {
                    var decision = Holder.Open(person, regionCode, known.Count > 0, card);
                    opened = decision.State;
                    return Task.FromResult(decision);
                },
                Told.Of,
                HolderRefusals.Ambiguous,
                cancellation);
            if (outcome is Outcome<Told>.Accepted)
            {
                return (opened, null);
            }

            // Another has opened him, or one who shares the number, in between: look again.
        }
    }

    /// <summary>A holder decides on what something else has brought about.</summary>
    /// <returns>The holder after it, or why he refuses.</returns>
    public async Task<(Holder? Holder, Refusal? Refusal)> DecideAsync(
        string holderId, Operation operation, Func<Holder, DateTimeOffset, Decision<Holder>> decide, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decide);
        Holder? after = null;
        var outcome = await executor.ExecuteAsync(
            holderId,
            operation,
            (state, now) =>
            {
                var decision = decide(state, now);
                after = decision.State;
                return decision;
            },
            Told.Of,
            cancellation);
        return outcome switch
        {
            Outcome<Told>.Refused refused => (null, refused.Refusal),
            Outcome<Told>.Accepted => (after, null),
            Outcome<Told>.NotFound => (null, HolderRefusals.NotFound),
            _ => (await holders.FindAsync(holderId, cancellation), null),
        };
    }

    private IReadOnlyList<Holder> Meant(IReadOnlyList<Holder> known, PersonName? name, CardNumber? card)
    {
        var nameKey = name is null ? null : people.NameKeyOf(name.Value);
        return [.. known.Where(holder => (nameKey is null || holder.Person.NameKey == nameKey)
            && (card is null || holder.Cards.Any(his => his.Number == card)))];
    }

    private static (Holder? Holder, Refusal? Refusal) OneOf(IReadOnlyList<Holder> meant) => meant switch
    {
        [] => (null, HolderRefusals.NotFound),
        [var one] => (one, null),
        _ => (null, HolderRefusals.Ambiguous),
    };

    private async Task<(Holder? Holder, Refusal? Refusal)> AddAsync(
        Holder holder, PersonData data, HolderCard? card, Operation operation, CancellationToken cancellation)
    {
        if (card is null)
        {
            return (holder, null);
        }

        var (added, refusal) = await DecideAsync(
            holder.Id, operation.Then("add-card"), (state, _) => state.AddCard(card), cancellation);
        return added is null || people.WithMobile(added.Person, data.Mobile) == added.Person
            ? (added, refusal)
            : await DecideAsync(
                holder.Id,
                operation.Then("change-contact"),
                (state, _) => state.ChangeContact(people.WithMobile(state.Person, data.Mobile)),
                cancellation);
    }

    private Person As(Person person, IReadOnlyList<Holder> known) =>
        known.FirstOrDefault(holder => holder.Person.Key == person.Key && !holder.Person.IsNamedUnlike(person)) is { } same
            ? person with { HolderId = same.Person.HolderId }
            : known.Count == 0 ? person
            : person with { HolderId = people.IdOf(person) };

    private async Task<IReadOnlyList<Holder>> EverOfDocumentAsync(string documentKey, CancellationToken cancellation)
    {
        var first = await holders.FindAsync(documentKey, cancellation);
        if (first is { SharesNumber: false, MergedInto: null } && first.Person.Key == documentKey)
        {
            return [first];
        }

        List<Holder> known = first is null ? [] : [first];
        foreach (var id in await holders.ReadSharersAsync(documentKey, cancellation))
        {
            if (id != documentKey && await holders.FindAsync(id, cancellation) is { } other)
            {
                known.Add(other);
            }
        }

        return await FollowMergersAsync(known, cancellation);
    }

    private async Task<IReadOnlyList<Holder>> FollowMergersAsync(List<Holder> known, CancellationToken cancellation)
    {
        var living = new Dictionary<string, Holder>(StringComparer.Ordinal);
        foreach (var holder in known)
        {
            var one = await FollowMergersAsync(holder, cancellation);
            living[one.Id] = one;
        }

        return [.. living.Values];
    }

    private async Task<Holder> FollowMergersAsync(Holder holder, CancellationToken cancellation)
    {
        while (holder.MergedInto is { } into && await holders.FindAsync(into, cancellation) is { } next)
        {
            holder = next;
        }

        return holder;
    }

    private sealed record Told(long Version)
    {
        public static Told Of(Holder holder) => new(holder.Version);
    }
}
