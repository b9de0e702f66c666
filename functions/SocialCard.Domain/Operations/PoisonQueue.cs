using System.Text.RegularExpressions;

namespace SocialCard.Domain.Operations;

/// <summary>
/// What operations have done with the messages of a queue that could not be processed. The messages themselves lie in the queue's poison
/// queue; here is who sent them back or threw them away, and why.
/// </summary>
public sealed partial record PoisonQueue : IAggregate<PoisonQueue>
{
    /// <summary>The table of what was done, by queue.</summary>
    public static string Table => "PoisonQueues";

    /// <summary>The queue that the messages came from.</summary>
    public required string Name { get; init; }

    /// <summary>How often one message was sent back.</summary>
    public int Returned { get; init; }

    /// <summary>How often all that lay there were sent back.</summary>
    public int ReturnedAll { get; init; }

    /// <summary>How many were thrown away.</summary>
    public int Discarded { get; init; }

    static string IAggregate<PoisonQueue>.Kind => "poison-queue";

    static Refusal IAggregate<PoisonQueue>.NotFound => PoisonQueueRefusals.NotFound;

    static string? IAggregate<PoisonQueue>.KeyOf(string text) => Form().IsMatch(text) ? text : null;

    string IAggregate<PoisonQueue>.Key => Name;

    string IAggregate<PoisonQueue>.MaskedKey => Name;

    string IAggregate<PoisonQueue>.RegionCode => RegionLevel.WholeCountry;

    IEnumerable<KeyValuePair<string, string>> IAggregate<PoisonQueue>.Columns => [];

    /// <summary>A message goes back to the queue that it came from.</summary>
    /// <param name="messageId">The message, as the storage names it.</param>
    public Decision<PoisonQueue> Return(string messageId) =>
        Decision.Changed(this with { Returned = Returned + 1 }, new PoisonMessageReturned(messageId));

    /// <summary>All messages go back to the queue that they came from.</summary>
    /// <param name="messages">How many there are, as far as the storage knows.</param>
    public Decision<PoisonQueue> ReturnAll(int messages) => messages == 0 ? Decision.Unchanged(this)
        : Decision.Changed(this with { ReturnedAll = ReturnedAll + 1 }, new PoisonMessagesReturned(messages));

    /// <summary>A message is thrown away.</summary>
    /// <param name="messageId">The message, as the storage names it.</param>
    /// <param name="reason">Why.</param>
    public Decision<PoisonQueue> Discard(string messageId, Reason reason) =>
        Decision.Changed(this with { Discarded = Discarded + 1 }, new PoisonMessageDiscarded(messageId, reason));

    bool IAggregate<PoisonQueue>.IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Operations;
    }

    Decision<PoisonQueue> IAggregate<PoisonQueue>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);

    [GeneratedRegex(@"^[a-z0-9-]{3,63}\z")]
    private static partial Regex Form();
}
