namespace SocialCard.Functions.Storage;

/// <summary>Time for what a workflow has waited for.</summary>
internal static class ClockExtensions
{
    /// <summary>The time, or the moment that has come, where this clock has not come to it yet.</summary>
    public static DateTimeOffset GetUtcNow(this TimeProvider clock, DateTimeOffset asOf) =>
        clock.GetUtcNow() is var now && now < asOf ? asOf : now;
}
