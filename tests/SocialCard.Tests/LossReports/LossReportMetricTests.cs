using System.Diagnostics.Metrics;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Cards;

namespace SocialCard.Tests.LossReports;

public sealed class LossReportMetricTests
{
    [Fact]
    public void Every_application_that_works_again_is_counted_and_nothing_else()
    {
        var (counted, tags) = (0L, 0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "SocialCard", Name: "socialcard.loss_reports.lapsed" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, labels, _) => (counted, tags) = (counted + value, tags + labels.Length));
        listener.Start();

        var card = LossCards.Awaiting("140100");
        new CardMetrics().Committed(
            card,
            card,
        [
            new LossReportLapsed("r1", CardApplication.Social, LossCards.Lost, "active"),
            new LossReportReleased("r1", [CardApplication.Social], ServiceChannel.Bank),
            new LossReportLapsed("r1", CardApplication.Financial, LossCards.Lost, "active"),
        ],
            LossCards.Lost);

        Assert.Equal((2, 0), (counted, tags));
    }
}
