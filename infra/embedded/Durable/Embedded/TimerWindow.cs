namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>The next timer of every instance whose timer falls due until the window's horizon. Later ones are only rows.</summary>
internal sealed class TimerWindow : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTime> dues = [];
    private readonly PriorityQueue<string, DateTime> order = new();
    private readonly SemaphoreSlim earlier = new(0, 1);
    private DateTime horizon = DateTime.MinValue;

    /// <summary>Up to when the timers are held in memory.</summary>
    public DateTime Horizon
    {
        get
        {
            lock (gate)
                return horizon;
        }

        set
        {
            lock (gate)
                horizon = value > horizon ? value : horizon;
        }
    }

    /// <summary>When the next timer falls due; null while the window is empty.</summary>
    public DateTime? NextDue
    {
        get
        {
            lock (gate)
                return DropStale() ? dues[order.Peek()] : null;
        }
    }

    /// <summary>Notes the next timer of an instance, or that it has none.</summary>
    public void Set(string instanceId, DateTime? due)
    {
        lock (gate)
        {
            if (due is not { } instant || instant > horizon)
            {
                dues.Remove(instanceId);
                return;
            }

            if (dues.TryGetValue(instanceId, out DateTime known) && known == instant)
                return;
            bool isNext = !DropStale() || instant < dues[order.Peek()];
            dues[instanceId] = instant;
            order.Enqueue(instanceId, instant);
            if (isNext && earlier.CurrentCount == 0)
                earlier.Release();
        }
    }

    /// <summary>Takes out the instances whose timer is due.</summary>
    public List<string> TakeDue(DateTime now)
    {
        List<string> due = [];
        lock (gate)
        {
            while (DropStale() && dues[order.Peek()] <= now)
            {
                string instanceId = order.Dequeue();
                dues.Remove(instanceId);
                due.Add(instanceId);
            }
        }

        return due;
    }

    /// <summary>Waits, at most for a time, until the next timer is an earlier one or the clock was moved.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => earlier.WaitAsync(atMost, cancellation);

    /// <summary>Ends the wait, because the clock was moved.</summary>
    public void Nudge()
    {
        lock (gate)
        {
            if (earlier.CurrentCount == 0)
                earlier.Release();
        }
    }

    public void Dispose() => earlier.Dispose();

    // An entry of the order whose instance has moved on is passed over when it comes up.
    private bool DropStale()
    {
        while (order.TryPeek(out string? instanceId, out DateTime due))
        {
            if (dues.TryGetValue(instanceId, out DateTime current) && current == due)
                return true;
            order.Dequeue();
        }

        return false;
    }
}
