namespace SocialCard.Functions.Storage;

/// <summary>Looks at what a change sends, and adds what is to be kept of that.</summary>
public interface IMessageFollower
{
    /// <summary>What goes with a message; null for nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="regionCode">Where the aggregate belongs that changed, by GB/T 2260.</param>
    OutboxMessage? Follow(OutboxMessage message, string regionCode);
}
