namespace SocialCard.Embedded.Durable;

/// <summary>
/// Runs an orchestrator's code on the one thread that takes the turn, first come, first served: the same inputs give the same order of
/// continuations. What another thread tries to continue here is refused and remembered, because its moment would differ in a replay.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<Task> ready = new();
    private readonly TurnContext context;
    private int thread;
    private volatile bool enteredFromOutside;

    public TurnScheduler() => context = new(this);

    /// <summary>Whether the caller runs inside the turn.</summary>
    public bool IsCurrent => Volatile.Read(ref thread) == Environment.CurrentManagedThreadId;

    /// <summary>Whether a thread outside the turn tried to continue the orchestrator.</summary>
    public bool EnteredFromOutside => enteredFromOutside;

    /// <summary>An exception that no task carries (an <c>async void</c> method's).</summary>
    public Exception? Unobserved { get; private set; }

    /// <summary>Runs an action and everything it makes ready, until nothing is.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        Volatile.Write(ref thread, Environment.CurrentManagedThreadId);
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            action();
            while (ready.TryDequeue(out Task? task))
                TryExecuteTask(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
            Volatile.Write(ref thread, 0);
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsCurrent)
            ready.Enqueue(task);
        else
            enteredFromOutside = true;
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => IsCurrent && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. ready];

    private sealed class TurnContext(TurnScheduler scheduler) : SynchronizationContext
    {
        // As a task of the scheduler, so that TaskScheduler.Current stays inside for Task.Factory and ContinueWith.
        public override void Post(SendOrPostCallback d, object? state) => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    d(state);
                }
#pragma warning disable CA1031 // Whatever it is, it fails the orchestrator.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    scheduler.Unobserved ??= exception;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            scheduler);

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
