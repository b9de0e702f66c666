using System.Text.Json;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>Tells a holder that another bank has taken over the bank of one of his cards.</summary>
public sealed class HolderBanks(Lazy<CommandExecutor<Holder>> executor) : IProjection
{
    private const string Projection = "holder-banks";

    /// <inheritdoc/>
    public string Name => Projection;

    internal static OutboxMessage Of(Card card) =>
        OutboxMessage.Project(Projection, new HolderBank(card.Holder.Id, card.Number, card.BankId));

    /// <inheritdoc/>
    public Task TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var bank = JsonSerializer.Deserialize<HolderBank>(standing, SocialCardJson.Options)!;
        return executor.Value.ExecuteAsync(
            bank.HolderId,
            Operation.Of($"holder-{bank.HolderId}", $"bank-of-{bank.CardNumber}-{sequence}"),
            (holder, _) => holder.ChangeBank(bank.CardNumber, bank.BankId),
            _ => new Told(bank.BankId),
            cancellation);
    }

    private sealed record HolderBank(string HolderId, CardNumber CardNumber, string BankId);

    private sealed record Told(string BankId);
}
