namespace SocialCard.Domain.Partners;

/// <summary>What a partner is, and so what it may call.</summary>
public enum PartnerRole
{
    /// <summary>A social-security bureau (service windows, kiosks): registers cards, decides.</summary>
    Bureau,

    /// <summary>A partner bank: posts webhooks, hands over and activates its own cards.</summary>
    Bank,

    /// <summary>A designated hospital (定点医院).</summary>
    Hospital,

    /// <summary>A designated pharmacy (定点药店).</summary>
    Pharmacy,

    /// <summary>An online portal or app.</summary>
    Online,

    /// <summary>The 12333 line.</summary>
    Hotline,

    /// <summary>The people who run this service.</summary>
    Operations,

    /// <summary>An agency that runs public services and takes the card as their credential; it learns nothing of the holder.</summary>
    Agency,
}

/// <summary>Somebody who calls the service.</summary>
/// <param name="Id">Its id, which the timeline shows; for a bank the id that cards name.</param>
/// <param name="Role">What it is.</param>
/// <param name="RegionCode">The region whose cards it may see, by GB/T 2260; <c>000000</c> is the whole country.</param>
public sealed record Partner(string Id, PartnerRole Role, string RegionCode)
{
    /// <summary>The public services that an agency runs; none of any other partner.</summary>
    public IReadOnlyList<PublicService> Services { get; init; } = [];

    /// <summary>Whether a text can name a partner.</summary>
    public static bool IsId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }

    /// <summary>
    /// Whether a region lies within the partner's: the same code, or below it. A hospital's or pharmacy's patients come
    /// from its whole province, where card and settlement are one system.
    /// </summary>
    public bool Covers(string regionCode)
    {
        ArgumentNullException.ThrowIfNull(regionCode);
        var own = Role is PartnerRole.Hospital or PartnerRole.Pharmacy ? RegionCode[..2] : RegionCode;
        return regionCode.StartsWith(RegionLevel.PrefixOf(own), StringComparison.Ordinal);
    }
}
