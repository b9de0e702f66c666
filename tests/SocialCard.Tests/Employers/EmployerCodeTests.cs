using SocialCard.Domain.Employers;

namespace SocialCard.Tests.Employers;

public class EmployerCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100m000100y43", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("91350100M000100I43", false)]
    [InlineData("19350100M000100Y43", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_code_has_eighteen_characters_and_a_check_character(string? text, bool isValid)
    {
        Assert.Equal(isValid, EmployerCode.TryParse(text, out var code));
        Assert.Equal(isValid ? text : null, code?.Value);
    }

    [Fact]
    public void Logs_see_the_last_four_characters() =>
        Assert.Equal("**************0Y43", EmployerCode.Parse("91350100M000100Y43").Masked);
}
