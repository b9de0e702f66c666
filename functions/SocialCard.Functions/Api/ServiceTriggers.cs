using SocialCard.Functions.Partners;

namespace SocialCard.Functions.Api;

/// <summary>What a program that shows the service to people asks first: what time it is there, and what it may call.</summary>
[Tags("Descriptions")]
public sealed class ServiceTriggers(
    ApiGate gate, SignedIn signedIn, RegionPolicies regions, TimeProvider clock, IEnumerable<MovableClock> movable)
{
    /// <summary>Reads what the service's clock says, and how people sign in.</summary>
    [Function(nameof(GetService))]
    [OpenToAll]
    public Ok<ServiceView> GetService(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "service")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TypedResults.Ok(new ServiceView(clock.GetUtcNow(), movable.SingleOrDefault()?.Address, signedIn.StandsInFront));
    }

    /// <summary>Reads who the caller is, and which calls its role may make.</summary>
    [Function(nameof(GetSession))]
    [Callers]
    public async Task<Results<Ok<SessionView>, ProblemHttpResult>> GetSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "session")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, Endpoint.Of(nameof(GetSession)).Callers);
        return admission.Value is not { } caller ? admission.Problem!
            : TypedResults.Ok(new SessionView(
                caller.Id,
                caller.Role,
                caller.RegionCode,
                PartnerChannels.Of(caller.Role),
                Endpoint.CallableBy(caller.Role),
                [
                    .. regions.Listed.Where(region => caller.Covers(region.Code))
                        .OrderBy(region => region.Code, StringComparer.Ordinal)
                        .Select(region => new RegionView(region.Code, region.Name)),
                ]));
    }
}

/// <summary>Where the host's clock can be read and moved; only a host for trials has one.</summary>
/// <param name="Address">The path of it.</param>
public sealed record MovableClock(string Address);

/// <summary>The service as anybody may know it.</summary>
/// <param name="Now">What its clock says.</param>
/// <param name="Clock">Where that clock can be moved; null where it goes by itself.</param>
/// <param name="AppServiceSignIn">Whether people sign in through App Service authentication, at <c>/.auth</c>, beside keys.</param>
/// <example>{"now": "2026-11-24T14:48:56Z", "clock": null, "appServiceSignIn": false}</example>
public sealed record ServiceView(DateTimeOffset Now, string? Clock, bool AppServiceSignIn);

/// <summary>Who calls.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Role">What it is.</param>
/// <param name="RegionCode">Its region, by GB/T 2260; <c>000000</c> is the whole country.</param>
/// <param name="Channels">The channels through which it serves holders.</param>
/// <param name="Calls">The calls that its role may make, by the names that this description gives them.</param>
/// <param name="Regions">The regions within its own that have rules.</param>
/// <example>
/// {
///   "partnerId": "bureau-wuxi", "role": "bureau", "regionCode": "320200", "channels": ["serviceWindow", "kiosk"],
///   "calls": ["getCard", "receiveCard"],
///   "regions": [{"code": "320200", "name": "Wuxi"}]
/// }
/// </example>
public sealed record SessionView(
    string PartnerId,
    PartnerRole Role,
    string RegionCode,
    IReadOnlyList<ServiceChannel> Channels,
    IReadOnlyList<string> Calls,
    IReadOnlyList<RegionView> Regions);

/// <summary>A region.</summary>
/// <param name="Code">By GB/T 2260.</param>
/// <param name="Name">Its name, as the rules have it.</param>
public sealed record RegionView(string Code, string Name);
