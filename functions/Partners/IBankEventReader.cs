using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Cards;

namespace SocialCard.Partners;

/// <summary>Understands the bank events of a capability.</summary>
public interface IBankEventReader
{
    /// <summary>What an event asks of which card; null if its type is not one of the capability's.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="bank">The bank that sent it.</param>
    /// <param name="cancellation">Stops reading.</param>
    Task<BankEventReading?> ReadAsync(BankEvent envelope, Partner bank, CancellationToken cancellation);
}

/// <summary>What a bank event asks of which card, or what is wrong with it.</summary>
/// <param name="CardNumber">The card.</param>
/// <param name="Decide">The card's decision at a time.</param>
/// <param name="Invalid">What is wrong; null if nothing is.</param>
public sealed record BankEventReading(
    CardNumber CardNumber, Func<Card, DateTimeOffset, Decision>? Decide, ProblemHttpResult? Invalid = null)
{
#pragma warning disable CA2225 // The named alternative is the constructor.
    /// <summary>The event cannot be used.</summary>
    public static implicit operator BankEventReading(ProblemHttpResult invalid) => new(default, null, invalid);
#pragma warning restore CA2225
}
