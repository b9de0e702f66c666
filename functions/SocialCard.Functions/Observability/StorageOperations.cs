using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SocialCard.Functions.Observability;

/// <summary>
/// Counts what is asked of the storage account, which is what it costs; a client takes it into its pipeline, behind the retries.
/// </summary>
/// <param name="service">Which of its services: <c>table</c>, <c>queue</c> or <c>blob</c>.</param>
public sealed class StorageOperations(string service) : HttpPipelineSynchronousPolicy
{
    private static readonly Counter<long> Operations = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.storage.operations", "{operation}", "Requests to the storage account, by service, method and status.");

    /// <summary>Counts an answered request.</summary>
    public override void OnReceivedResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Operations.Add(1, new("service", service), new("method", message.Request.Method.Method), new("status", message.Response.Status));
    }
}
