using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Partners;

/// <summary>A partner as it is registered, with its secrets in the clear; they are stored as a hash or encrypted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role">What it is.</param>
/// <param name="ApiKey">Its API key.</param>
/// <param name="WebhookSecret">The secret of its webhooks (<c>whsec_…</c>), for a bank.</param>
/// <param name="RegionCode">Its region; the whole country when absent.</param>
/// <param name="Services">The public services that it runs, for an agency.</param>
public sealed record PartnerRegistration(
    string Id,
    PartnerRole Role,
    string ApiKey,
    WebhookSecret? WebhookSecret,
    string? RegionCode,
    IReadOnlyList<PublicService>? Services = null);

/// <summary>
/// Keeps partners in table <c>Partners</c>. An API key is stored as its SHA-256 (keys are long random strings, so a slow
/// hash would protect nothing more), webhook secrets encrypted, each with the time it ends.
/// </summary>
/// <remarks>
/// The first operations partner registers the others; its key is given by the setting <c>Partners:OperationsKeyHash</c>
/// (SHA-256 of the key in hexadecimal), because nobody is there yet to register it.
/// </remarks>
public sealed class PartnerRepository(
    TableServiceClient tables, IDataProtectionProvider protection, TimeProvider clock, IConfiguration configuration)
{
    private const string FirstOperations = "operations";

    /// <summary>The table of partners, all in one partition: there are hundreds, and they are read together.</summary>
    public const string Table = "Partners";

    private const string Partition = "partner";
    private const string WholeCountry = "000000";

    private readonly TableClient partners = tables.GetTableClient(Table);
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.WebhookSecret.v1");

    /// <summary>The hash under which an API key is stored and found.</summary>
    public static string HashOf(string apiKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)));

    /// <summary>Whether there is any partner; one read.</summary>
    public static bool HasPartners(TableServiceClient tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        try
        {
            return tables.GetTableClient(Table).Query<PartnerRow>(maxPerPage: 1).Any();
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    /// <summary>Stores partners where there are none at all; otherwise leaves everything as it is.</summary>
    /// <returns>Whether they were stored.</returns>
    public async Task<bool> SeedAsync(IReadOnlyList<PartnerRegistration> registrations, CancellationToken cancellation)
    {
        await partners.CreateIfNotExistsAsync(cancellation);
        await foreach (var _ in partners.QueryAsync<PartnerRow>(maxPerPage: 1, cancellationToken: cancellation))
        {
            return false;
        }

        await partners.SubmitTransactionAsync(
            registrations.Select(registration => new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowOf(registration))),
            cancellation);
        return true;
    }

    /// <summary>Stores one partner, new or in place of the one with its id.</summary>
    public Task PutAsync(PartnerRegistration registration, CancellationToken cancellation) =>
        partners.UpsertEntityAsync(RowOf(registration), TableUpdateMode.Replace, cancellation);

    /// <summary>
    /// Gives a bank a new webhook secret. The ones before stay valid for the overlap, so that no event is refused while the
    /// bank changes over.
    /// </summary>
    /// <returns>False if there is no such partner.</returns>
    public async Task<bool> RotateWebhookSecretAsync(string id, WebhookSecret secret, TimeSpan overlap, CancellationToken cancellation)
    {
        var row = await partners.GetEntityIfExistsAsync<PartnerRow>(Partition, id, cancellationToken: cancellation);
        if (!row.HasValue)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var known = SecretsOf(row.Value!);
        if (known.Any(one => one.Secret == secret.Value && one.ValidUntil is null))
        {
            return true;
        }

        var kept = known
            .Where(old => old.ValidUntil is not { } end || end > now)
            .Select(old => old with { ValidUntil = old.ValidUntil is { } end && end < now + overlap ? end : now + overlap });
        row.Value!.WebhookSecrets = Seal([new HeldSecret(secret.Value, null), .. kept]);
        await partners.UpdateEntityAsync(row.Value, row.Value.ETag, TableUpdateMode.Replace, cancellation);
        return true;
    }

    /// <summary>Ends the overlap of a change of secrets: only the newest secret of a bank counts from now on.</summary>
    /// <returns>False if there is no such partner.</returns>
    public async Task<bool> EndOverlapAsync(string id, CancellationToken cancellation)
    {
        var row = await partners.GetEntityIfExistsAsync<PartnerRow>(Partition, id, cancellationToken: cancellation);
        if (!row.HasValue)
        {
            return false;
        }

        var known = SecretsOf(row.Value!);
        if (known.RemoveAll(secret => secret.ValidUntil is not null) > 0)
        {
            row.Value!.WebhookSecrets = Seal(known);
            await partners.UpdateEntityAsync(row.Value, row.Value.ETag, TableUpdateMode.Replace, cancellation);
        }

        return true;
    }

    internal async Task<IReadOnlyList<KnownPartner>> ReadAllAsync(CancellationToken cancellation)
    {
        var all = new List<KnownPartner>();
        await foreach (var row in partners.QueryAsync<PartnerRow>(row => row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            all.Add(new KnownPartner(PartnerOf(row), row.ApiKeyHash, SecretsOf(row)));
        }

        if (configuration["Partners:OperationsKeyHash"] is { Length: > 0 } hash)
        {
            all.RemoveAll(known => known.Partner.Id == FirstOperations);
            all.Add(new KnownPartner(new Partner(FirstOperations, PartnerRole.Operations, WholeCountry), hash.ToLowerInvariant(), []));
        }

        return all;
    }

    private PartnerRow RowOf(PartnerRegistration registration) => new()
    {
        PartitionKey = Partition,
        RowKey = registration.Id,
        Role = registration.Role.ToString(),
        RegionCode = registration.RegionCode ?? WholeCountry,
        ApiKeyHash = HashOf(registration.ApiKey),
        WebhookSecrets = registration.WebhookSecret is { } secret ? Seal([new HeldSecret(secret.Value, null)]) : null,
        Services = registration.Services is { Count: > 0 } services ? string.Join(',', services) : null,
    };

    private static Partner PartnerOf(PartnerRow row) => new(row.RowKey, Enum.Parse<PartnerRole>(row.Role), row.RegionCode)
    {
        Services = [.. (row.Services?.Split(',') ?? []).Select(Enum.Parse<PublicService>)],
    };

    private string Seal(IReadOnlyList<HeldSecret> secrets) => protector.Protect(JsonSerializer.Serialize(secrets));

    private List<HeldSecret> SecretsOf(PartnerRow row) => row.WebhookSecrets is { } sealedSecrets
        ? JsonSerializer.Deserialize<List<HeldSecret>>(protector.Unprotect(sealedSecrets))!
        : [];

    private sealed class PartnerRow : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Role { get; set; } = "";

        public string RegionCode { get; set; } = "";

        public string ApiKeyHash { get; set; } = "";

        public string? WebhookSecrets { get; set; }

        public string? Services { get; set; }
    }
}

/// <summary>A webhook secret and, once another has taken its place, until when it still counts.</summary>
internal sealed record HeldSecret(string Secret, DateTimeOffset? ValidUntil);

/// <summary>A partner with what proves that it is the caller.</summary>
internal sealed record KnownPartner(Partner Partner, string ApiKeyHash, IReadOnlyList<HeldSecret> WebhookSecrets);
