using System.Linq.Expressions;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Tests.Tables;

public sealed class QueryFilterTests
{
    private static readonly DateTimeOffset s_time = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8)).AddTicks(1234567);

    private static readonly Guid s_guid = new("01020304-0506-0708-090a-0b0c0d0e0f10");

    public enum Side
    {
        SocialSecurity,
        Financial,
    }

    public static TheoryData<string, FormattableString> Literals => new()
    {
        { "X eq 'it''s ''quoted'''", $"X eq {"it's 'quoted'"}" },
        { "X eq '社会保障卡'", $"X eq {"社会保障卡"}" },
        { "X eq ''' or true or X eq '''", $"X eq {"' or true or X eq '"}" },
        { "X eq ''''", $"X eq {'\''}" },
        { "X eq true and Y eq false", $"X eq {true} and Y eq {false}" },
        { "X eq -5", $"X eq {-5}" },
        { "X eq -5000000000L", $"X eq {-5_000_000_000}" },
        { "X eq 5L", $"X eq {5L}" },
        { "X lt 0.5", $"X lt {0.5}" },
        { "X lt 1E+300", $"X lt {1e300}" },
        { "X eq guid'01020304-0506-0708-090a-0b0c0d0e0f10'", $"X eq {s_guid}" },
        { "X ge datetime'2026-03-01T00:00:00.1234567Z'", $"X ge {s_time}" },
        { "X ge datetime'2026-03-01T00:00:00.1234567Z'", $"X ge {s_time.UtcDateTime}" },
        { "X eq X'00ABFF'", $"X eq {new byte[] { 0, 0xAB, 0xFF }}" },
        { "X eq X'00ABFF'", $"X eq {BinaryData.FromBytes([0, 0xAB, 0xFF])}" },
        { "X eq {0}", $"X eq {{0}}" },
    };

    public static TheoryData<string, Expression<Func<Row, bool>>> Predicates
    {
        get
        {
            var closed = new { Key = "k" };
            int? maybe = 3;
            return new()
            {
                { "(PartitionKey eq 'p') and (RowKey ne 'r')", row => row.PartitionKey == "p" && row.RowKey != "r" },
                { "((Count gt 1) or (Count le 0)) and (Total ge 5L)", row => (row.Count > 1 || row.Count <= 0) && row.Total >= 5 },
                { "RowKey eq 'k'", row => row.RowKey == closed.Key },
                { "RowKey eq 'it''s'", row => row.RowKey.Equals("it's") },
                { "RowKey ge 'r'", row => row.RowKey.CompareTo("r") >= 0 },
                { "RowKey lt 'r'", row => string.Compare(row.RowKey, "r") < 0 },
                { "Count eq 3", row => row.Count == maybe },
                { "Maybe eq 3", row => row.Maybe == 3 },
                { "Maybe eq 3", row => row.Maybe!.Value == 3 },
                { "Open eq true", row => row.Open },
                { "not (Open eq true)", row => !row.Open },
                { "Open eq false", row => row.Open == false },
                { "Side eq 'Financial'", row => row.Side == Side.Financial },
                { "Due lt datetime'2026-03-01T00:00:00.1234567Z'", row => row.Due < s_time },
                { "stored_name eq 'x'", row => row.Renamed == "x" },
                { "Mark eq guid'01020304-0506-0708-090a-0b0c0d0e0f10'", row => row.Mark == s_guid },
                { "Rate lt 10.5", row => row.Rate < 10.5 },
            };
        }
    }

    public static TheoryData<Expression<Func<Row, bool>>> Refused => new()
    {
        row => row.RowKey.StartsWith('x'),
        row => row.RowKey.Length == 3,
        row => row.RowKey == row.PartitionKey,
        row => row.RowKey == null,
        row => row.Count + 1 == 2,
        row => row.Side > Side.SocialSecurity,
        row => row.Count > 0.5,
        row => string.Equals(row.RowKey, "r", StringComparison.OrdinalIgnoreCase),
        row => string.Compare(row.RowKey, "r", StringComparison.OrdinalIgnoreCase) > 0,
    };

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void A_value_becomes_its_literal(string expected, FormattableString filter)
    {
        Assert.Equal(expected, TableClient.CreateQueryFilter(filter));
        Assert.Equal(expected, TableServiceClient.CreateQueryFilter(filter));
    }

    [Fact]
    public void A_value_without_a_literal_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"X eq {TimeSpan.Zero}"));
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"X eq {Side.Financial}"));
    }

    [Theory]
    [MemberData(nameof(Predicates), DisableDiscoveryEnumeration = true)]
    public void A_predicate_becomes_a_filter(string expected, Expression<Func<Row, bool>> predicate)
    {
        Assert.Equal(expected, TableClient.CreateQueryFilter(predicate));
    }

    [Fact]
    public void A_predicate_over_a_dictionary_names_its_properties()
    {
        Assert.Equal("Name eq 'x'", TableClient.CreateQueryFilter<TableEntity>(row => row.GetString("Name") == "x"));
        Assert.Equal("(N gt 5) and (Flag eq true)", TableClient.CreateQueryFilter<TableEntity>(row => row.GetInt32("N") > 5 && row.GetBoolean("Flag") == true));
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_predicate_that_the_service_cannot_evaluate_is_refused(Expression<Func<Row, bool>> predicate)
    {
        Assert.Throws<NotSupportedException>(() => TableClient.CreateQueryFilter(predicate));
    }

    public sealed class Row : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public int Count { get; set; }

        public long Total { get; set; }

        public double Rate { get; set; }

        public int? Maybe { get; set; }

        public bool Open { get; set; }

        public DateTimeOffset? Due { get; set; }

        public Guid Mark { get; set; }

        [DataMember(Name = "stored_name")]
        public string? Renamed { get; set; }

        public Side Side { get; set; }
    }
}
