using System.Text;
using SocialCard.Functions.Operations;

namespace SocialCard.Tests.Operations;

public sealed class MaskedMessageTests
{
    [Theory]
    [InlineData("""{"messageId":"visit-1","cardNumber":"A00000001","occasion":"party"}""",
        """{"messageId":"visit-1","cardNumber":"*****0001","occasion":"party"}""")]
    [InlineData("""{"holder":{"name":"王小明","idNumber":"11010519491231002X"},"at":"2026-03-02T00:00:00Z"}""",
        """{"holder":{"name":"**","idNumber":"**"},"at":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"type":"王小明","kind":"11010519491231002X","eventId":"13800138000","channel":{"x":1}}""",
        """{"type":"**","kind":"**","eventId":"**","channel":{"x":"**"}}""")]
    [InlineData("""{"王小明":1,"110105194912310020":2,"cardNumber":"no card"}""", """{"**":"**","cardNumber":"**"}""")]
    [InlineData("""[1,"a",null]""", """["**","**",null]""")]
    [InlineData("null", "null")]
    public void What_may_be_a_persons_is_hidden(string message, string shown)
    {
        var masked = MaskedMessage.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)));

        Assert.Equal(MessageForm.Json, masked.Form);
        Assert.Equal(shown, masked.Content!.Value.GetRawText());
        Assert.Equal(Encoding.UTF8.GetByteCount(message), masked.Bytes);
    }

    [Fact]
    public void Of_what_is_no_JSON_only_the_length_shows()
    {
        Assert.Equal(new(MessageForm.Text, null, 6), MaskedMessage.Of(Convert.ToBase64String("王a(b"u8[..6])));
        Assert.Equal(new(MessageForm.Damaged, null, 14), MaskedMessage.Of("*** no b64 ***"));
    }
}
