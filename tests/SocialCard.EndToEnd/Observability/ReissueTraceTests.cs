using System.Net;
using SocialCard.EndToEnd.Host;
using Xunit.Abstractions;

namespace SocialCard.EndToEnd.Observability;

/// <summary>
/// What a collector gets of a whole reissue: one trace from the application to the new card, with links to what others sent.
/// </summary>
public sealed class ReissueTraceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[] Metrics =
    [
        "socialcard.cards.moved",
        "socialcard.activations",
        "socialcard.activation.time",
        "socialcard.reissues",
        "socialcard.reissue.lead_time",
        "socialcard.storage.operations",
    ];

    private OtlpReceiver receiver = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        receiver = await OtlpReceiver.StartAsync();
        service = await Service.StartEphemeralAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"));
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_reissue_is_one_trace_with_links_and_nothing_personal_is_exported()
    {
        var (wuxi, bank) = (new Caller(service, "local-bureau-wuxi-key"), BankCaller.Icbc(service));
        var (old, id) = await Cards.ReceivedAsync(wuxi, "320200");
        (await wuxi.PostAsync($"cards/{old}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
        var reissue = (await wuxi.PostAsync(
            $"cards/{old}/reissues",
            new { reason = "damaged", delivery = "pickUp", channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.Accepted);
        if (reissue["state"] == "awaitingPayment")
        {
            (await bank.PostAsync(
                "card.fee.paid",
                new
                {
                    cardNumber = old,
                    reissueId = reissue["reissueId"],
                    amountYuan = int.Parse(
                    reissue["feeYuan"]!, System.Globalization.CultureInfo.InvariantCulture)
                }))
                .Expect(HttpStatusCode.NoContent);
        }

        var fresh = Cards.NextNumber();
        (await bank.PostAsync("card.produced", new { reissueId = reissue["reissueId"], newCardNumber = fresh }))
            .Expect(HttpStatusCode.NoContent);
        await SampleHost.EventuallyAsync(
            async () => (await wuxi.GetAsync($"cards/{old}/reissues/{reissue["reissueId"]}"))["state"] == "ready");
        (await wuxi.PostAsync($"cards/{fresh}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await wuxi.PostAsync($"cards/{fresh}/activations", new { channel = "serviceWindow", idNumber = id })).Expect(HttpStatusCode.OK);
        await SampleHost.EventuallyAsync(
            async () => (await wuxi.GetAsync($"cards/{old}/reissues/{reissue["reissueId"]}"))["state"] == "completed");
        await service.SettleAsync();

        await SampleHost.EventuallyAsync(() => receiver.Spans.Count(span => span.Name == "orchestration:ReissueOrchestration") >= 4);
        foreach (var metric in Metrics)
        {
            await SampleHost.EventuallyAsync(() => receiver.Texts.Any(text => text.Contains(metric, StringComparison.Ordinal)));
        }

        var spans = receiver.Spans;
        var application = spans.First(span => span.Name == "orchestration:ReissueOrchestration").TraceId;
        string[] tree = [.. new SpanTree(spans).Lines(application)];
        output.WriteLine(string.Join('\n', tree));
        Assert.Equal(
            [
                "POST /api/v1/cards/{cardNumber}/reissues",
                "  card.decide",
                "    aggregate.commit",
                "      outbox.deliver ReissueOrchestration",
                "        orchestration:ReissueOrchestration",
                "          activity:AdvanceReissue",
                "            card.decide",
                "              aggregate.commit",
            ],
            tree[..8]);
        Assert.Contains("      outbox.deliver production-orders", tree);
        string[] woken = [.. tree.Zip(tree[1..]).Where(lines => lines.First.Trim() == "⇠ woken by").Select(lines => lines.Second.Trim())];
        Assert.Contains("POST /api/v1/webhooks/banks/{bankId}", woken);
        Assert.Contains("POST /api/v1/cards/{cardNumber}/receipt", woken);

        var texts = receiver.Texts;
        Assert.All(
            [id, "王小明", "13800138000", old, fresh, (string)reissue["reissueId"]!],
            secret => Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(id, service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(old, service.Output, StringComparison.Ordinal);
    }
}
