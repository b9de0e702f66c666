using System.Xml.Linq;
using Azure.Core;
using Azure.Storage.Blobs;
using SocialCard.Functions.Keys;

namespace SocialCard.EndToEnd.Keys;

/// <summary>A ring of a test's own: its container, its vault, and the instances of the app that use it.</summary>
internal sealed class TestRing : IDisposable
{
    private readonly Azurite azurite;
    private readonly string container = "keys-" + Guid.NewGuid().ToString("N");
    private readonly List<RingInstance> instances = [];

    public TestRing(Azurite azurite)
    {
        this.azurite = azurite;
        new BlobContainerClient(azurite.ConnectionString, container).Create();
    }

    public Vault Vault { get; } = new();

    public Func<bool> IsInUse { get; set; } = () => false;

    public BlobClient Blob(string name = "keys.xml", string? container = null, BlobClientOptions? options = null) =>
        new(azurite.ConnectionString, container ?? this.container, name, options);

    public string Text() => Blob().DownloadContent().Value.Content.ToString();

    /// <summary>The versions of the vault's key that wrapped the ring's keys, oldest first.</summary>
    public List<string> VaultKeyVersions() =>
        [.. XElement.Parse(Text()).Descendants("vaultKeyVersion").Select(version => version.Value)];

    public RingInstance Instance(Meddling? network = null, string name = "keys.xml", VaultKey? key = null)
    {
        var options = Hasty();
        if (network is not null)
        {
            options.AddPolicy(network, HttpPipelinePosition.PerRetry);
        }

        return Instance(Blob(name, options: options), key);
    }

    public RingInstance Instance(BlobClient blob, VaultKey? key = null)
    {
        var instance = new RingInstance(blob, key ?? Vault.Key(), () => IsInUse());
        lock (instances)
        {
            instances.Add(instance);
        }

        return instance;
    }

    /// <summary>Asserts that an instance does not start, says why in one line, and leaves the ring as it is.</summary>
    public void Refuses(string fault, RingInstance instance)
    {
        var before = Version();

        var message = Assert.Throws<KeyRingException>(instance.Open).Message;

        Assert.StartsWith("The key ring http://127.0.0.1:", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(before, Version());

        string? Version() => Blob().Exists() ? Blob().GetProperties().Value.ETag.ToString() : null;
    }

    /// <summary>Retries as the app does, without its pauses.</summary>
    public static BlobClientOptions Hasty() => new()
    {
        Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) },
    };

    /// <summary>Each on a thread of its own, since they wait for one another.</summary>
    public static T[] InParallel<T>(int count, Func<T> work)
    {
        var threads = Enumerable.Range(0, count).Select(_ =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return Task.WhenAll(threads).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        instances.ForEach(instance => instance.Dispose());
        Vault.Dispose();
    }
}
