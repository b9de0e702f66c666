using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Cards;

/// <summary>Transitional: goes with the last function that is not written over the API's one way.</summary>
public sealed class CardCommands(CommandExecutor<Card> executor, CardRepository store)
{
    /// <summary>Carries out a partner's command.</summary>
    public Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardCommand command, Func<Card, DateTimeOffset, Decision<Card>> decide, Func<Card, TAnswer> answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return executor.ExecuteAsync(command.Number.Value, command.Operation, decide, answer, cancellation);
    }

    /// <summary>Carries out an operation on a card.</summary>
    public Task<Outcome<TAnswer>> DecideAsync<TAnswer>(
        CardNumber number, Operation operation, Func<Card, DateTimeOffset, Decision<Card>> decide, Func<Card, TAnswer> answer, CancellationToken cancellation) =>
        executor.ExecuteAsync(number.Value, operation, decide, answer, cancellation);

    /// <summary>Registers a new card.</summary>
    public async Task<Outcome<TAnswer>> RegisterAsync<TAnswer>(
        Decision<Card> decision, Operation operation, Func<Card, TAnswer> answer, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        await store.IndexHolderAsync(decision.State!, cancellation);
        return await executor.OpenAsync(decision, operation, answer, now, Refusal.CardAlreadyRegistered, cancellation);
    }
}
