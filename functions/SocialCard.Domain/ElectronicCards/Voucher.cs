namespace SocialCard.Domain.ElectronicCards;

/// <summary>What a voucher's token holds.</summary>
/// <param name="ElectronicCardId">Whose it is.</param>
/// <param name="Id">Its own id.</param>
/// <param name="ExpiresAt">When its time is over; whole milliseconds.</param>
/// <param name="IsAuthorised">Whether the guardian has said that the card be used while the physical one is lost or locked.</param>
public sealed record Voucher(string ElectronicCardId, string Id, DateTimeOffset ExpiresAt, bool IsAuthorised);

/// <summary>A voucher that was checked.</summary>
/// <param name="VoucherId">Which one.</param>
/// <param name="ExpiresAt">When its time is over.</param>
public sealed record UsedVoucher(string VoucherId, DateTimeOffset ExpiresAt);
