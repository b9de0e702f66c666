using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Api;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.Webhooks;

namespace SocialCard.Tests.Http;

/// <summary>An instant is RFC 3339's, with its offset, wherever it comes from; and it is one that can be meant.</summary>
public sealed class InstantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-02T08:00:00+08:00")]
    [InlineData("2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T00:00:00.000Z")]
    [InlineData("2026-03-01T14:00:00.0000000-10:00")]
    public void An_instant_with_an_offset_is_the_same_wherever_it_is_read(string text) =>
        Assert.Equal(Now, JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", SocialCardJson.Options));

    [Theory]
    [InlineData("\"2026-03-02T08:00:00\"")]
    [InlineData("\"2026-03-02T08:00:00.123\"")]
    [InlineData("\"2026-03-02T08:00+08:00\"")]
    [InlineData("\"2026-03-02T08:00Z\"")]
    [InlineData("\"2026-03-02 08:00:00Z\"")]
    [InlineData("\"2026-03-02\"")]
    [InlineData("\"2026-03-02T08:00:00Z\\n\"")]
    [InlineData("\"2026-02-30T08:00:00Z\"")]
    [InlineData("1772409600")]
    public void Anything_else_is_refused_by_the_name_of_its_field(string instant)
    {
        // A body of a call, the data of an event, the envelope around them, and what may be left out.
        Assert.Equal(["at"], FaultsOf<RealNameRequest>($$$"""{"method":"faceVerification","reference":"f-1","at":{{{instant}}}}"""));
        Assert.Equal(["reportedAt"], FaultsOf<BankLossReportedData>($$$"""{"cardNumber":"T00000001","reportedAt":{{{instant}}}}"""));
        Assert.Equal(["timestamp"], FaultsOf<BankEvent>($$$"""{"type":"card.delivered","timestamp":{{{instant}}},"data":{}}"""));
        Assert.Equal(
            ["changedAt", "effectiveAt"],
            FaultsOf<PasswordChangedData>($$$"""{"cardNumber":"T00000001","changedAt":{{{instant}}},"effectiveAt":{{{instant}}}}"""));
    }

    [Theory]
    [InlineData("1998-12-31T23:59:59+08:00", false, "Lies before 1999-01-01: there were no social security cards.")]
    [InlineData("1970-01-01T00:00:00Z", false, "Lies before 1999-01-01: there were no social security cards.")]
    [InlineData("1999-01-01T00:00:00+08:00", true, null)]
    [InlineData("2026-01-30T23:59:59+08:00", true, null)]
    [InlineData("2026-01-31T00:00:00+08:00", false, null)]
    [InlineData("2026-03-02T00:05:00Z", false, null)]
    [InlineData("2026-03-02T00:05:01Z", false, "Lies in the future.")]
    public void What_is_told_of_a_card_has_happened_and_since_it_was_issued(string at, bool beforeIssue, string? fault)
    {
        var card = Registered();
        var told = new ToldInstant("data.changedAt", DateTimeOffset.Parse(at, null));

        Assert.Equal(fault, told.FaultAt(Now));
        if (fault is null)
        {
            var refusal = told.RefusedBy(card);
            Assert.Equal(beforeIssue ? "data.changedAt" : null, refusal?.Field);
            Assert.True(refusal is null || Problems.Refused(refusal).StatusCode == 400);
            Assert.Null(told.RefusedBy(card with { ReceivedOn = new(1999, 1, 1) }));
        }
    }

    private static Card Registered() =>
        Card.Register(CardNumber.Parse("T00000001"), People.Holder, "320200", "bank-icbc", 3, Now).State!;

    private static IEnumerable<string> FaultsOf<T>(string json)
        where T : class
    {
        var (value, problem) = JsonBody.Parse<T>(System.Text.Encoding.UTF8.GetBytes(json), reading: SocialCardJson.Tolerant);
        Assert.Null(value);
        return ((IReadOnlyDictionary<string, string[]>)problem!.ProblemDetails.Extensions["errors"]!).Keys.Order(StringComparer.Ordinal);
    }
}
