namespace SocialCard.Domain.BankSuccessions;

/// <summary>A bank takes over another with all its cards, which move one by one.</summary>
/// <param name="BankId">The bank that was taken over; a bank is taken over once.</param>
/// <param name="Successor">The bank that takes it over.</param>
/// <param name="StartedAt">When it was told.</param>
/// <param name="Moved">How many cards have moved.</param>
/// <param name="CompletedAt">When no card was left; null until then.</param>
public sealed record BankSuccession(
    string BankId, string Successor, DateTimeOffset StartedAt, int Moved = 0, DateTimeOffset? CompletedAt = null);
