using System.Threading.Channels;
using DurableTask.Core;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>
/// What comes into an instance's inbox: a message, or word of something that was to be done, or nothing but a reason to look.
/// </summary>
internal sealed class Arrival
{
    private readonly TaskCompletionSource<Exception?> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskMessage? Message { get; init; }

    /// <summary>What of the receiver's own list has come to its end with this.</summary>
    public string? Done { get; init; }

    /// <summary>The key of the message in its sender's list; null where no instance sent it.</summary>
    public string? Key { get; init; }

    /// <summary>The statuses in which an instance is not replaced by this start.</summary>
    public OrchestrationStatus[] Kept { get; init; } =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    /// <summary>Whether the instance is to be deleted.</summary>
    public bool Purges { get; init; }

    /// <summary>
    /// Whether a client waits, who hears of a failure and may try again; what the hub sends itself is tried until it is stored.
    /// </summary>
    public bool IsClients { get; init; }

    /// <summary>The instance as it was stored before the outcome; null where there is none.</summary>
    public OrchestrationState? Found { get; set; }

    /// <summary>Completes when what the arrival means is stored: with null, or with the reason for which it is refused.</summary>
    public Task<Exception?> Outcome => outcome.Task;
    public void Answer(Exception? refusal) => outcome.TrySetResult(refusal);
    public void Cancel() => outcome.TrySetCanceled();
}

/// <summary>
/// An instance in memory: its inbox and, while it is loaded, its state as it was stored last. Its turns are taken one at a time.
/// </summary>
internal sealed class InstanceActor(string id)
{
    public string Id => id;
    public Instance? Instance { get; set; }

    /// <summary>The instance for readers, who do not wait for its turn.</summary>
    public OrchestrationState? Description { get; set; }

    /// <summary>Whether the table may have rows of the instance, so that a start must look at them first.</summary>
    public bool MayExist { get; set; }

    /// <summary>What the instance has to be done that is under way in this process.</summary>
    public HashSet<string> UnderWay { get; } = [];

    /// <summary>How many attempts to take the present turn have failed.</summary>
    public int Failures { get; set; }
    internal List<Arrival> Inbox { get; set; } = [];
    internal bool IsScheduled { get; set; }
    internal LinkedListNode<InstanceActor>? Place { get; set; }
}

/// <summary>
/// The instances in memory. One with arrivals is handed to a worker; one without stays loaded while it is among the most recently used.
/// </summary>
internal sealed class InstanceActors(int capacity, Quiescence quiescence)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, InstanceActor> actors = [];
    private readonly LinkedList<InstanceActor> resting = new();
    private readonly Channel<InstanceActor> ready = Channel.CreateUnbounded<InstanceActor>();
    private bool closed;

    /// <summary>The instances that have arrivals, in the order in which they got the first one.</summary>
    public ChannelReader<InstanceActor> Ready => ready.Reader;

    public int Count => actors.Count;

    /// <summary>Puts something into an instance's inbox; after the hub was closed it is cancelled.</summary>
    public void Post(string instanceId, Arrival arrival)
    {
        lock (gate)
        {
            if (!actors.TryGetValue(instanceId, out InstanceActor? actor))
            {
                actors.Add(instanceId, actor = new(instanceId));
            }

            Put(actor, actor.Inbox.Count, [arrival]);
            Schedule(actor);
        }
    }

    public OrchestrationState? Find(string instanceId)
    {
        lock (gate)
        {
            return actors.GetValueOrDefault(instanceId)?.Description;
        }
    }

    public List<Arrival> TakeInbox(InstanceActor actor)
    {
        lock (gate)
        {
            List<Arrival> taken = actor.Inbox;
            actor.Inbox = [];
            return taken;
        }
    }

    /// <summary>Ends a turn. Arrivals that it left, and those that came meanwhile, make the next one.</summary>
    public void EndTurn(InstanceActor actor, IReadOnlyList<Arrival> left)
    {
        lock (gate)
        {
            Put(actor, 0, left);
            actor.IsScheduled = false;
            Schedule(actor);
            if (!actor.IsScheduled)
            {
                Rest(actor);
            }
        }

        quiescence.Exit();
    }

    /// <summary>Puts arrivals back and hands the instance to a worker again; the turn stays the actor's.</summary>
    public void Repeat(InstanceActor actor, IReadOnlyList<Arrival> left)
    {
        lock (gate)
        {
            Put(actor, 0, left);
        }

        ready.Writer.TryWrite(actor);
    }

    /// <summary>Takes nothing more, and cancels what no turn has taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (InstanceActor actor in actors.Values)
            {
                actor.Inbox.ForEach(arrival => arrival.Cancel());
                actor.Inbox = [];
            }
        }
    }

    private void Put(InstanceActor actor, int place, IReadOnlyList<Arrival> arrivals)
    {
        if (!closed)
        {
            actor.Inbox.InsertRange(place, arrivals);
            return;
        }

        foreach (Arrival arrival in arrivals)
        {
            arrival.Cancel();
        }
    }

    private void Schedule(InstanceActor actor)
    {
        if (actor.IsScheduled || actor.Inbox.Count == 0)
        {
            return;
        }

        actor.IsScheduled = true;
        if (actor.Place is { } place)
        {
            resting.Remove(place);
        }

        actor.Place = null;
        quiescence.Enter();
        ready.Writer.TryWrite(actor);
    }

    private void Rest(InstanceActor actor)
    {
        actor.Place = resting.AddFirst(actor);
        while (resting.Count > capacity)
        {
            InstanceActor evicted = resting.Last!.Value;
            resting.RemoveLast();
            evicted.Place = null;

            // What is noted in memory only goes with the next stored turn, so it has to stay until then.
            if (evicted.Instance is { Unwritten.Length: > 0 })
            {
                continue;
            }

            evicted.Instance = null;
            evicted.Description = null;
            evicted.MayExist = true;
            if (evicted.UnderWay.Count == 0)
            {
                actors.Remove(evicted.Id);
            }
        }
    }
}
