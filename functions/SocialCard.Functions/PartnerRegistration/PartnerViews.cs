using SocialCard.Functions.Partners;

namespace SocialCard.Functions.PartnerRegistration;

/// <summary>A page of partners.</summary>
/// <param name="Items">The partners, by id.</param>
/// <param name="Next">Ask again with <c>after</c> set to this; null where there are no more.</param>
/// <example>
/// {
///   "items": [
///     {"id": "bank-icbc", "role": "bank", "regionCode": "000000", "services": [], "webhookSecrets": [{"validUntil": null}]}
///   ],
///   "next": null
/// }
/// </example>
public sealed record PartnersView(IReadOnlyList<PartnerView> Items, string? Next);

/// <summary>A partner, without what proves it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role">What it is.</param>
/// <param name="RegionCode">Its region; <c>000000</c> is the whole country.</param>
/// <param name="Services">The public services that it runs, for an agency.</param>
/// <param name="WebhookSecrets">The secrets that count, the newest first.</param>
public sealed record PartnerView(
    string Id, PartnerRole Role, string RegionCode, IReadOnlyList<PublicService> Services, IReadOnlyList<WebhookSecretView> WebhookSecrets)
{
    internal static PartnerView Of(KnownPartner known, DateTimeOffset now) => new(
        known.Partner.Id,
        known.Partner.Role,
        known.Partner.RegionCode,
        known.Partner.Services,
        [
            .. known.WebhookSecrets.Where(secret => secret.ValidUntil is not { } end || end > now)
                .Select(secret => new WebhookSecretView(secret.ValidUntil)),
        ]);
}

/// <summary>A secret, of which nothing shows but its end.</summary>
/// <param name="ValidUntil">Until when it counts beside the newer one; null for the newest.</param>
public sealed record WebhookSecretView(DateTimeOffset? ValidUntil);
