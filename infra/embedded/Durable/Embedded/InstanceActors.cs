using System.Threading.Channels;
using DurableTask.Core;

namespace SocialCard.Embedded.Durable.Embedded;

/// <summary>An instance in memory: its inbox and, while it is loaded, its state. Its turns are taken one at a time.</summary>
internal sealed class InstanceActor(string id)
{
    public string Id => id;

    /// <summary>The state as it was stored last; null while it is not loaded. Only the turn changes it.</summary>
    public Instance? Instance { get; set; }

    /// <summary>The instance as of its last stored turn, for readers; null while it is not loaded.</summary>
    public OrchestrationState? Description { get; set; }

    /// <summary>Whether the table is known to have rows of the instance, so that a start must look at them first.</summary>
    public bool MayExist { get; set; }

    /// <summary>What the instance has to be done that is under way in this process. Only the turn touches it.</summary>
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

    /// <summary>How many instances are in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return actors.Count;
        }
    }

    /// <summary>Puts something into an instance's inbox; after the hub was closed it is cancelled.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="arrival">What comes.</param>
    /// <param name="first">Whether it goes before what waits already.</param>
    public void Post(string instanceId, Arrival arrival, bool first = false)
    {
        lock (gate)
        {
            if (!closed)
            {
                if (!actors.TryGetValue(instanceId, out InstanceActor? actor))
                    actors.Add(instanceId, actor = new(instanceId));
                actor.Inbox.Insert(first ? 0 : actor.Inbox.Count, arrival);
                Schedule(actor);
                return;
            }
        }

        arrival.Cancel();
    }

    public OrchestrationState? Find(string instanceId)
    {
        lock (gate)
            return actors.GetValueOrDefault(instanceId)?.Description;
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
            PutBack(actor, left);
            actor.IsScheduled = false;
            if (actor.Inbox.Count > 0)
                Schedule(actor);
            else
                Rest(actor);
        }

        quiescence.Exit();
    }

    /// <summary>Puts arrivals back and hands the instance to a worker again; the turn stays the actor's.</summary>
    public void Repeat(InstanceActor actor, IReadOnlyList<Arrival> left)
    {
        lock (gate)
            PutBack(actor, left);
        ready.Writer.TryWrite(actor);
    }

    /// <summary>Takes nothing more, and cancels what no turn has taken.</summary>
    public void Close()
    {
        List<Arrival> abandoned = [];
        lock (gate)
        {
            closed = true;
            foreach (InstanceActor actor in actors.Values)
            {
                abandoned.AddRange(actor.Inbox);
                actor.Inbox = [];
            }
        }

        abandoned.ForEach(arrival => arrival.Cancel());
    }

    private void PutBack(InstanceActor actor, IReadOnlyList<Arrival> left)
    {
        if (!closed)
        {
            actor.Inbox.InsertRange(0, left);
            return;
        }

        foreach (Arrival arrival in left)
            arrival.Cancel();
    }

    private void Schedule(InstanceActor actor)
    {
        if (actor.IsScheduled)
            return;
        actor.IsScheduled = true;
        if (actor.Place is { } place)
        {
            resting.Remove(place);
            actor.Place = null;
        }

        quiescence.Enter();
        ready.Writer.TryWrite(actor);
    }

    private void Rest(InstanceActor actor)
    {
        actor.Place = resting.AddFirst(actor);
        while (resting.Count > capacity && resting.Last is { } oldest)
        {
            resting.Remove(oldest);
            InstanceActor evicted = oldest.Value;
            evicted.Place = null;

            // What is noted in memory only goes with the next stored turn, so it has to stay until then.
            if (evicted.Instance is { Unwritten.Count: > 0 })
                continue;
            evicted.Instance = null;
            evicted.Description = null;
            evicted.MayExist = true;
            if (evicted.UnderWay.Count == 0)
                actors.Remove(evicted.Id);
        }
    }
}
