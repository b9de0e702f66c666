using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Moq;
using Moq.Protected;

namespace SocialCard.Tests.Contracts;

public sealed class TaskOrchestrationContextTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    private readonly Mock<TaskOrchestrationContext> mock = new() { CallBase = true };
    private readonly TaskCompletionSource timer = new();
    private readonly TaskCompletionSource<string> externalEvent = new();
    private CancellationToken timerCancellation;

    public TaskOrchestrationContextTests()
    {
        mock.Setup(context => context.CurrentUtcDateTime).Returns(Now);
        mock.Setup(context => context.CreateTimer(It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .Returns((DateTime _, CancellationToken cancellation) =>
            {
                timerCancellation = cancellation;
                return timer.Task;
            });
        mock.Setup(context => context.WaitForExternalEvent<string>("approval", It.IsAny<CancellationToken>()))
            .Returns((string _, CancellationToken cancellation) =>
            {
                cancellation.Register(() => externalEvent.TrySetCanceled(cancellation));
                return externalEvent.Task;
            });
    }

    private TaskOrchestrationContext Context => mock.Object;

    [Fact]
    public async Task A_timer_of_a_span_fires_that_long_after_the_time_of_the_turn()
    {
        timer.SetResult();

        await Context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);

        mock.Verify(context => context.CreateTimer(Now.AddDays(30), CancellationToken.None));
    }

    [Fact]
    public async Task An_event_before_the_timeout_gives_its_payload_and_cancels_the_timer()
    {
        Task<string> waiting = Context.WaitForExternalEvent<string>("approval", TimeSpan.FromHours(1));
        Assert.False(timerCancellation.IsCancellationRequested);

        externalEvent.SetResult("granted");

        Assert.Equal("granted", await waiting);
        Assert.True(timerCancellation.IsCancellationRequested);
        mock.Verify(context => context.CreateTimer(Now.AddHours(1), It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task A_timeout_before_the_event_cancels_the_wait()
    {
        Task<string> waiting = Context.WaitForExternalEvent<string>("approval", TimeSpan.FromHours(1));

        timer.SetResult();

        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        Assert.True(waiting.IsCanceled);
        Assert.False(timerCancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task A_cancelled_wait_for_an_event_with_a_timeout_cancels_the_timer_too()
    {
        using CancellationTokenSource cancellation = new();
        Task<string> waiting = Context.WaitForExternalEvent<string>("approval", TimeSpan.FromHours(1), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting);
        Assert.True(timerCancellation.IsCancellationRequested);
    }

    [Fact]
    public void A_replay_safe_logger_writes_only_what_happens_for_the_first_time()
    {
        Mock<ILogger> log = new();
        Mock<ILoggerFactory> factory = new();
        factory.Setup(loggers => loggers.CreateLogger(It.IsAny<string>())).Returns(log.Object);
        mock.Protected().SetupGet<ILoggerFactory>("LoggerFactory").Returns(factory.Object);
        ILogger[] loggers =
        [
            Context.CreateReplaySafeLogger("category"),
            Context.CreateReplaySafeLogger(GetType()),
            Context.CreateReplaySafeLogger<TaskOrchestrationContextTests>(),
            Context.ReplaySafeLoggerFactory.CreateLogger("category"),
        ];

        LogToAll(replaying: true, eventId: 1);
        LogToAll(replaying: false, eventId: 2);

        Assert.All(log.Invocations.Where(IsLog), invocation => Assert.Equal(2, ((EventId)invocation.Arguments[1]).Id));
        Assert.Equal(loggers.Length, log.Invocations.Count(IsLog));

        void LogToAll(bool replaying, int eventId)
        {
            mock.Setup(context => context.IsReplaying).Returns(replaying);
            foreach (ILogger logger in loggers)
            {
                logger.Log(LogLevel.Information, eventId, "state", exception: null, (state, _) => state);
            }
        }

        static bool IsLog(IInvocation invocation) => invocation.Method.Name == nameof(ILogger.Log);
    }

    [Fact]
    public async Task Calls_without_a_result_or_an_input_are_calls_with_neither()
    {
        TaskOptions options = new(new RetryPolicy(3, TimeSpan.FromSeconds(1)));
        mock.Setup(context => context.CallActivityAsync<object>("Remind", null, options)).ReturnsAsync(new object());
        mock.Setup(context => context.CallActivityAsync<int>("Count", null, options)).ReturnsAsync(4);
        mock.Setup(context => context.CallSubOrchestratorAsync<object>("Reissue", null, options)).ReturnsAsync(new object());
        mock.Setup(context => context.CallSubOrchestratorAsync<int>("Deliver", null, options)).ReturnsAsync(5);

        await Context.CallActivityAsync("Remind", options);
        await Context.CallSubOrchestratorAsync("Reissue", options);

        Assert.Equal(4, await Context.CallActivityAsync<int>("Count", options));
        Assert.Equal(5, await Context.CallSubOrchestratorAsync<int>("Deliver", options));
        mock.Verify(context => context.CallActivityAsync<object>("Remind", null, options), Times.Once);
        mock.Verify(context => context.CallSubOrchestratorAsync<object>("Reissue", null, options), Times.Once);
    }

    [Fact]
    public void Continuing_as_new_by_options_hands_on_input_and_events()
    {
        Context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 3, PreserveUnprocessedEvents = false });
        Context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 4 });

        mock.Verify(context => context.ContinueAsNew(3, false), Times.Once);
        mock.Verify(context => context.ContinueAsNew(4, true), Times.Once);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.0", "", 1)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("2.0", "1.10", 1)]
    [InlineData("Spring", "spring", 0)]
    [InlineData("1.0", "spring", -1)]
    public void Versions_compare_by_their_numbers_or_else_as_text(string own, string other, int expected)
    {
        mock.Setup(context => context.Version).Returns(own);

        Assert.Equal(expected, Math.Sign(Context.CompareVersionTo(other)));
    }
}
