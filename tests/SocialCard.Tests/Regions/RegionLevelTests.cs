using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class RegionLevelTests
{
    [Theory]
    [InlineData("000000", "")]
    [InlineData("320000", ",32")]
    [InlineData("320200", ",32,3202")]
    [InlineData("320211", ",32,3202,320211")]
    [InlineData("429004", ",42,4290,429004")]
    public void A_region_lies_in_each_level_around_it(string code, string prefixes)
    {
        Assert.Equal(prefixes, string.Join(',', RegionLevel.PrefixesAround(code)));
        Assert.Equal(prefixes.Split(',')[^1], RegionLevel.PrefixOf(code));
    }
}
