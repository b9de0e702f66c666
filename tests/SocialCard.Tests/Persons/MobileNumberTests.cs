using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;

namespace SocialCard.Tests.Persons;

public sealed class MobileNumberTests
{
    [Theory]
    [InlineData("13800138000", "13800138000", "138****8000")]
    [InlineData("+8613800138000", "13800138000", "138****8000")]
    [InlineData("+85291234567", "+85291234567", "+852****4567")]
    [InlineData("+85366123456", "+85366123456", "+853****3456")]
    [InlineData("+886912345678", "+886912345678", "+886****5678")]
    [InlineData("+14155550123", "+14155550123", "+1****0123")]
    [InlineData("+447700900123", "+447700900123", "+44****0123")]
    [InlineData("+998901234567", "+998901234567", "+998****4567")]
    public void A_number_is_kept_in_one_form_and_masked(string text, string kept, string masked)
    {
        var number = Read(text);

        Assert.Equal(kept, number.Value);
        Assert.Equal(masked, $"{number}");
        Assert.Equal(masked, MobileNumber.Mask(kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("1380013800")]
    [InlineData("138001380000")]
    [InlineData("23800138000")]
    [InlineData("1380013800x")]
    [InlineData("1３800138000")]
    [InlineData("+861380013800")]
    [InlineData("+8601012345678")]
    [InlineData("8613800138000")]
    [InlineData("+86+85291234567")]
    [InlineData("+8529123456")]
    [InlineData("+852912345678")]
    [InlineData("+85221234567")] // a fixed line
    [InlineData("+85328123456")]
    [InlineData("+88691234567")]
    [InlineData("+886212345678")]
    [InlineData("+1234567")]
    [InlineData("+1234567890123456")]
    [InlineData("+0123456789")]
    [InlineData("+1 415 555 0123")]
    public void Anything_else_is_refused(string text) => Assert.Throws<TextFault>(() => Read(text));

    private static MobileNumber Read(string text) =>
        JsonSerializer.Deserialize<MobileNumber>(JsonSerializer.Serialize(text), SocialCardJson.Strict)!;
}
