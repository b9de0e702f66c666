namespace SocialCard.Domain.Cards;

/// <summary>Under which insurance somebody is treated.</summary>
public enum ReferralKind
{
    /// <summary>Medical insurance.</summary>
    Medical,

    /// <summary>Work-injury insurance.</summary>
    WorkInjury,

    /// <summary>Maternity insurance.</summary>
    Maternity,
}

/// <summary>How a treatment is paid for.</summary>
public enum SettlementType
{
    /// <summary>At the hospital, with the card.</summary>
    Direct,

    /// <summary>By the holder, who is paid back.</summary>
    Reimbursement,
}

/// <summary>How a treatment is settled, by the rules in force when it was approved.</summary>
/// <param name="Type">Direct, or by reimbursement.</param>
/// <param name="Documents">What is presented for reimbursement; empty for direct settlement.</param>
public sealed record Settlement(SettlementType Type, IReadOnlyList<ReimbursementDocument> Documents)
{
    /// <summary>The settlement between two regions: direct only where both are known to take part.</summary>
    public static Settlement Of(ReferralKind kind, OutOfAreaPolicy insured, OutOfAreaPolicy treating)
    {
        var rule = RuleOf(kind, insured);
        return rule.Direct is true && RuleOf(kind, treating).Direct is true
            ? new(SettlementType.Direct, []) : new(SettlementType.Reimbursement, rule.Documents);
    }

    private static OutOfAreaSettlement RuleOf(ReferralKind kind, OutOfAreaPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return kind switch
        {
            ReferralKind.Medical => policy.Medical,
            ReferralKind.WorkInjury => policy.WorkInjury,
            ReferralKind.Maternity => policy.Maternity,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}

/// <summary>
/// The approval to be treated by a hospital of another province (异地就医备案, 转诊). Its end needs nobody to wait for it: whoever
/// asks gets the answer of the day.
/// </summary>
/// <param name="ReferralId">Its id within the holder.</param>
/// <param name="Kind">Under which insurance.</param>
/// <param name="FromRegion">The insured region: that of the card by which it was approved.</param>
/// <param name="ToRegion">The region of the treatment.</param>
/// <param name="ToHospital">The hospital there, a partner.</param>
/// <param name="ApprovingHospital">The hospital that sends the patient, a partner.</param>
/// <param name="ValidFrom">The first local day.</param>
/// <param name="ValidTo">The last local day.</param>
/// <param name="Settlement">How the treatment is settled.</param>
/// <param name="UsedAt">When the card was first used under it.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
public sealed record Referral(
    string ReferralId,
    ReferralKind Kind,
    string FromRegion,
    string ToRegion,
    string ToHospital,
    string ApprovingHospital,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    Settlement Settlement,
    DateTimeOffset? UsedAt = null,
    DateTimeOffset? WithdrawnAt = null)
{
    /// <summary>The kind of its document.</summary>
    public const string Document = "referral";

    /// <summary>Whether a hospital may use the card under it on a local day.</summary>
    public bool Admits(string hospitalId, DateOnly day) =>
        ToHospital == hospitalId && WithdrawnAt is null && ValidFrom <= day && day <= ValidTo;

    internal ReferralApproved ToApproved() => new(ReferralId, Kind, ToRegion, ToHospital, ApprovingHospital, ValidFrom, ValidTo);

    /// <summary>The referral as it can be read for good.</summary>
    public ResourceDocument ToDocument() => ResourceDocument.Of(Document, ReferralId, this);
}

/// <summary>Where a referral stands.</summary>
public enum ReferralStatus
{
    /// <summary>Its first day is to come.</summary>
    NotYetValid,

    /// <summary>The hospital may use the card.</summary>
    Valid,

    /// <summary>The hospital has used the card, and may again until the last day.</summary>
    Used,

    /// <summary>Its last day is over, and nobody used it.</summary>
    Expired,

    /// <summary>It was withdrawn.</summary>
    Withdrawn,

    /// <summary>The holder has died or has renounced the nationality.</summary>
    Ended,
}

/// <summary>A referral as the API shows it.</summary>
/// <param name="ReferralId">Its id.</param>
/// <param name="Kind">Under which insurance.</param>
/// <param name="FromRegion">The insured region.</param>
/// <param name="ToRegion">The region of the treatment.</param>
/// <param name="ToHospital">The hospital there.</param>
/// <param name="ApprovingHospital">The hospital that sends the patient.</param>
/// <param name="ValidFrom">The first local day.</param>
/// <param name="ValidTo">The last local day.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="UsedAt">When the card was first used under it.</param>
/// <param name="Settlement">How the treatment is settled.</param>
/// <example>
/// {
///   "referralId": "5536fd485b2a8021", "kind": "maternity", "fromRegion": "320200", "toRegion": "140100",
///   "toHospital": "hospital-shanxi-first", "approvingHospital": "hospital-wuxi", "validFrom": "2026-11-27",
///   "validTo": "2026-12-27", "status": "notYetValid", "usedAt": null,
///   "settlement": {
///     "type": "reimbursement",
///     "documents": ["invoice", "expenseList", "medicalRecord", "birthCertificate", "bankAccount"]
///   }
/// }
/// </example>
public sealed record ReferralView(
    string ReferralId,
    ReferralKind Kind,
    string FromRegion,
    string ToRegion,
    string ToHospital,
    string ApprovingHospital,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    ReferralStatus Status,
    DateTimeOffset? UsedAt,
    Settlement Settlement)
{
    /// <summary>The view of a referral at a time.</summary>
    /// <param name="referral">The referral.</param>
    /// <param name="isEnded">Whether its holder can have no card any more.</param>
    /// <param name="now">The time.</param>
    public static ReferralView Of(Referral referral, bool isEnded, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(referral);
        var today = ChinaTime.DateOf(now);
        var status = referral switch
        {
            { WithdrawnAt: not null } => ReferralStatus.Withdrawn,
            _ when isEnded => ReferralStatus.Ended,
            { UsedAt: not null } => ReferralStatus.Used,
            _ when today > referral.ValidTo => ReferralStatus.Expired,
            _ when today < referral.ValidFrom => ReferralStatus.NotYetValid,
            _ => ReferralStatus.Valid,
        };
        return new(
            referral.ReferralId,
            referral.Kind,
            referral.FromRegion,
            referral.ToRegion,
            referral.ToHospital,
            referral.ApprovingHospital,
            referral.ValidFrom,
            referral.ValidTo,
            status,
            referral.UsedAt,
            referral.Settlement);
    }
}
