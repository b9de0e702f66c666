using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Cards;

/// <summary>Where every change of a card is made, whoever asks.</summary>
public sealed class CardCommands(CardRepository store, Outbox outbox, IEnumerable<IEventHandler<Card>> reactions, TimeProvider clock)
    : CommandExecutor<Card>(store, outbox, reactions, clock)
{
    /// <summary>Carries out a partner's command.</summary>
    /// <param name="command">What is asked of which card.</param>
    /// <param name="decide">The card's decision at a time; pure, since it is asked again when the card has moved on.</param>
    /// <param name="answer">What the caller is told of the card after the change.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardCommand command,
        Func<Card, DateTimeOffset, Decision<Card>> decide,
        Func<Card, TAnswer> answer,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return DecideAsync(command.Number, command.Operation, decide, answer, cancellation);
    }

    /// <summary>Carries out an operation on a card.</summary>
    /// <param name="number">The card.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="decide">The card's decision at a time; pure, since it is asked again when the card has moved on.</param>
    /// <param name="answer">What the caller is told of the card after the change.</param>
    /// <param name="cancellation">Gives up before the change is stored.</param>
    public Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardNumber number,
        Operation operation,
        Func<Card, DateTimeOffset, Decision<Card>> decide,
        Func<Card, TAnswer> answer,
        CancellationToken cancellation) => DecideAsync(number.Value, operation, decide, answer, cancellation);

    /// <summary>Registers a new card.</summary>
    /// <param name="decision">The new card with its first event.</param>
    /// <param name="operation">What is asked, recognisable when it comes again.</param>
    /// <param name="answer">What the caller is told of the card.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="cancellation">Gives up before the card is stored.</param>
    public async Task<Outcome<TAnswer>> RegisterAsync<TAnswer>(
        Decision<Card> decision,
        Operation operation,
        Func<Card, TAnswer> answer,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        await store.IndexHolderAsync(decision.State!, cancellation);
        return await OpenAsync(decision, operation, answer, now, Refusal.CardAlreadyRegistered, cancellation);
    }
}
