using System.Text.Json;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;

namespace SocialCard.Tests.Activation;

public sealed class CardUsageTests
{
    private const string Instant = "An RFC 3339 instant with its offset, such as 2026-03-02T08:00:00+08:00.";

    private const string Report =
        """{"messageId":"m-1","partnerId":"hospital-wuxi-people","cardNumber":"T00000001","occasion":"outpatient","occurredAt":"2026-03-02T08:00:00+08:00"}""";

    [Fact]
    public void A_report_is_read()
    {
        var (usage, unknown) = CardUsage.Parse(Report);

        Assert.Equal(("m-1", "hospital-wuxi-people", "T00000001"), (usage.MessageId.Value, usage.PartnerId, usage.NotedBy.Value));
        Assert.Empty(unknown);
        Assert.Equal(UsageOccasion.Outpatient, usage.Occasion);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), usage.OccurredAt);
    }

    [Theory]
    [InlineData("\"m-1\"", "\"\"", "$.messageId: 1 to 64 characters.")]
    [InlineData("\"m-1\"", "7", "$.messageId: 1 to 64 characters.")]
    [InlineData("T00000001", "t00000001", "$.cardNumber: Nine digits or capital letters.")]
    [InlineData("outpatient", "haircut", "$.occasion.")]
    [InlineData("2026-03-02T08:00:00+08:00", "yesterday", $"$.occurredAt: {Instant}")]
    [InlineData("08:00:00+08:00", "08:00:00", $"$.occurredAt: {Instant}")]
    [InlineData("\"partnerId\"", "\"partner\"", "$: it lacks partnerId.")]
    [InlineData(Report, "[]", "$.")]
    public void A_fault_is_told_by_its_place(string right, string wrong, string told)
    {
        var failure = Assert.Throws<InvalidUsageException>(() => CardUsage.Parse(Report.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal($"The message is not of the expected form at {told}", failure.Message);
    }

    [Fact]
    public void A_field_that_is_not_known_is_skipped_and_named()
    {
        var (usage, unknown) = CardUsage.Parse(Report.Replace("{", """{"ward":"7",""", StringComparison.Ordinal));

        Assert.Equal(CardUsage.Parse(Report).Value, usage);
        Assert.Equal(["ward"], unknown);
    }

    [Fact]
    public void A_report_names_a_card_or_a_temporary_card()
    {
        const string Card = "\"cardNumber\":\"T00000001\"";
        const string Temporary = "\"temporaryCardId\":\"T00000001-7be0c378523cef83\"";
        var (usage, unknown) = CardUsage.Parse(Report.Replace(Card, Temporary, StringComparison.Ordinal));
        Assert.Equal(("T00000001", "T00000001-7be0c378523cef83"), (usage.NotedBy.Value, usage.TemporaryCardId));
        Assert.Empty(unknown);
        foreach (var wrong in new[] { $"{Card},{Temporary}", "\"x\":1", Temporary.Replace("T00000001-", "", StringComparison.Ordinal) })
        {
            Assert.Throws<InvalidUsageException>(() => CardUsage.Parse(Report.Replace(Card, wrong, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_words_of_a_report_of_a_card_are_those_that_its_repetition_is_known_by() => Assert.Equal(
        Report.Replace("2026-03-02T08:00:00+08:00", "2026-03-02T00:00:00Z", StringComparison.Ordinal),
        JsonSerializer.Serialize(CardUsage.Parse(Report).Value, SocialCardJson.Compact));

    [Fact]
    public void A_message_without_a_report_is_told() =>
        Assert.Equal("The message is empty.", Assert.Throws<InvalidUsageException>(() => CardUsage.Parse("null")).Message);

    [Fact]
    public void An_id_has_64_characters_at_most()
    {
        var longest = Report.Replace("m-1", new string('m', 64), StringComparison.Ordinal);
        Assert.Equal(64, CardUsage.Parse(longest).Value.MessageId.Value.Length);
        Assert.Throws<InvalidUsageException>(() => CardUsage.Parse(Report.Replace("m-1", new string('m', 65), StringComparison.Ordinal)));
    }
}
