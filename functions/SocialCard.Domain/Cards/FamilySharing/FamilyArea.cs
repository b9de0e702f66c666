namespace SocialCard.Domain.Cards;

/// <summary>Whether two cards are of one area.</summary>
public static class FamilyArea
{
    private const int ProvinceDigits = 2;
    private const int CityDigits = 4;

    // Beijing, Tianjin, Shanghai, Chongqing: one fund each, whatever the district.
    private static readonly string[] Municipalities = ["11", "12", "31", "50"];

    /// <summary>
    /// Whether two regions, by GB/T 2260, lie in the same area. Funds are pooled by city, and in the four municipalities by the
    /// whole of them.
    /// </summary>
    public static bool Holds(SharingArea area, string giver, string receiver)
    {
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(receiver);
        var sameProvince = giver.AsSpan(0, ProvinceDigits).SequenceEqual(receiver.AsSpan(0, ProvinceDigits));
        return area switch
        {
            SharingArea.Nation => true,
            SharingArea.Province => sameProvince,
            _ => giver.AsSpan(0, CityDigits).SequenceEqual(receiver.AsSpan(0, CityDigits))
                || (sameProvince && Municipalities.Contains(giver[..ProvinceDigits])),
        };
    }
}
