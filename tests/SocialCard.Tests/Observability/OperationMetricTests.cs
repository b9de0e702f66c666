using Microsoft.DurableTask;
using Moq;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Workflows;

namespace SocialCard.Tests.Observability;

public sealed class OperationMetricTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(900, false, "900")]
    [InlineData(900, true, "")]
    [InlineData(-0.65, false, "0")]
    public async Task How_late_a_deadline_took_effect_is_measured_once(double late, bool replaying, string expected)
    {
        var context = new Mock<TaskOrchestrationContext>();
        context.SetupGet(c => c.IsReplaying).Returns(replaying);
        context.SetupSequence(c => c.CurrentUtcDateTime).Returns(Due.UtcDateTime.AddDays(-1)).Returns(Due.UtcDateTime.AddSeconds(late));
        context.Setup(c => c.WaitForExternalEvent<object?>("changed", It.IsAny<CancellationToken>()))
            .Returns(new TaskCompletionSource<object?>().Task);
        context.Setup(c => c.CreateTimer(Due.UtcDateTime, It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        using var measured = new Measured("socialcard.timers.late");

        await Waiting.ForAsync(context.Object, new("late", Due), "changed", "input", whenDue: () => Task.FromResult<string?>(null));

        Assert.Equal(expected, measured.Values);
    }

    [Theory]
    [InlineData("bank-icbc", "1 bank=bank-icbc")]
    [InlineData(null, "1 bank=unknown")]
    public void A_refused_webhook_is_counted_under_a_bank_that_exists(string? bankId, string expected)
    {
        using var measured = new Measured("socialcard.webhooks.refused");

        OperationMetrics.RefusedWebhook(bankId);

        Assert.Equal(expected, measured.Values);
    }
}
