namespace SocialCard.Domain.Employers;

/// <summary>A registered change.</summary>
/// <param name="ChangeId">Its id.</param>
/// <param name="Fields">Which facts changed.</param>
/// <param name="ChangedOn">The local day of the change.</param>
/// <param name="DaysLate">How many days after the thirty it was registered; 0 in time.</param>
/// <param name="RegisteredAt">When it was registered.</param>
/// <example>
/// {
///   "changeId": "82e460941cbbf5c3", "fields": ["name"], "changedOn": "2026-11-24", "daysLate": 0,
///   "registeredAt": "2026-12-11T14:49:44Z"
/// }
/// </example>
public sealed record EmployerChange(
    string ChangeId, IReadOnlyList<string> Fields, DateOnly ChangedOn, int DaysLate, DateTimeOffset RegisteredAt)
{
    /// <summary>The kind of document that keeps it.</summary>
    public const string Document = "change";
}
