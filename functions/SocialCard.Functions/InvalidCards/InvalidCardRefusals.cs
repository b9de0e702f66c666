namespace SocialCard.Functions.InvalidCards;

/// <summary>Why the invalid-card list is not read on.</summary>
public static class InvalidCardRefusals
{
    /// <summary>The reader has seen changes that this list does not have, or another list.</summary>
    public static Refusal CursorUnknown { get; } = new(
        RefusedBy.Loss,
        "cursor-unknown",
        "The list does not have what you have seen of it: it was restored. Drop your copy and begin again with after=0, without an epoch.");
}
