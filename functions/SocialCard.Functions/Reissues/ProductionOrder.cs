namespace SocialCard.Functions.Reissues;

/// <summary>
/// The order to make a new card, on the queue <c>production-orders</c>. A queue delivers at least once: whoever makes cards
/// makes one for each <paramref name="OrderId"/>, however often the order comes. It holds no personal data; the bank has the
/// holder's with the old card.
/// </summary>
/// <param name="OrderId">The same for every delivery of the order, another for a repeated production.</param>
/// <param name="ReissueId">What <c>card.produced</c> and <c>card.production.failed</c> name.</param>
/// <param name="CardNumber">The old card.</param>
/// <param name="BankId">The bank that makes the card.</param>
/// <param name="Delivery">How the new card reaches its holder.</param>
/// <param name="Attempt">The how manieth order of the reissue.</param>
public sealed record ProductionOrder(
    string OrderId, string ReissueId, CardNumber CardNumber, string BankId, CardDelivery Delivery, int Attempt)
{
    /// <summary>The queue that the banks' gateway reads.</summary>
    public const string Queue = "production-orders";
}
