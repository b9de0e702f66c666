using System.Net;

namespace SocialCard.EndToEnd.Crash;

/// <summary>What the host can be in the middle of when it dies.</summary>
internal enum Work
{
    Request,
    Webhook,
    QueueMessage,
    ClockMove,
}

/// <summary>
/// A host that is killed again and again, or several of them on one storage, as their callers see it: they send what was not answered
/// again, to whichever lives, until it is. They never learn more of a death than a broken connection.
/// </summary>
internal sealed class MortalHost(params IReadOnlyList<Service> services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TaskCompletionSource[] begun = [.. Enum.GetValues<Work>().Select(_ => NewSignal())];
    private readonly TaskCompletionSource[] up = [.. services.Select(_ => Completed())];
    private int unanswered;
    private int turn;

    /// <summary>How often it has died.</summary>
    public int Deaths { get; private set; }

    /// <summary>How many requests got no answer because the host died.</summary>
    public int Unanswered => unanswered;

    /// <summary>
    /// Sends a request until it is answered. A bank also repeats a refused signature: the clock has moved since it signed.
    /// </summary>
    public async Task<Answer> AnswerAsync(Work work, Func<Service, Task<Answer>> send)
    {
        while (true)
        {
            var answer = await ReadAsync(service =>
            {
                Begin(work);
                return send(service);
            });
            if (answer.Status is not HttpStatusCode.ServiceUnavailable
                && !(work is Work.Webhook && answer.Status is HttpStatusCode.Unauthorized))
            {
                return answer;
            }
        }
    }

    /// <summary>Asks until an answer comes.</summary>
    public async Task<T> ReadAsync<T>(Func<Service, Task<T>> ask)
    {
        while (true)
        {
            var service = await NextAliveAsync();
            try
            {
                return await ask(service);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref unanswered);
            }
        }
    }

    /// <summary>Notes that a work has begun.</summary>
    public void Begin(Work work) => Interlocked.Exchange(ref begun[(int)work], NewSignal()).SetResult();

    /// <summary>Completes when a work begins for the given time from now on.</summary>
    public async Task BegunAsync(Work work, int times)
    {
        for (; times > 0; times--)
        {
            await Volatile.Read(ref begun[(int)work]).Task;
        }
    }

    /// <summary>Kills a host and starts it again; on demand, it dies once more on the way up.</summary>
    public async Task DieAsync(int number = 0, TimeSpan? secondDeath = null)
    {
        var service = services[number];
        Volatile.Write(ref up[number], NewSignal());
        await KillAsync(service);
        if (secondDeath is { } after)
        {
            var start = service.RestartAsync();
            if (await Task.WhenAny(start, Task.Delay(after)) != start)
            {
                await KillAsync(service);
                await Assert.ThrowsAsync<InvalidOperationException>(() => start);
                start = service.RestartAsync();
            }

            await start;
        }
        else
        {
            await service.RestartAsync();
        }

        up[number].SetResult();
    }

    /// <summary>The hosts in turn, without those that are down.</summary>
    private async Task<Service> NextAliveAsync()
    {
        var first = Interlocked.Increment(ref turn);
        var lives = Enumerable.Range(first, services.Count).Select(number => number % services.Count).ToList();
        var signals = lives.ConvertAll(number => Volatile.Read(ref up[number]).Task);
        await Task.WhenAny(signals).WaitAsync(Patience);
        return services[lives[signals.FindIndex(signal => signal.IsCompleted)]];
    }

    private async Task KillAsync(Service service)
    {
        Deaths++;
        await service.KillAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Completed()
    {
        var signal = NewSignal();
        signal.SetResult();
        return signal;
    }
}
