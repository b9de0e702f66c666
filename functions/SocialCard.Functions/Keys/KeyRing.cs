using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.Keys;

/// <summary>Data Protection's key ring in Azure: one blob for all instances, wrapped by a key that does not leave the vault.</summary>
public static class KeyRing
{
    /// <summary>Keeps the key ring in a blob.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="blob">The blob; it is made at the first start, in a container that is there.</param>
    /// <param name="vault">The key that wraps the ring's keys.</param>
    /// <param name="isInUse">Whether there is anything that a ring protects: then none is begun in the place of one that is gone.</param>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, BlobClient blob, VaultKey vault, Func<bool> isInUse)
    {
        var repository = new BlobKeyRepository(blob);
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(options =>
            (options.XmlRepository, options.XmlEncryptor) = (repository, new VaultXmlEncryptor(vault)));
        return services
            .AddSingleton(vault)
            .AddSingleton<IKeyManager>(provider => new WholeKeyRing(
                ActivatorUtilities.CreateInstance<XmlKeyManager>(provider), repository, isInUse));
    }

    /// <summary>Opens the key ring, or begins it where there is none; before the app takes work.</summary>
    /// <exception cref="KeyRingException">It cannot be opened whole.</exception>
    public static void OpenKeyRing(this IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("SocialCard.KeyRing").Protect([]);
}
