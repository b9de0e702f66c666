namespace SocialCard.Embedded;

/// <summary>Counts what is under way, and says when nothing is.</summary>
internal sealed class Quiescence
{
    private readonly Lock gate = new();
    private TaskCompletionSource settled = new();
    private int underWay;

    public bool IsIdle => Volatile.Read(ref underWay) == 0;

    public void Enter()
    {
        lock (gate)
        {
            if (underWay++ == 0)
            {
                settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void Exit()
    {
        lock (gate)
        {
            if (--underWay == 0)
            {
                settled.SetResult();
            }
        }
    }

    public Task WhenIdleAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return underWay == 0 ? Task.CompletedTask : settled.Task.WaitAsync(cancellation);
        }
    }
}
