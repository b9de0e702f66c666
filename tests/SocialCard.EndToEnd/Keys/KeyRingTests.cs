using System.Xml.Linq;

namespace SocialCard.EndToEnd.Keys;

/// <summary>The key ring in a blob, wrapped by a vault: one for all instances, whatever is rotated.</summary>
public sealed class KeyRingTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly TestRing ring = new(fixture.Azurite);

    public void Dispose() => ring.Dispose();

    [Fact]
    public void What_one_instance_protects_every_other_and_every_later_one_opens()
    {
        var (first, second) = (ring.Instance().Open(), ring.Instance().Open());
        var secret = first.Protect("张三");

        Assert.Equal("张三", second.Unprotect(secret));
        Assert.Equal("张三", ring.Instance().Open().Unprotect(secret));
        Assert.Single(first.Keys);
    }

    [Fact]
    public void The_vault_is_asked_once_for_a_key_by_each_instance_that_has_not_made_it()
    {
        var (first, second) = (ring.Instance().Open(), ring.Instance().Open());
        Assert.Equal(first.Keys.Single().KeyId, second.Keys.Single().KeyId);

        Assert.Equal(["GET data-protection", "POST wrapkey", "POST unwrapkey"], ring.Vault.Requests);
    }

    [Fact]
    public void Two_instances_that_both_find_no_ring_begin_one()
    {
        using var bothHaveRead = new Barrier(2);
        var slow = new Meddling(_ => Assert.True(bothHaveRead.SignalAndWait(TimeSpan.FromMinutes(1))));

        var both = TestRing.InParallel(2, () => ring.Instance(slow).Open());

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

            var all = TestRing.InParallel(8, () => ring.Instance(name: name).Open());

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

        var instance = ring.Instance(network).Open();

        Assert.Equal(2, lost);
        Assert.Equal(Assert.Single(instance.Keys).KeyId, instance.DefaultKey());
    }

    [Fact]
    public void No_key_is_in_the_blob_in_the_clear_nor_wrapped_with_less_than_the_vaults_key()
    {
        ring.Instance().Open();

        var text = ring.Text();
        Assert.DoesNotContain("masterKey", text, StringComparison.OrdinalIgnoreCase);
        var key = Assert.Single(XElement.Parse(text).Descendants("encryptedKey"));
        Assert.Equal(2048 / 8, Convert.FromBase64String(key.Element("wrappedKey")!.Value).Length);
    }

    [Fact]
    public void A_key_that_ends_soon_is_followed_by_one_successor_and_opens_what_it_protected()
    {
        var now = DateTimeOffset.UtcNow;
        var before = ring.Instance();
        Assert.Empty(before.Keys);
        var ending = before.Manager.CreateNewKey(now.AddDays(-89), now.AddDays(1)).KeyId;
        var secret = before.Open().Protect("张三");
        Assert.Equal(2, before.Keys.Count);
        Assert.Equal(ending, before.DefaultKey());

        var after = TestRing.InParallel(4, () => ring.Instance().Open());

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
        var before = ring.Instance();
        Assert.Empty(before.Keys);
        var ended = before.Manager.CreateNewKey(now.AddDays(-90), now.AddSeconds(-1)).KeyId;
        using var bothHaveRead = new Barrier(2);
        var slow = new Meddling(_ => Assert.True(bothHaveRead.SignalAndWait(TimeSpan.FromMinutes(1))));

        var both = TestRing.InParallel(2, () => ring.Instance(slow).Open());

        var successor = Assert.Single(both[0].Keys, key => key.KeyId != ended).KeyId;
        Assert.All(both, instance => Assert.Equal(successor, instance.DefaultKey()));
    }

    [Fact]
    public void After_the_vaults_key_was_rotated_former_versions_open_what_they_wrapped_and_the_current_one_wraps()
    {
        var now = DateTimeOffset.UtcNow;
        var before = ring.Instance();
        Assert.Empty(before.Keys);
        before.Manager.CreateNewKey(now.AddDays(-90), now.AddMinutes(5));
        var secret = ring.Instance().Open().Protect("张三");
        var former = ring.VaultKeyVersions().Distinct().Single();

        var current = ring.Vault.Rotate();
        Assert.Equal("张三", ring.Instance().Open().Unprotect(secret));
        Assert.Equal(2, before.Keys.Count);
        before.Manager.CreateNewKey(now, now.AddDays(90));

        Assert.Equal([former, former, current], ring.VaultKeyVersions());
        var after = ring.Instance().Open();
        Assert.Equal("张三", after.Unprotect(secret));
        Assert.Equal(3, after.Keys.Count);
        ring.Vault.Disable(former);
        ring.Refuses("KeyDisabled (403)", ring.Instance());
    }

    [Fact]
    public void A_revoked_key_protects_nothing_more_whatever_was_added_meanwhile()
    {
        var (operations, app) = (ring.Instance().Open(), ring.Instance().Open());
        var leaked = app.DefaultKey();
        app.Manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));

        operations.Manager.RevokeKey(leaked, "Leaked.");

        Assert.NotEqual(leaked, ring.Instance().Open().DefaultKey());
        Assert.Equal([leaked], app.Keys.Where(key => key.IsRevoked).Select(key => key.KeyId));
    }
}
