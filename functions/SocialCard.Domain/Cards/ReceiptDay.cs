namespace SocialCard.Domain.Cards;

/// <summary>Which days a receipt may be registered for.</summary>
public static class ReceiptDay
{
    /// <summary>A card is valid for ten years (Hainan 2013, Nanjing, Shaoguan, Yiwu), so an older receipt is a slip of the pen.</summary>
    public const int ValidityYears = 10;

    /// <summary>What is wrong with a day of receipt; null if nothing is.</summary>
    public static string? Fault(DateOnly receivedOn, DateOnly today) =>
        receivedOn > today ? "The day of receipt is in the future."
        : receivedOn < today.AddYears(-ValidityYears) ? $"The day of receipt is more than {ValidityYears} years ago."
        : null;
}
