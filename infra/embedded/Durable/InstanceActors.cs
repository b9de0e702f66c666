using System.Threading.Channels;
using Microsoft.DurableTask.Client;

namespace SocialCard.Embedded.Durable;

/// <summary>An instance in memory: its inbox and, while it is loaded, its state. Its turns are taken one at a time.</summary>
internal sealed class InstanceActor(string id)
{
    public string Id => id;

    /// <summary>The state as it was stored last; null while it is not loaded. Only the turn touches it.</summary>
    public Instance? Instance { get; set; }

    /// <summary>The instance's description as of its last stored turn, for readers; null while it is not loaded.</summary>
    public OrchestrationMetadata? Description { get; set; }

    /// <summary>The activities and messages of the instance that are under way in this process. Only the turn touches it.</summary>
    public HashSet<string> UnderWay { get; } = [];

    /// <summary>How many attempts to take the present turn have failed.</summary>
    public int Failures { get; set; }

    internal List<Message> Inbox { get; set; } = [];

    internal bool IsScheduled { get; set; }

    internal LinkedListNode<InstanceActor>? Place { get; set; }
}

/// <summary>
/// The instances in memory. One with messages is handed to a worker; one without stays loaded while it is among the most recently used.
/// </summary>
internal sealed class InstanceActors(int capacity, Quiescence quiescence)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, InstanceActor> actors = [];
    private readonly LinkedList<InstanceActor> resting = new();
    private readonly Channel<InstanceActor> ready = Channel.CreateUnbounded<InstanceActor>();
    private bool closed;

    /// <summary>The instances that have messages, in the order in which they got the first one.</summary>
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

    /// <summary>Puts a message into an instance's inbox; after the engine has stopped it is cancelled.</summary>
    public void Post(string instanceId, Message message)
    {
        lock (gate)
        {
            if (!closed)
            {
                if (!actors.TryGetValue(instanceId, out InstanceActor? actor))
                    actors.Add(instanceId, actor = new(instanceId));
                actor.Inbox.Add(message);
                Schedule(actor);
                return;
            }
        }

        message.Cancel();
    }

    public OrchestrationMetadata? Find(string instanceId)
    {
        lock (gate)
            return actors.GetValueOrDefault(instanceId)?.Description;
    }

    public List<Message> TakeInbox(InstanceActor actor)
    {
        lock (gate)
        {
            List<Message> taken = actor.Inbox;
            actor.Inbox = [];
            return taken;
        }
    }

    /// <summary>Ends a turn. Messages that it left, and those that came meanwhile, make the next one.</summary>
    public void EndTurn(InstanceActor actor, IReadOnlyList<Message> left)
    {
        lock (gate)
        {
            actor.Inbox.InsertRange(0, left);
            actor.IsScheduled = false;
            if (actor.Inbox.Count > 0 && !closed)
                Schedule(actor);
            else
                Rest(actor);
        }

        quiescence.Exit();
    }

    /// <summary>Puts messages back and hands the instance to a worker again; the turn stays the actor's.</summary>
    public void Repeat(InstanceActor actor, IReadOnlyList<Message> left)
    {
        lock (gate)
            actor.Inbox.InsertRange(0, left);
        ready.Writer.TryWrite(actor);
    }

    /// <summary>Takes no more messages, and cancels those that no turn has taken.</summary>
    public void Close()
    {
        List<Message> abandoned = [];
        lock (gate)
        {
            closed = true;
            foreach (InstanceActor actor in actors.Values)
            {
                abandoned.AddRange(actor.Inbox);
                actor.Inbox = [];
            }
        }

        ready.Writer.TryComplete();
        abandoned.ForEach(message => message.Cancel());
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
            if (evicted.Instance is { } instance && instance.History.Count > instance.Row.Written)
                continue;
            evicted.Instance = null;
            evicted.Description = null;
            if (evicted.UnderWay.Count == 0)
                actors.Remove(evicted.Id);
        }
    }
}
