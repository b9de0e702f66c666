namespace SocialCard.Domain.ElectronicCards;

/// <summary>A notice that was read and accepted.</summary>
/// <param name="Version">Which one.</param>
/// <param name="AcceptedAt">When.</param>
public sealed record NoticeAcceptance(string Version, DateTimeOffset AcceptedAt);
