using System.Diagnostics.Metrics;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Cards;
using SocialCard.Functions.Observability;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Observability;

public sealed class CardMetricTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static TheoryData<DomainEvent, string> Counted => new()
    {
        { new SocialActivated(ServiceChannel.Hospital, null, Day, null), "socialcard.activations application=social channel=Hospital" },
        { new SocialActivated(null, null, Day, null), "socialcard.activations application=social channel=Receipt" },
        { new FinancialActivated(Day, true), "socialcard.activations application=financial channel=Bank" },
        { new ActivationExpired(Day, MissedActivation.Forfeit, null), "socialcard.activation.expiries outcome=Forfeit" },
        { new ExpiryReleased(false), "socialcard.releases of=expiry" },
        { new ReissueCancelled("r", ReissueCancellation.Unpaid), "socialcard.reissues outcome=Unpaid" },
        { new ProductionHalted("r", 3), "socialcard.escalations kind=productionHalted" },
    };

    [Theory]
    [MemberData(nameof(Counted))]
    public void An_event_is_counted_once_under_what_it_is(DomainEvent happened, string expected)
    {
        var counted = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SocialCardTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) =>
        {
            // Other tests count in the same process, on threads of their own.
            if (Environment.CurrentManagedThreadId == thread)
            {
                var tags = string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}"));
                counted.AddRange(Enumerable.Repeat($"{instrument.Name} {tags}", (int)value));
            }
        });
        listener.Start();

        var card = LossCards.Awaiting("140100");
        new CardMetrics().Committed(card, card, [happened], LossCards.Lost);

        Assert.Equal([expected], counted);
    }
}
