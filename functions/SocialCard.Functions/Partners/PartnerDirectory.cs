using System.Collections.Frozen;

namespace SocialCard.Functions.Partners;

/// <summary>
/// Knows the partners without reading the table at every call: it keeps them for a minute, and reads them again at once,
/// though at most every five seconds, for a key or an id that it does not know.
/// </summary>
public sealed class PartnerDirectory(PartnerRepository store, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim reading = new(1);
    private Snapshot snapshot = new([], long.MinValue);

    /// <summary>The partner of an API key, or null.</summary>
    public async ValueTask<Partner?> FindByKeyAsync(string apiKey, CancellationToken cancellation)
    {
        var hash = PartnerRepository.HashOf(apiKey);
        return (await FindAsync(known => known.ByKey.GetValueOrDefault(hash), cancellation))?.Partner;
    }

    /// <summary>The partner of an id, or null.</summary>
    public async ValueTask<Partner?> FindAsync(string id, CancellationToken cancellation) =>
        (await FindKnownAsync(id, cancellation))?.Partner;

    /// <summary>Reads the partners again at the next call: one of them has just been changed here.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        // After a reading under way, which may have missed the change.
        await reading.WaitAsync(cancellation);
        snapshot = new([], long.MinValue);
        reading.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    internal ValueTask<KnownPartner?> FindKnownAsync(string id, CancellationToken cancellation) =>
        FindAsync(known => known.ById.GetValueOrDefault(id), cancellation);

    private async ValueTask<KnownPartner?> FindAsync(Func<Snapshot, KnownPartner?> find, CancellationToken cancellation)
    {
        var current = snapshot;
        if (Age(current) < Fresh && find(current) is { } found)
        {
            return found;
        }

        await reading.WaitAsync(cancellation);
        try
        {
            var age = Age(snapshot);
            if (age >= Fresh || (age >= Patience && find(snapshot) is null))
            {
                snapshot = new Snapshot(await store.ReadAllAsync(cancellation), clock.GetTimestamp());
            }

            return find(snapshot);
        }
        finally
        {
            reading.Release();
        }
    }

    private TimeSpan Age(Snapshot of) => of.ReadAt == long.MinValue ? TimeSpan.MaxValue : clock.GetElapsedTime(of.ReadAt);

    private sealed class Snapshot(IReadOnlyList<KnownPartner> partners, long readAt)
    {
        public FrozenDictionary<string, KnownPartner> ById { get; } = partners.ToFrozenDictionary(known => known.Partner.Id);

        public FrozenDictionary<string, KnownPartner> ByKey { get; } =
            partners.DistinctBy(known => known.ApiKeyHash).ToFrozenDictionary(known => known.ApiKeyHash);

        public long ReadAt { get; } = readAt;
    }
}
