using SocialCard.Functions.Cards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.CivilEvents;

/// <summary>
/// Carries an event of a person's life out on every card of the person and on what is kept beside them. Each card is an operation
/// that takes effect once, so an event that was interrupted is simply carried out again.
/// </summary>
public sealed class CivilEventProcess(
    CommandExecutor<Card> executor,
    CardRepository cards,
    CivilEventRepository events,
    PersonProtection holders,
    IEnumerable<ICivilEventHandler> handlers)
{
    /// <summary>Carries out an event that has been kept.</summary>
    /// <exception cref="InvalidCivilEventException">The corrected ID number is another person's.</exception>
    public async Task CarryOutAsync(ReportedEvent reported, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reported);
        var message = reported.Message;
        var named = await NamedAsync(message, cancellation);
        if (reported.NewHolderKey is { } newKey && await IsAnothersAsync(newKey, holders.Open(named).Name, cancellation))
        {
            throw new InvalidCivilEventException("The corrected ID number belongs to a holder of another name.");
        }

        // A reissue may bring about a card of the person in the meantime, and a correction may move the cards to another key, the named
        // one first; so it looks again until there is no other.
        var operation = Operation.Of($"{CivilEventMessage.Queue}-{message.PartnerId}-{message.MessageId}", "card");
        var done = new HashSet<CardNumber>();
        while (true)
        {
            var found = await NextAsync(reported, named, done, cancellation);
            var before = named;
            named = await NamedAsync(message, cancellation);
            if (found.Count == 0 && named.Key == before.Key)
            {
                break;
            }

            foreach (var card in found)
            {
                if (reported.NewHolderKey is { } key)
                {
                    await cards.IndexHolderAsync(card with { Holder = card.Holder with { Key = key } }, cancellation);
                }

                var outcome = await executor.ExecuteAsync(
                    card.Number.Value,
                    operation,
                    (state, now) => Decide(state, reported, now),
                    state => new Followed(state.Status),
                    cancellation);
                _ = outcome.Done();
                done.Add(card.Number);
            }
        }

        if (reported.NewHolderKey is { } corrected
            && !await cards.ReadOfHolderAsync(reported.HolderKey, cancellation).AnyAsync(cancellation))
        {
            await cards.LinkHolderAsync(reported.HolderKey, corrected, cancellation);
        }

        var happened = new CivilEvent(
            operation.Key,
            message.Kind,
            message.OccurredOn,
            message.PartnerId,
            message.CardNumber,
            reported.HolderKey,
            reported.NewHolderKey,
            message.ToRegion);
        foreach (var handler in handlers)
        {
            await handler.HandleAsync(happened, cancellation);
        }

        await events.CompleteAsync(reported, cancellation);
    }

    /// <summary>Whether cards of a key are those of a person of another name.</summary>
    /// <param name="holderKey">The key of the corrected ID number.</param>
    /// <param name="name">The name of the person whose number is corrected.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public ValueTask<bool> IsAnothersAsync(string holderKey, string name, CancellationToken cancellation) =>
        cards.ReadOfHolderAsync(holderKey, cancellation).AnyAsync(card => !holders.Open(card.Holder).IsNamed(name), cancellation);

    private async Task<Person> NamedAsync(CivilEventMessage message, CancellationToken cancellation) =>
        (await cards.LoadAsync(message.CardNumber, cancellation))!.State.Holder;

    /// <summary>
    /// The person's cards that the event has not been carried out on. A correction begins with the named card, and leaves the cards
    /// of a person of another name alone: it often tells two people apart who had been given one number. Anything else begins with
    /// a card that has a reissue: its end is the reason for that of the new card, not the other way round.
    /// </summary>
    private async Task<List<Card>> NextAsync(ReportedEvent reported, Person named, HashSet<CardNumber> done, CancellationToken cancellation)
    {
        if (reported.NewHolderKey is null)
        {
            string[] keys = [.. new[] { named.Key, reported.HolderKey }.Distinct()];
            return await keys.ToAsyncEnumerable()
                .SelectMany(key => cards.ReadOfHolderAsync(key, cancellation))
                .Where(card => !done.Contains(card.Number))
                .OrderByDescending(card => card.Reissue is { IsLive: true })
                .ToListAsync(cancellation);
        }

        var name = holders.Open(named).Name;
        return await cards.ReadOfHolderAsync(reported.HolderKey, cancellation)
            .Where(card => !done.Contains(card.Number) && holders.Open(card.Holder).IsNamed(name))
            .OrderByDescending(card => card.Number == reported.Message.CardNumber)
            .ToListAsync(cancellation);
    }

    private Decision<Card> Decide(Card card, ReportedEvent reported, DateTimeOffset now)
    {
        var (message, by) = (reported.Message, reported.Message.PartnerId);
        return message.Kind switch
        {
            CivilEventKind.Death => card.CivilEvents.End(StateReason.Deceased, message.OccurredOn, by, now),
            CivilEventKind.NationalityRenounced => card.CivilEvents.End(StateReason.NationalityRenounced, message.OccurredOn, by, now),
            CivilEventKind.Move => card.CivilEvents.Move(message.ToRegion!, message.OccurredOn, by),
            CivilEventKind.NameChange => card.CivilEvents.Rename(
                holders.Seal(holders.Open(card.Holder) with { Name = reported.NewValue! }), message.OccurredOn, by),
            CivilEventKind.IdCorrection when CitizenId.TryParse(reported.NewValue, out var id) => card.CivilEvents.Correct(
                holders.Seal(holders.Open(card.Holder) with { Document = IdentityDocument.Of(id) }), message.OccurredOn, by),
            _ => throw new InvalidCivilEventException("The event lacks what it is about."),
        };
    }

    private sealed record Followed(CardStatus Status);
}
