namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>Counts what is under way, and says when nothing is.</summary>
internal sealed class Quiescence
{
    private readonly Lock gate = new();
    private int underWay;
    private TaskCompletionSource? settled;

    public bool IsIdle
    {
        get
        {
            lock (gate)
                return underWay == 0;
        }
    }

    public void Enter()
    {
        lock (gate)
            underWay++;
    }

    public void Exit()
    {
        TaskCompletionSource? waiting = null;
        lock (gate)
        {
            if (--underWay == 0)
                (waiting, settled) = (settled, null);
        }

        waiting?.SetResult();
    }

    public Task WhenIdleAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (underWay == 0)
                return Task.CompletedTask;
            settled ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return settled.Task.WaitAsync(cancellation);
        }
    }
}
