using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SocialCard.Functions.Partners;

/// <summary>
/// People who have signed in where App Service authentication (Entra ID) stands in front of the service. It tells who they are in the
/// header <c>X-MS-CLIENT-PRINCIPAL</c>, which it takes away from whoever sends it himself; so the header counts only where the setting
/// <c>SignIn:AppService</c> says that it stands there. A claim, <c>roles</c> unless <c>SignIn:Claim</c> names another, says for which
/// partner somebody acts: <c>socialcard.</c> and the partner's id. Role and region are those of the partner.
/// </summary>
public sealed class SignedIn(IConfiguration configuration, PartnerDirectory partners)
{
    /// <summary>The header.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string Prefix = "socialcard.";

    private readonly string claim = configuration["SignIn:Claim"] ?? "roles";

    /// <summary>Whether App Service authentication stands in front of the service.</summary>
    public bool StandsInFront { get; } = configuration.GetValue("SignIn:AppService", defaultValue: false);

    /// <summary>The partner for whom somebody acts who has signed in; null for anybody else, and for who acts for more than one.</summary>
    public async ValueTask<Partner?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return StandsInFront && PartnerIdOf(request.Headers[Header].ToString()) is { } id
            ? await partners.FindAsync(id, cancellation) : null;
    }

    /// <summary>
    /// Whether a page of another site has sent the call with the cookie of somebody who has signed in here. A browser says where a call
    /// comes from, and a page cannot make it say otherwise. Beside that, commands need a header that no other site can send.
    /// </summary>
    public static bool IsFromElsewhere(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
    }

    private string? PartnerIdOf(string header)
    {
        if (header.Length == 0 || !Base64.IsValid(header))
        {
            return null;
        }

        try
        {
            var principal = JsonSerializer.Deserialize<Principal>(Convert.FromBase64String(header));
            var ids = (principal?.Claims ?? [])
                .Where(one => one.Type == claim && one.Value?.StartsWith(Prefix, StringComparison.Ordinal) is true)
                .Select(one => one.Value![Prefix.Length..]).Distinct().ToList();
            return ids is [var only] ? only : null;
        }
        catch (JsonException)
        {
            // Not what App Service writes.
            return null;
        }
    }

    private sealed record Principal([property: JsonPropertyName("claims")] IReadOnlyList<PrincipalClaim>? Claims);

    private sealed record PrincipalClaim(
        [property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
}
