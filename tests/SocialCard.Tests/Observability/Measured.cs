using System.Diagnostics.Metrics;
using SocialCard.Functions.Observability;

namespace SocialCard.Tests.Observability;

/// <summary>What this thread records with one instrument; other tests measure in the same process.</summary>
internal sealed class Measured : IDisposable
{
    private readonly List<string> values = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly MeterListener listener = new();

    public Measured(string instrument)
    {
        listener.InstrumentPublished = (published, to) =>
        {
            if (published.Meter.Name == SocialCardTelemetry.Name && published.Name == instrument)
            {
                to.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(value, tags));
        listener.Start();
    }

    public string Values => string.Join(", ", values);

    public void Dispose() => listener.Dispose();

    private void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId == thread)
        {
            values.Add(
                string.Join(' ', [FormattableString.Invariant($"{value}"), .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]));
        }
    }
}
