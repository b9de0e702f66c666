using System.Text.Json;
using SocialCard.Domain.Holders;

namespace SocialCard.Functions.Holders;

/// <summary>Tells a holder that one of his cards was used under a referral, which cannot be withdrawn from then on.</summary>
public sealed class ReferralUses(Lazy<CommandExecutor<Holder>> executor) : IProjection
{
    private const string Projection = "holder-referrals";

    /// <inheritdoc/>
    public string Name => Projection;

    internal static OutboxMessage Of(string holderId, ReferralUsed used) =>
        OutboxMessage.Project(Projection, new HolderUse(holderId, used.ReferralId, used.HospitalId, used.OccurredAt));

    /// <inheritdoc/>
    public Task TakeAsync(string standing, long sequence, CancellationToken cancellation)
    {
        var use = JsonSerializer.Deserialize<HolderUse>(standing, SocialCardJson.Options)!;
        return executor.Value.ExecuteAsync(
            use.HolderId,
            Operation.Of($"holder-{use.HolderId}", $"referral-{use.ReferralId}-used"),
            (holder, now) => holder.Referrals.Use(new(use.ReferralId, use.HospitalId, use.OccurredAt), now),
            (_, view) => new Used(view?.UsedAt),
            cancellation);
    }

    private sealed record HolderUse(string HolderId, string ReferralId, string HospitalId, DateTimeOffset OccurredAt);

    private sealed record Used(DateTimeOffset? At);
}
