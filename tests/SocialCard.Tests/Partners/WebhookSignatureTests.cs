using System.Text;
using SocialCard.Functions.Partners;

namespace SocialCard.Tests.Partners;

public sealed class WebhookSignatureTests
{
    // The example of the Standard Webhooks libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");

    [Fact]
    public void It_signs_as_the_standard_does() => Assert.Equal(Signature, WebhookSignature.Sign(Secret, Id, Timestamp, Body));

    [Theory]
    [InlineData(Signature, true)]
    [InlineData("v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,!!", true)]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("v1,", false)]
    [InlineData("", false)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEAg0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEA", false)]
    public void One_valid_signature_is_enough(string signatures, bool valid) =>
        Assert.Equal(valid, WebhookSignature.IsValid([Secret], Id, Timestamp, Body, signatures));

    [Fact]
    public void Every_part_of_the_message_is_signed()
    {
        Assert.False(WebhookSignature.IsValid([Secret], "msg_other", Timestamp, Body, Signature));
        Assert.False(WebhookSignature.IsValid([Secret], Id, "1614265331", Body, Signature));
        Assert.False(WebhookSignature.IsValid([Secret], Id, Timestamp, "{}"u8, Signature));
        Assert.False(WebhookSignature.IsValid(["whsec_AAAA"], Id, Timestamp, Body, Signature));
        Assert.True(WebhookSignature.IsValid(["whsec_AAAA", Secret], Id, Timestamp, Body, Signature));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_timestamp_counts_within_five_minutes(int seconds, bool fresh) =>
        Assert.Equal(fresh, WebhookSignature.IsFresh(Timestamp, DateTimeOffset.FromUnixTimeSeconds(1614265330 + seconds)));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1614265330")]
    public void Anything_but_Unix_seconds_is_not_fresh(string timestamp) =>
        Assert.False(WebhookSignature.IsFresh(timestamp, DateTimeOffset.FromUnixTimeSeconds(1614265330)));
}
