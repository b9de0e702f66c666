using System.Diagnostics.Metrics;

namespace SocialCard.Functions.Observability;

/// <summary>
/// What tells operators that the service itself, or somebody who calls it, is not well. The alerts of infra/azure watch it.
/// </summary>
internal static class OperationMetrics
{
    private static readonly Histogram<double> Late = SocialCardTelemetry.Meter.CreateHistogram<double>(
        "socialcard.timers.late", "s", "How long after its deadline a workflow went on.");

    private static readonly Counter<long> Refused = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.webhooks.refused", "{webhook}", "Webhooks without a valid signature, by bank.");

    private static readonly Counter<long> Failed = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.webhooks.failed", "{webhook}", "Webhooks that were not taken, by bank and by the code of the answer.");

    private static readonly Counter<long> Unknown = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.messages.unknown", "{message}", "Webhooks and messages of which something was skipped that is not known, by partner.");

    private static readonly Counter<long> LeftBehind = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.outbox.swept", "{aggregate}", "Cards and other aggregates whose messages the daily sweep had to deliver.");

    private static readonly Gauge<long> Poison = SocialCardTelemetry.Meter.CreateGauge<long>(
        "socialcard.poison_messages", "{message}", "Messages in a poison queue that somebody must look at.");

    private static readonly Counter<long> Escalations = SocialCardTelemetry.Meter.CreateCounter<long>(
        "socialcard.escalations", "{escalation}", "Matters that operations were told of, by kind.");

    public static void WentOn(TimeSpan late) => Late.Record(late.TotalSeconds);

    /// <param name="bankId">The bank, if there is such a one: any caller can make up others, and each would be a series of its own.</param>
    public static void RefusedWebhook(string? bankId) => Refused.Add(1, new KeyValuePair<string, object?>("bank", bankId ?? "unknown"));

    /// <param name="bankId">The bank, if there is such a one.</param>
    /// <param name="reason">The code of the problem that it was answered with.</param>
    public static void FailedWebhook(string? bankId, string reason) =>
        Failed.Add(1, new("bank", bankId ?? "unknown"), new("reason", reason));

    /// <param name="partnerId">Who sent it.</param>
    /// <param name="what">What is not known: a field or the type.</param>
    public static void Skipped(string partnerId, string what) => Unknown.Add(1, new("partner", partnerId), new("what", what));

    /// <param name="kind">What operations were told of.</param>
    public static void Escalated(string kind) => Escalations.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public static void Swept(int aggregates) => LeftBehind.Add(aggregates);

    public static void InPoisonQueue(string queue, long messages) =>
        Poison.Record(messages, new KeyValuePair<string, object?>("queue", queue));
}
