namespace SocialCard.Domain.Rules;

/// <summary>What a report on one application does to the other.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LossLinkage>))]
public enum LossLinkage
{
    /// <summary>Nothing: each must be reported on its own.</summary>
    Separate,

    /// <summary>Both are suspended at once.</summary>
    Linked,

    /// <summary>It is passed on to the other side, which suspends its own.</summary>
    Shared,

    /// <summary>It counts only when both are reported.</summary>
    BothRequired,
}
