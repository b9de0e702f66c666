namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>Tells those who wait for an instance that a turn of it was stored.</summary>
internal sealed class InstanceWatch
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Changed, int Waiting)> watched = [];

    /// <summary>Reads until what is read satisfies; between two readings waits for a change of the instance.</summary>
    public async Task<T> WaitAsync<T>(
        string instanceId, Func<Task<T>> read, Func<T, bool> satisfies, TimeSpan timeout, params CancellationToken[] cancellations)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellations);
        if (timeout != Timeout.InfiniteTimeSpan)
            ending.CancelAfter(timeout);
        while (true)
        {
            Task changed = Enter(instanceId);
            try
            {
                T value = await read().WaitAsync(ending.Token);
                if (satisfies(value))
                    return value;
                await changed.WaitAsync(ending.Token);
            }
            finally
            {
                Leave(instanceId, changed);
            }
        }
    }

    public void Signal(string instanceId)
    {
        TaskCompletionSource changed;
        lock (gate)
        {
            if (!watched.Remove(instanceId, out (TaskCompletionSource Changed, int Waiting) entry))
                return;
            changed = entry.Changed;
        }

        changed.TrySetResult();
    }

    private Task Enter(string instanceId)
    {
        lock (gate)
        {
            (TaskCompletionSource Changed, int Waiting) entry = watched.GetValueOrDefault(instanceId);
            entry = (entry.Changed ?? new(TaskCreationOptions.RunContinuationsAsynchronously), entry.Waiting + 1);
            watched[instanceId] = entry;
            return entry.Changed.Task;
        }
    }

    private void Leave(string instanceId, Task changed)
    {
        lock (gate)
        {
            if (!watched.TryGetValue(instanceId, out (TaskCompletionSource Changed, int Waiting) entry) || entry.Changed.Task != changed)
                return;
            if (entry.Waiting == 1)
                watched.Remove(instanceId);
            else
                watched[instanceId] = (entry.Changed, entry.Waiting - 1);
        }
    }
}
