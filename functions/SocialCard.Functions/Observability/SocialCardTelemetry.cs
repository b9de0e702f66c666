using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SocialCard.Functions.Observability;

/// <summary>The service's traces and metrics, and where they go.</summary>
public static class SocialCardTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Name = "SocialCard";

    // Requests, messages, turns of workflows and their activities. They must be recorded: what stands below a
    // span that is not is not recorded either.
    private static readonly string[] Platform = ["Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask"];

    internal static ActivitySource Source { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    /// <summary>
    /// Exports traces and metrics by OTLP where the standard environment variables name an endpoint; without one nothing listens,
    /// and nothing is spent. The spans of the storage clients are not exported: their addresses hold card numbers.
    /// </summary>
    public static IServiceCollection AddSocialCardTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var (traces, metrics) = (IsExported(configuration, "TRACES"), IsExported(configuration, "METRICS"));
        if (!traces && !metrics)
        {
            return services;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource =>
            resource.AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : "socialcard"));
        if (traces)
        {
            telemetry.WithTracing(tracing => tracing.AddSource([Name, .. Platform]).AddProcessor<RouteInsteadOfPath>().AddOtlpExporter());
        }

        if (metrics)
        {
            telemetry.WithMetrics(measured => measured.AddMeter(Name).AddOtlpExporter());
        }

        return services;
    }

    private static bool IsExported(IConfiguration configuration, string signal) =>
        !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }
            || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 });
}
