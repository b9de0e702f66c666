namespace SocialCard.Functions.Storage;

/// <summary>
/// What is kept beside the aggregates to be read in another way, such as a list of some of them; the outbox brings it up to date.
/// </summary>
public interface IProjection
{
    /// <summary>The name that <see cref="OutboxMessage.Target"/> has for it.</summary>
    string Name { get; }

    /// <summary>Takes over where an aggregate stands; once, however often it is delivered and in whatever order.</summary>
    /// <param name="standing">Where it stands after the change, as JSON.</param>
    /// <param name="sequence">The number of the aggregate's last event at the change.</param>
    /// <param name="cancellation">Stops the work; the message is delivered again.</param>
    Task TakeAsync(string standing, long sequence, CancellationToken cancellation);

    /// <summary>
    /// Brings the list up to where the aggregate is by now. It is called after a change was taken over that may have been overtaken by a
    /// later one, for a projection that cannot tell by itself.
    /// </summary>
    /// <param name="standing">Where the aggregate stood after the change, as JSON.</param>
    /// <param name="sequence">The number of the aggregate's last event at the change.</param>
    /// <param name="cancellation">Stops the work; the message is delivered again.</param>
    Task SettleAsync(string standing, long sequence, CancellationToken cancellation) => Task.CompletedTask;
}
