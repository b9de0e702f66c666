using System.Text.Json;

namespace SocialCard.Functions.Rules;

/// <summary>The rules of a region, for the people who answer for them.</summary>
[Tags("Operations")]
public sealed class RegionRulesTriggers(PlainApi api, RegionPolicies regions, TimeProvider clock)
{
    private static readonly Lazy<RegionPolicies> Shipped = new(() => RegionPolicies.Load());

    /// <summary>
    /// Reads the rules that count in a region today: each value with the level that states it and its source, the levels below that state
    /// their own, and what ships with the service where the operators' file says otherwise.
    /// </summary>
    [Function(nameof(GetRegionRules))]
    [Callers(PartnerRole.Operations, PartnerRole.Bureau)]
    [Refuses("region-not-found")]
    public Task<Results<Ok<RegionRulesView>, NotModified, ProblemHttpResult>> GetRegionRules(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "operations/regions/{regionCode}/rules")]
        HttpRequest request,
        string regionCode,
        CancellationToken cancellation) =>
        api.ReadAsync(request, (caller, _) => Task.FromResult(Read(regionCode, caller)), cancellation);

    private static Refusal NotFound => new(RefusedBy.Absence, "region-not-found", "There is no such region within your scope.");

    private Reply<RegionRulesView> Read(string code, Partner caller)
    {
        var policy = code == regions.National.Code ? regions.National : regions.TryGet(code, out var found) ? found : null;
        if (policy is null || !caller.Covers(code))
        {
            return Problems.Refused(NotFound);
        }

        var shipped = Shipped.Value.ValuesOf(code).ToDictionary(value => value.Path, value => JsonOf(value.Value));
        var fields = regions.ValuesOf(code).Select(value =>
        {
            var (now, before) = (JsonOf(value.Value), shipped[value.Path]);
            var differs = JsonElement.DeepEquals(now, before) ? null : new ShippedValueView(before);
            return RuleFieldView.Of(value, now, regions.NameOf(value.Provenance.Level)!, differs);
        });
        return new RegionRulesView(code, policy.Code, policy.Name, ChinaTime.DateOf(clock.GetUtcNow()), [.. fields]);
    }

    private static JsonElement JsonOf(object? value) =>
        JsonSerializer.SerializeToElement(value, value?.GetType() ?? typeof(object), SocialCardJson.Options);
}

/// <summary>The rules that count in a region.</summary>
/// <param name="RegionCode">The region.</param>
/// <param name="RulesOf">The most specific level around it that has rules of its own.</param>
/// <param name="Name">The name of that level.</param>
/// <param name="On">The day, in China.</param>
/// <param name="Fields">The values, in the order of the file.</param>
/// <example>
/// {
///   "regionCode": "140105", "rulesOf": "140100", "name": "Taiyuan", "on": "2026-11-24",
///   "fields": [
///     {
///       "path": "activation.deadline", "value": "300 days", "level": "000000", "levelName": "China",
///       "source": "aihuau.com/a/6520371/618641795.html", "asOf": "2018", "confidence": "C", "unsourced": false, "note": null,
///       "overriddenIn": [], "shipped": null
///     }
///   ]
/// }
/// </example>
public sealed record RegionRulesView(string RegionCode, string RulesOf, string Name, DateOnly On, IReadOnlyList<RuleFieldView> Fields);

/// <summary>A value that counts in a region.</summary>
/// <param name="Path">The field.</param>
/// <param name="Value">The value, as regions.json writes it; null where it is unknown.</param>
/// <param name="Level">The level that states it, by GB/T 2260.</param>
/// <param name="LevelName">The name of that level.</param>
/// <param name="Source">Public address or document number; null where none is known.</param>
/// <param name="AsOf">The date that the source speaks for: year, year and month, or day.</param>
/// <param name="Confidence">Grade of the source.</param>
/// <param name="Unsourced">Whether it is a default of this service that operators are expected to set.</param>
/// <param name="Note">What the value does not say.</param>
/// <param name="OverriddenIn">The levels below that state their own.</param>
/// <param name="Shipped">What ships with the service, where the operators' file says otherwise; null where it does not.</param>
public sealed record RuleFieldView(
    string Path,
    JsonElement Value,
    string Level,
    string LevelName,
    string? Source,
    string? AsOf,
    Confidence? Confidence,
    bool Unsourced,
    string? Note,
    IReadOnlyList<string> OverriddenIn,
    ShippedValueView? Shipped)
{
    internal static RuleFieldView Of(RegionValue value, JsonElement json, string levelName, ShippedValueView? shipped)
    {
        var from = value.Provenance;
        return new(
            value.Path,
            json,
            from.Level,
            levelName,
            from.Source,
            from.AsOf,
            from.Confidence,
            from.Unsourced,
            from.Note,
            value.OverriddenIn,
            shipped);
    }
}

/// <summary>What ships with the service.</summary>
/// <param name="Value">The value; null where it is unknown.</param>
public sealed record ShippedValueView(JsonElement Value);
