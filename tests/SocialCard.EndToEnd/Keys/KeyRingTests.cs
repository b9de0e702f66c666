using System.Xml.Linq;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using SocialCard.Keys;
using SocialCard.Partners;

namespace SocialCard.EndToEnd.Keys;

/// <summary>The key ring in a blob, wrapped by a vault: one for all instances, whole or not at all.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class KeyRingTests : IDisposable
{
    private readonly AzuriteFixture fixture;
    private readonly Vault vault = new();
    private readonly List<RingInstance> instances = [];
    private Func<bool> isInUse = () => false;
    private readonly string container = "keys-" + Guid.NewGuid().ToString("N");

    public KeyRingTests(AzuriteFixture fixture)
    {
        this.fixture = fixture;
        new BlobContainerClient(fixture.Azurite.ConnectionString, container).Create();
    }

    public void Dispose()
    {
        instances.ForEach(instance => instance.Dispose());
        vault.Dispose();
    }

    [Fact]
    public void What_one_instance_protects_every_other_and_every_later_one_opens()
    {
        var (first, second) = (Instance().Open(), Instance().Open());
        var secret = first.Protect("张三");

        Assert.Equal("张三", second.Unprotect(secret));
        Assert.Equal("张三", Instance().Open().Unprotect(secret));
        Assert.Single(first.Keys);
    }

    [Fact]
    public void The_vault_is_asked_once_for_a_key_by_each_instance_that_has_not_made_it()
    {
        var (first, second) = (Instance().Open(), Instance().Open());
        Assert.Equal(first.Keys.Single().KeyId, second.Keys.Single().KeyId);

        Assert.Equal(["GET data-protection", "POST wrapkey", "POST unwrapkey"], vault.Requests);
    }

    [Fact]
    public void Two_instances_that_both_find_no_ring_begin_one()
    {
        using var bothHaveRead = new Barrier(2);
        var slow = new Meddling(_ => Assert.True(bothHaveRead.SignalAndWait(TimeSpan.FromMinutes(1))));

        var both = InParallel(2, () => Instance(slow).Open());

        var key = Assert.Single(both[0].Keys).KeyId;
        Assert.All(both, instance => Assert.Equal(key, instance.DefaultKey()));
        Assert.Equal("张三", both[1].Unprotect(both[0].Protect("张三")));
    }

    [Fact]
    public void However_many_start_at_once_there_is_one_key()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"round-{round}.xml";

            var all = InParallel(8, () => Instance(name: name).Open());

            var key = Assert.Single(all[0].Keys).KeyId;
            Assert.All(all, instance => Assert.Equal(key, instance.DefaultKey()));
        }
    }

    [Fact]
    public void A_ring_whose_first_key_was_stored_without_an_answer_has_that_key()
    {
        var lost = 0;
        var network = new Meddling(_ => { }, message =>
        {
            if (lost++ == 0)
            {
                message.Response.Dispose();
                throw new IOException("The connection was closed.");
            }
        });

        var instance = Instance(network).Open();

        Assert.Equal(2, lost);
        Assert.Equal(Assert.Single(instance.Keys).KeyId, instance.DefaultKey());
    }

    [Fact]
    public void No_key_is_in_the_blob_in_the_clear_nor_wrapped_with_less_than_the_vaults_key()
    {
        Instance().Open();

        var text = Text();
        Assert.DoesNotContain("masterKey", text, StringComparison.OrdinalIgnoreCase);
        var key = Assert.Single(XElement.Parse(text).Descendants("encryptedKey"));
        Assert.Equal(2048 / 8, Convert.FromBase64String(key.Element("wrappedKey")!.Value).Length);
    }

    [Fact]
    public void A_key_that_ends_soon_is_followed_by_one_successor_and_opens_what_it_protected()
    {
        var now = DateTimeOffset.UtcNow;
        var before = Instance();
        Assert.Empty(before.Keys);
        var ending = before.Manager.CreateNewKey(now.AddDays(-89), now.AddDays(1)).KeyId;
        var secret = before.Open().Protect("张三");
        Assert.Equal(2, before.Keys.Count);
        Assert.Equal(ending, before.DefaultKey());

        var after = InParallel(4, () => Instance().Open());

        var keys = after[0].Keys;
        Assert.Equal(2, keys.Count);
        Assert.Equal(ending, Assert.Single(keys, key => key.ExpirationDate < now.AddDays(2)).KeyId);
        Assert.Equal(now.AddDays(1), Assert.Single(keys, key => key.KeyId != ending).ActivationDate, TimeSpan.FromSeconds(1));
        Assert.All(after, instance => Assert.Equal("张三", instance.Unprotect(secret)));
    }

    [Fact]
    public void Two_instances_that_both_find_a_key_at_its_end_add_one_successor()
    {
        var now = DateTimeOffset.UtcNow;
        var before = Instance();
        Assert.Empty(before.Keys);
        var ended = before.Manager.CreateNewKey(now.AddDays(-90), now.AddSeconds(-1)).KeyId;
        using var bothHaveRead = new Barrier(2);
        var slow = new Meddling(_ => Assert.True(bothHaveRead.SignalAndWait(TimeSpan.FromMinutes(1))));

        var both = InParallel(2, () => Instance(slow).Open());

        var successor = Assert.Single(both[0].Keys, key => key.KeyId != ended).KeyId;
        Assert.All(both, instance => Assert.Equal(successor, instance.DefaultKey()));
    }

    [Fact]
    public void After_the_vaults_key_was_rotated_former_versions_open_what_they_wrapped_and_the_current_one_wraps()
    {
        var now = DateTimeOffset.UtcNow;
        var before = Instance();
        Assert.Empty(before.Keys);
        before.Manager.CreateNewKey(now.AddDays(-90), now.AddMinutes(5));
        var secret = Instance().Open().Protect("张三");
        var former = VersionsInTheBlob().Distinct().Single();

        var current = vault.Rotate();
        Assert.Equal("张三", Instance().Open().Unprotect(secret));
        Assert.Equal(2, before.Keys.Count);
        before.Manager.CreateNewKey(now, now.AddDays(90));

        Assert.Equal([former, former, current], VersionsInTheBlob());
        var after = Instance().Open();
        Assert.Equal("张三", after.Unprotect(secret));
        Assert.Equal(3, after.Keys.Count);
        vault.Disable(former);
        Stops("KeyDisabled (403)", Instance());
    }

    [Fact]
    public void A_revoked_key_protects_nothing_more_whatever_was_added_meanwhile()
    {
        var (operations, app) = (Instance().Open(), Instance().Open());
        var leaked = app.DefaultKey();
        app.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));

        operations.Manager.RevokeKey(leaked, "Leaked.");

        Assert.NotEqual(leaked, Instance().Open().DefaultKey());
        Assert.Equal([leaked], app.Keys.Where(key => key.IsRevoked).Select(key => key.KeyId));
    }

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("<repository><key", "is damaged")]
    [InlineData("<keys/>", "is damaged")]
    [InlineData("{}", "is damaged")]
    [InlineData("<repository><key id='1'/></repository>", "of 1 keys 0 can be understood")]
    [InlineData("<repository><kex/></repository>", "of 1 keys 0 can be understood")]
    public void A_blob_that_is_no_ring_stops_the_app(string content, string fault)
    {
        Blob().Upload(BinaryData.FromString(content));

        Stops(fault, Instance());
    }

    [Theory]
    [InlineData("<value>", "<value>AAAA")]
    [InlineData("<wrappedKey>", "<wrappedKey>AAAA")]
    [InlineData("<wrappedKey>", "<wrapped>", "</wrappedKey>", "</wrapped>")]
    [InlineData("<encryptedSecret", "<secret", "</encryptedSecret", "</secret")]
    [InlineData("id=\"", "id=\"x")]
    public void A_ring_of_which_one_key_is_damaged_stops_the_app(params string[] damage)
    {
        var instance = Instance().Open();
        instance.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        var text = Text();
        foreach (var pair in damage.Chunk(2))
        {
            var at = text.LastIndexOf(pair[0], StringComparison.Ordinal);
            text = text[..at] + pair[1] + text[(at + pair[0].Length)..];
        }

        Blob().Upload(BinaryData.FromString(text), overwrite: true);

        Stops("key", Instance());
    }

    [Fact]
    public async Task A_ring_that_is_gone_though_it_was_in_use_stops_the_app_and_is_not_begun_anew()
    {
        await using var azurite = await Azurite.StartAsync();
        var tables = new TableServiceClient(azurite.ConnectionString);
        isInUse = () => PartnerStore.HasPartners(tables);
        var running = Instance().Open();
        await tables.CreateTableAsync(PartnerStore.Table);
        await Blob().DeleteAsync();
        Assert.NotEqual(running.DefaultKey(), Instance().Open().DefaultKey());
        await tables.GetTableClient(PartnerStore.Table).AddEntityAsync(new TableEntity("partner", "bureau-of-this-test"));
        await Blob().DeleteAsync();

        Stops("is gone", Instance());
        Assert.Throws<KeyRingException>(() => running.Keys);
        Assert.Throws<KeyRingException>(() => running.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90)));
        isInUse = () => throw new IOException("No such host is known.");
        Stops("No such host is known.", Instance());
    }

    [Fact]
    public void A_ring_that_another_key_wrapped_stops_the_app()
    {
        Instance().Open();

        Stops("KeyNotFound (404)", Instance(key: vault.Key("other")));
    }

    [Fact]
    public void A_vault_that_is_away_stops_the_app_at_its_first_start_and_later()
    {
        vault.IsDown = true;
        Stops("No such host is known.", Instance());
        Assert.False(Blob().Exists());
        vault.IsDown = false;
        Instance().Open();
        vault.IsDown = true;

        Stops("No such host is known.", Instance());
    }

    [Fact]
    public void A_storage_that_refuses_stops_the_app()
    {
        Instance().Open();
        var address = Blob().Uri;

        var stranger = new StorageSharedKeyCredential(Azurite.AccountName, Convert.ToBase64String(new byte[64]));
        Stops("(403)", Instance(new BlobClient(address, stranger, Hasty())));
        Stops("ContainerNotFound (404)", Instance(new BlobClient(fixture.Azurite.ConnectionString, "no-such-container", "keys.xml")));
        Stops("(127.0.0.1:1)", Instance(new BlobClient(new UriBuilder(address) { Port = 1 }.Uri, Hasty())));
    }

    private void Stops(string fault, RingInstance instance)
    {
        var before = Blob().Exists() ? Blob().GetProperties().Value.ETag.ToString() : null;

        var message = Assert.Throws<KeyRingException>(instance.Open).Message;

        Assert.StartsWith("The key ring http://127.0.0.1:", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(before, Blob().Exists() ? Blob().GetProperties().Value.ETag.ToString() : null);
    }

    private List<string> VersionsInTheBlob() =>
        [.. XElement.Parse(Text()).Descendants("vaultKeyVersion").Select(version => version.Value)];

    private string Text() => Blob().DownloadContent().Value.Content.ToString();

    private BlobClient Blob(string name = "keys.xml", BlobClientOptions? options = null) =>
        new(fixture.Azurite.ConnectionString, container, name, options);

    private RingInstance Instance(Meddling? network = null, string name = "keys.xml", VaultKey? key = null)
    {
        var options = Hasty();
        if (network is not null)
            options.AddPolicy(network, HttpPipelinePosition.PerRetry);
        return Instance(Blob(name, options), key);
    }

    private RingInstance Instance(BlobClient blob, VaultKey? key = null)
    {
        var instance = new RingInstance(blob, key ?? vault.Key(), isInUse);
        lock (instances)
            instances.Add(instance);
        return instance;
    }

    private static BlobClientOptions Hasty() => new() { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) } };

    /// <summary>Each on a thread of its own, since they wait for one another.</summary>
    private static T[] InParallel<T>(int count, Func<T> work)
    {
        var threads = Enumerable.Range(0, count).Select(_ =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return Task.WhenAll(threads).GetAwaiter().GetResult();
    }
}
