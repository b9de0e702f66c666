using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace SocialCard.Functions.Keys;

/// <summary>
/// A key ring that is read whole or not at all. Data Protection by itself leaves out a key that it cannot read, and begins a new
/// one where none is left; what the others protected would be lost to this instance, and what this one protects to the others.
/// And of instances that find at the same moment that a key is due, one adds it.
/// </summary>
/// <param name="keys">What reads and writes the repository.</param>
/// <param name="repository">Where the ring is.</param>
/// <param name="isInUse">Whether there is anything that a ring protects.</param>
internal sealed class WholeKeyRing(IKeyManager keys, BlobKeyRepository repository, Func<bool> isInUse) : IKeyManager
{
    private readonly Lock turn = new();

    /// <inheritdoc/>
    /// <exception cref="KeyRingException">The ring, or a key of it, cannot be read.</exception>
    public IReadOnlyCollection<IKey> GetAllKeys()
    {
        lock (turn)
        {
            var all = Try("cannot be read", keys.GetAllKeys);
            if (all.Count != repository.Keys)
            {
                throw new KeyRingException($"{Name} is damaged: of {repository.Keys} keys {all.Count} can be understood.");
            }

            RefuseOneThatIsGone();
            foreach (var key in all)
            {
                if (Try($"cannot be opened, key {key.KeyId}", key.CreateEncryptor) is null)
                {
                    throw new KeyRingException($"{Name} cannot be opened, key {key.KeyId}: its algorithm is not known.");
                }
            }

            return all;
        }
    }

    /// <inheritdoc/>
    /// <returns>The new key, or the one that another instance has added since the ring was read.</returns>
    /// <exception cref="KeyRingException">The key cannot be wrapped or stored.</exception>
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        lock (turn)
        {
            RefuseOneThatIsGone();
            try
            {
                return Try("cannot be added to", () => keys.CreateNewKey(activationDate, expirationDate));
            }
            catch (KeyRingMovedOnException)
            {
                return GetAllKeys().MaxBy(key => key.CreationDate)
                    ?? throw new KeyRingException($"{Name} was removed while a key was added to it.");
            }
        }
    }

    /// <inheritdoc/>
    public void RevokeKey(Guid keyId, string? reason = null) => Revoke(() => keys.RevokeKey(keyId, reason));

    /// <inheritdoc/>
    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) =>
        Revoke(() => keys.RevokeAllKeys(revocationDate, reason));

    /// <inheritdoc/>
    public CancellationToken GetCacheExpirationToken() => keys.GetCacheExpirationToken();

    private string Name => $"The key ring {repository.Address}";

    private void RefuseOneThatIsGone()
    {
        if (repository.Keys == 0 && Try("is empty, and whether it was in use cannot be read", isInUse))
        {
            throw new KeyRingException($"{Name} is gone, and there is data that it protects: bring it back.");
        }
    }

    // A revocation holds whatever else was added in between.
    private void Revoke(Action revoke)
    {
        lock (turn)
        {
            for (var stored = false; !stored;)
            {
                GetAllKeys();
                stored = Try("cannot be added to", () => Stores(revoke));
            }
        }
    }

    private static bool Stores(Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (KeyRingMovedOnException)
        {
            return false;
        }
    }

    private T Try<T>(string fault, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception cause) when (cause is not KeyRingMovedOnException)
        {
            throw new KeyRingException($"{Name} {fault}", cause);
        }
    }
}
