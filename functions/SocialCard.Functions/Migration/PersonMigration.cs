using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SocialCard.Domain.Holders;
using SocialCard.Functions.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Migration;

/// <summary>Gives the cards of a person of version 1.0 their holder, all of them together, since what was told of him is on some.</summary>
public sealed partial class PersonMigration(
    TableServiceClient tables,
    CommandExecutor<Card> executor,
    AggregateRepository<Card> cards,
    HolderDirectory directory,
    PersonProtection people,
    ILogger<PersonMigration> logger)
{
    /// <summary>The migration, which its operations and the mark of how far it has come are named by.</summary>
    internal const string Name = "migration-1.1";

    private readonly TableClient index = tables.GetTableClient(Holder.Table);
    private readonly TableClient states = tables.GetTableClient(Card.Table);

    /// <summary>The holder of a card; null where there is no such card.</summary>
    public async Task<string?> HolderOfAsync(CardNumber number, CancellationToken cancellation) =>
        (await cards.FindAsync(number.Value, cancellation))?.Holder.Id;

    /// <summary>Gives a card its holder, unless it has him, and with it all cards of the person.</summary>
    public async Task MigrateAsync(CardNumber number, CancellationToken cancellation)
    {
        if (await cards.LoadAsync(number.Value, cancellation) is not { State: { Civil.Version: 0 } named })
        {
            return;
        }

        var person = people.Open(named.Holder);
        var found = await OfKeyAsync(named.Holder.Key, number, cancellation)
            .Where(before => people.Open(before.Card.Holder).IsNamed(person.Name)).ToListAsync(cancellation);
        var isOutlived = found.Any(before => before.Card.Civil.Ended is null) && found.Any(before => before.Card.Civil.Ended is not null);
        if (isOutlived)
        {
            Outlived(number.Masked);
        }

        var adoptions = found.Select(before => before.ToAdoption()).OrderBy(adoption => adoption.Card.Since).ToList();
        var operation = Operation.Of(Name, number.Value);
        var (holder, _) = await directory.AdmitAsync(person, adoptions[0].Card.RegionCode, null, operation, cancellation);
        foreach (var before in found)
        {
            await executor.ExecuteAsync(
                before.Card.Number.Value,
                operation.Then("join"),
                (state, _) => state.Following.Join(holder!.Person, before.IssuedIn),
                state => new Migrated(state.Status),
                cancellation);
        }

        // Each change of the holder is followed by the cards that he has by then.
        foreach (var adoption in adoptions)
        {
            await directory.DecideAsync(
                holder!.Id,
                operation.Then($"adopt-{adoption.Card.Number}"),
                (state, _) => state.Adopt(isOutlived ? adoption with { End = null } : adoption),
                cancellation);
        }
    }

    private async IAsyncEnumerable<CardBefore> OfKeyAsync(
        string key, CardNumber named, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {"0"} and RowKey lt {"a"}");
        var known = index.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).Select(row => row.RowKey);
        await foreach (var number in known.Append(named.Value).Distinct())
        {
            var state = await states.GetEntityIfExistsAsync<StateRow>(
                number, StateRow.KeyOf("card", number), cancellationToken: cancellation);
            if (state.HasValue && state.Value!.Read<Card>().State is { } card && card.Holder.Key == key)
            {
                var facts = cards.ReadTimelineAsync(number, 0, int.MaxValue, cancellation).Where(CardBefore.Tells);
                yield return new(card, CardBefore.IssuedInOf(state.Value.State), await facts.ToListAsync(cancellation));
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Card {Number} or another of its holder was cancelled with the holder's end, and one of his cards lives: he is taken to "
            + "live; if he does not, his death must be reported again")]
    private partial void Outlived(string number);

    private sealed record Migrated(CardStatus Status);
}
