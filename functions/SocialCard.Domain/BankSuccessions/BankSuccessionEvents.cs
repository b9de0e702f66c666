namespace SocialCard.Domain.BankSuccessions;

/// <summary>A bank takes over another.</summary>
/// <param name="BankId">The bank that was taken over.</param>
/// <param name="Successor">The bank that takes it over.</param>
public sealed record BankSuccessionBegun(string BankId, string Successor) : DomainEvent("bankSuccessionBegun");

/// <summary>Cards have moved.</summary>
/// <param name="BankId">The bank that was taken over.</param>
/// <param name="Moved">How many.</param>
public sealed record BankCardsMoved(string BankId, int Moved) : DomainEvent("bankCardsMoved");

/// <summary>No card is left.</summary>
/// <param name="BankId">The bank that was taken over.</param>
/// <param name="Moved">How many have moved in all.</param>
public sealed record BankSuccessionCompleted(string BankId, int Moved) : DomainEvent("bankSuccessionCompleted");
