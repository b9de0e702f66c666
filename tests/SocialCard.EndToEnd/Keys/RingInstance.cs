using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Functions.Keys;

namespace SocialCard.EndToEnd.Keys;

/// <summary>An instance of the app, as far as it protects data: its own container on the ring of all.</summary>
internal sealed class RingInstance : IDisposable
{
    private readonly ServiceProvider services;

    public RingInstance(BlobClient blob, VaultKey vault, Func<bool> isInUse) => services = new ServiceCollection()
        .AddLogging()
        .AddKeyRing(blob, vault, isInUse)
        .AddDataProtection().SetApplicationName("SocialCard").Services
        .BuildServiceProvider();

    /// <summary>The keys as they stand in the blob.</summary>
    public IReadOnlyCollection<IKey> Keys => Manager.GetAllKeys();

    public IKeyManager Manager => services.GetRequiredService<IKeyManager>();

    private IDataProtector Protector => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    public RingInstance Open()
    {
        services.OpenKeyRing();
        return this;
    }

    public string Protect(string text) => Protector.Protect(text);

    public string Unprotect(string text) => Protector.Unprotect(text);

    /// <summary>The key that this instance protects with: Data Protection writes its id at the beginning of what it protects.</summary>
    public Guid DefaultKey() => new(Protector.Protect(Encoding.UTF8.GetBytes("anything")).AsSpan(4, 16));

    public void Dispose() => services.Dispose();
}

/// <summary>Holds back what writes, or tells that its answer was lost, by what a test says.</summary>
internal sealed class Meddling(Action<HttpMessage> beforeWrite, Action<HttpMessage>? afterWrite = null) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Put)
        {
            beforeWrite(message);
        }
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Put)
        {
            afterWrite?.Invoke(message);
        }
    }
}
