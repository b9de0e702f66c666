using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using SocialCard.Embedded.Storage;
using SocialCard.Functions.Keys;
using SocialCard.Functions.Partners;

namespace SocialCard.EndToEnd.Keys;

/// <summary>A key ring that cannot be read, whole, stops the app with one line, and no other is begun.</summary>
public sealed class KeyRingFaultTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly TestRing ring = new(fixture.Azurite);

    public void Dispose() => ring.Dispose();

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("<repository><key", "is damaged")]
    [InlineData("<keys/>", "is damaged")]
    [InlineData("{}", "is damaged")]
    [InlineData("<repository><key id='1'/></repository>", "of 1 keys 0 can be understood")]
    [InlineData("<repository><kex/></repository>", "of 1 keys 0 can be understood")]
    public void A_blob_that_is_no_ring_stops_the_app(string content, string fault)
    {
        ring.Blob().Upload(BinaryData.FromString(content));

        ring.Refuses(fault, ring.Instance());
    }

    [Theory]
    [InlineData("cannot be opened, key", "<value>", "<value>AAAA")]
    [InlineData("cannot be opened, key", "<wrappedKey>", "<wrappedKey>AAAA")]
    [InlineData("It has no <wrappedKey>.", "<wrappedKey>", "<wrapped>", "</wrappedKey>", "</wrapped>")]
    [InlineData("cannot be opened, key", "<encryptedSecret", "<secret", "</encryptedSecret", "</secret")]
    [InlineData("of 2 keys 1 can be understood", "id=\"", "id=\"x")]
    public void A_ring_of_which_one_key_is_damaged_stops_the_app(string fault, params string[] damage)
    {
        var instance = ring.Instance().Open();
        instance.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        var text = ring.Text();
        foreach (var pair in damage.Chunk(2))
        {
            var at = text.LastIndexOf(pair[0], StringComparison.Ordinal);
            text = text[..at] + pair[1] + text[(at + pair[0].Length)..];
        }

        ring.Blob().Upload(BinaryData.FromString(text), overwrite: true);

        ring.Refuses(fault, ring.Instance());
    }

    [Fact]
    public async Task A_ring_that_is_gone_though_it_was_in_use_stops_the_app_and_is_not_begun_anew()
    {
        await using var azurite = await Azurite.StartAsync();
        var tables = new TableServiceClient(azurite.ConnectionString);
        ring.IsInUse = () => PartnerRepository.HasPartners(tables);
        var running = ring.Instance().Open();
        await tables.CreateTableAsync(PartnerRepository.Table);
        await ring.Blob().DeleteAsync();
        Assert.NotEqual(running.DefaultKey(), ring.Instance().Open().DefaultKey());
        await tables.GetTableClient(PartnerRepository.Table).AddEntityAsync(new TableEntity("partner", "bureau-of-this-test"));
        await ring.Blob().DeleteAsync();

        ring.Refuses("is gone", ring.Instance());
        Assert.Throws<KeyRingException>(() => running.Keys);
        Assert.Throws<KeyRingException>(() => running.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90)));
        ring.IsInUse = () => throw new IOException("No such host is known.");
        ring.Refuses("No such host is known.", ring.Instance());
    }

    [Fact]
    public void A_ring_that_another_key_wrapped_stops_the_app()
    {
        ring.Instance().Open();

        ring.Refuses("KeyNotFound (404)", ring.Instance(key: ring.Vault.Key("other")));
    }

    [Fact]
    public void A_vault_that_is_away_stops_the_app_at_its_first_start_and_later()
    {
        ring.Vault.IsDown = true;
        ring.Refuses("No such host is known.", ring.Instance());
        Assert.False(ring.Blob().Exists());
        ring.Vault.IsDown = false;
        ring.Instance().Open();
        ring.Vault.IsDown = true;

        ring.Refuses("No such host is known.", ring.Instance());
    }

    [Fact]
    public void A_storage_that_refuses_stops_the_app()
    {
        ring.Instance().Open();
        var address = ring.Blob().Uri;

        var stranger = new StorageSharedKeyCredential(AzuriteProcess.Account, Convert.ToBase64String(new byte[64]));
        ring.Refuses("(403)", ring.Instance(new BlobClient(address, stranger, TestRing.Hasty())));
        ring.Refuses("ContainerNotFound (404)", ring.Instance(ring.Blob(container: "no-such-container")));
        ring.Refuses("(127.0.0.1:1)", ring.Instance(new BlobClient(new UriBuilder(address) { Port = 1 }.Uri, TestRing.Hasty())));
    }
}
