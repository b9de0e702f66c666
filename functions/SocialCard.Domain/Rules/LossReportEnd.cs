namespace SocialCard.Domain.Rules;

/// <summary>What happens when a loss report's validity ends.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LossReportEnd>))]
public enum LossReportEnd
{
    /// <summary>The report lapses, and the lost card works again.</summary>
    Release,

    /// <summary>The card stays suspended.</summary>
    Stay,

    /// <summary>The card is cancelled.</summary>
    CancelCard,
}
