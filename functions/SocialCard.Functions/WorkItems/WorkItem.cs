using SocialCard.Domain.Employers;

namespace SocialCard.Functions.WorkItems;

/// <summary>What there is to do at a desk.</summary>
public enum WorkItemKind
{
    /// <summary>An employer's registration is to be decided.</summary>
    EmployerReview,

    /// <summary>The market regulator has told of an employer's founding or end, and the employer has not registered it.</summary>
    EmployerUnregistered,

    /// <summary>A child's electronic card is to be decided.</summary>
    ElectronicCardReview,

    /// <summary>A member of a family waits for the end of the review.</summary>
    FamilyReview,

    /// <summary>A new card is later than its holder was promised.</summary>
    ProductionOverdue,

    /// <summary>Operations were told of something, and it is still so.</summary>
    Escalation,

    /// <summary>A card waits for its holder.</summary>
    UnclaimedCard,

    /// <summary>A person has two cards of one province in use: one of them is to end.</summary>
    SecondCard,

    /// <summary>A newborn has no card yet.</summary>
    NewbornCard,
}

/// <summary>Something that waits to be done: as much as a desk needs to find it. It holds nothing personal.</summary>
/// <param name="Kind">What there is to do.</param>
/// <param name="Id">Names it within its kind: the key of the aggregate that it is about, and what distinguishes it there.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
/// <param name="Since">Since when it waits; it never changes while the item is open.</param>
/// <param name="DueAt">When something falls due; null where nothing does.</param>
public sealed record WorkItem(WorkItemKind Kind, string Id, string RegionCode, DateTimeOffset Since, DateTimeOffset? DueAt)
{
    /// <summary>The bank that has a part in it; null where none has.</summary>
    public string? BankId { get; init; }

    /// <summary>The card that it is about.</summary>
    public CardNumber? CardNumber { get; init; }

    /// <summary>The card beside it, where two are too many.</summary>
    public CardNumber? OtherCardNumber { get; init; }

    /// <summary>The holder that it is about, where he has no card.</summary>
    public string? HolderId { get; init; }

    /// <summary>The employer that it is about.</summary>
    public string? EmployerCode { get; init; }

    /// <summary>The electronic card that it is about.</summary>
    public string? ElectronicCardId { get; init; }

    /// <summary>The member of the family that it is about.</summary>
    public string? MemberId { get; init; }

    /// <summary>The reissue that it is about.</summary>
    public string? ReissueId { get; init; }

    /// <summary>What an employer has not registered.</summary>
    public EmployerDuty? Duty { get; init; }

    /// <summary>What operations were told.</summary>
    public EscalationKind? Escalation { get; init; }
}
