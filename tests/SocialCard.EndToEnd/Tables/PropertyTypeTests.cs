using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Tables;

public sealed class PropertyTypeTests(AzuriteFixture fixture) : TableTests(fixture)
{
    private static readonly DateTimeOffset s_instant = new(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(8));

    private enum Side
    {
        SocialSecurity,
        Financial,
    }

    public static TheoryData<string, object, object> Values => new()
    {
        { "a string", "社会保障卡 'x' \"y\" \\ / \u0001 \u2028 \U0001F4B3 <&>", "社会保障卡 'x' \"y\" \\ / \u0001 \u2028 \U0001F4B3 <&>" },
        { "an empty string", "", "" },
        { "a string that looks like a date", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z" },
        { "true", true, true },
        { "false", false, false },
        { "the least Int32", int.MinValue, int.MinValue },
        { "the greatest Int32", int.MaxValue, int.MaxValue },
        { "the least Int64", long.MinValue, long.MinValue },
        { "the greatest Int64", long.MaxValue, long.MaxValue },
        { "a small Int64", 1L, 1L },
        { "a double", -12.345678901234567, -12.345678901234567 },
        { "a whole double", 5.0, 5.0 },
        { "zero", 0.0, 0.0 },
        { "the least double above zero", double.Epsilon, double.Epsilon },
        { "a double of exponents", 1.5e300, 1.5e300 },
        { "not a number", double.NaN, double.NaN },
        { "infinity", double.PositiveInfinity, double.PositiveInfinity },
        { "negative infinity", double.NegativeInfinity, double.NegativeInfinity },
        { "a time of another offset", s_instant.AddTicks(1234567), s_instant.AddTicks(1234567).ToUniversalTime() },
        { "a time in UTC", new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "a Guid", new Guid("01020304-0506-0708-090a-0b0c0d0e0f10"), new Guid("01020304-0506-0708-090a-0b0c0d0e0f10") },
        { "bytes", new byte[] { 0, 255, 62, 63 }, new byte[] { 0, 255, 62, 63 } },
        { "binary data", BinaryData.FromBytes(new byte[] { 1, 2, 3 }), new byte[] { 1, 2, 3 } },
        { "an enum", Side.Financial, "Financial" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Every_type_comes_back_as_it_was(string what, object stored, object expected)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = stored });
        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");
        var queried = await Table.QueryAsync<TableEntity>().SingleAsync();

        Assert.Equal(expected, read["Value"]);
        Assert.Equal(expected, queried["Value"]);
        Assert.True(expected.GetType() == read["Value"]!.GetType(), what);
    }

    [Fact]
    public async Task A_value_survives_being_read_and_written_again()
    {
        var entity = new TableEntity("p", "r") { ["L"] = 5L, ["D"] = 5.0, ["I"] = 5, ["T"] = s_instant, ["G"] = Guid.Empty, ["B"] = new byte[] { 1 }, ["S"] = "5" };
        await Table.AddEntityAsync(entity);
        for (var i = 0; i < 2; i++)
        {
            TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");
            Assert.Equal((5L, 5.0, 5, "5"), (read.GetInt64("L"), read.GetDouble("D"), read.GetInt32("I"), read.GetString("S")));
            Assert.Equal((s_instant, Guid.Empty), (read.GetDateTimeOffset("T"), read.GetGuid("G")));
            Assert.Equal([1], read.GetBinary("B"));
            await Table.UpdateEntityAsync(read, read.ETag, TableUpdateMode.Replace);
        }
    }

    [Fact]
    public async Task A_property_set_to_null_is_not_stored()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Set"] = 1, ["Null"] = null });
        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.False(read.ContainsKey("Null"));
        Assert.Null(read.GetString("Null"));
    }

    [Fact]
    public async Task An_entity_class_keeps_every_property()
    {
        var full = new Everything
        {
            PartitionKey = "p",
            RowKey = "full",
            Text = "卡",
            Flag = true,
            Int = -1,
            Long = long.MaxValue,
            Double = 5,
            Time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(6789),
            Instant = s_instant,
            Guid = Guid.NewGuid(),
            Bytes = [1, 2, 3],
            Data = BinaryData.FromString("data"),
            Side = Side.Financial,
            MaybeFlag = false,
            MaybeInt = 0,
            MaybeLong = 1,
            MaybeDouble = double.NaN,
            MaybeTime = DateTime.UnixEpoch,
            MaybeInstant = s_instant,
            MaybeGuid = Guid.Empty,
            MaybeSide = Side.SocialSecurity,
            Renamed = "renamed",
            Ignored = "ignored",
        };
        var bare = new Everything { PartitionKey = "p", RowKey = "none" };
        await Table.AddEntityAsync(full);
        await Table.AddEntityAsync(bare);

        var rows = await Table.QueryAsync<Everything>().ToListAsync();
        Assert.Equal(["full", "none"], rows.Select(row => row.RowKey));
        foreach (var (expected, read) in new[] { full, bare }.Zip(rows))
        {
            Assert.NotEqual(default, read.ETag);
            Assert.NotNull(read.Timestamp);
            Assert.Equal(expected.Text, read.Text);
            Assert.Equal((expected.Flag, expected.Int, expected.Long, expected.Double), (read.Flag, read.Int, read.Long, read.Double));
            Assert.Equal((expected.Time, expected.Time.Kind), (read.Time, read.Time.Kind));
            Assert.Equal((expected.Instant, expected.Guid, expected.Side), (read.Instant, read.Guid, read.Side));
            Assert.Equal(expected.Bytes, read.Bytes);
            Assert.Equal(expected.Data?.ToString(), read.Data?.ToString());
            Assert.Equal((expected.MaybeFlag, expected.MaybeInt, expected.MaybeLong), (read.MaybeFlag, read.MaybeInt, read.MaybeLong));
            Assert.Equal((expected.MaybeDouble, expected.MaybeTime), (read.MaybeDouble, read.MaybeTime));
            Assert.Equal((expected.MaybeInstant, expected.MaybeGuid, expected.MaybeSide), (read.MaybeInstant, read.MaybeGuid, read.MaybeSide));
            Assert.Equal(expected.Renamed, read.Renamed);
            Assert.Null(read.Ignored);
            Assert.Equal(expected.Computed, read.Computed);
        }

        TableEntity raw = await Table.GetEntityAsync<TableEntity>("p", "full");
        Assert.Equal("renamed", raw.GetString("stored_name"));
        Assert.Equal("Financial", raw.GetString(nameof(Everything.Side)));
        Assert.Equal("p/full", raw.GetString(nameof(Everything.Computed)));
        Assert.False(raw.ContainsKey(nameof(Everything.Ignored)));
    }

    [Fact]
    public async Task An_entity_class_may_implement_the_interface_explicitly()
    {
        var hidden = new Hidden { Name = "name" };
        ((ITableEntity)hidden).PartitionKey = "p";
        ((ITableEntity)hidden).RowKey = "r";
        await Table.AddEntityAsync<ITableEntity>(hidden);
        Hidden read = await Table.GetEntityAsync<Hidden>("p", "r");
        Assert.Equal(("name", "r"), (read.Name, ((ITableEntity)read).RowKey));
        Assert.NotEqual(default, ((ITableEntity)read).ETag);
    }

    [Fact]
    public async Task A_time_that_is_not_UTC_is_refused()
    {
        var local = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        await Assert.ThrowsAsync<NotSupportedException>(() => Table.AddEntityAsync(new TableEntity("p", "r") { ["Time"] = local }));
    }

    [Fact]
    public async Task A_string_of_64_KiB_is_stored_and_a_longer_one_refused()
    {
        var longest = new string('卡', 32 * 1024);
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = longest });
        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(longest, read.GetString("Text"));

        var error = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "s") { ["Text"] = longest + "x" }));
        Assert.Equal((400, "PropertyValueTooLarge"), (error.Status, error.ErrorCode));
    }

    [Fact]
    public async Task An_entity_of_more_than_1_MiB_is_refused()
    {
        var entity = new TableEntity("p", "r");
        for (var i = 0; i < 20; i++)
            entity[$"Bytes{i}"] = new byte[64 * 1024];
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => Table.UpsertEntityAsync(entity));
        Assert.Equal((400, "EntityTooLarge"), (error.Status, error.ErrorCode));
    }

    private sealed class Everything : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; set; }

        public bool Flag { get; set; }

        public int Int { get; set; }

        public long Long { get; set; }

        public double Double { get; set; }

        public DateTime Time { get; set; } = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        public DateTimeOffset Instant { get; set; } = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public Guid Guid { get; set; }

        public byte[]? Bytes { get; set; }

        public BinaryData? Data { get; set; }

        public Side Side { get; set; }

        public bool? MaybeFlag { get; set; }

        public int? MaybeInt { get; set; }

        public long? MaybeLong { get; set; }

        public double? MaybeDouble { get; set; }

        public DateTime? MaybeTime { get; set; }

        public DateTimeOffset? MaybeInstant { get; set; }

        public Guid? MaybeGuid { get; set; }

        public Side? MaybeSide { get; set; }

        [DataMember(Name = "stored_name")]
        public string? Renamed { get; set; }

        [IgnoreDataMember]
        public string? Ignored { get; set; }

        public string Computed => $"{PartitionKey}/{RowKey}";
    }

    private sealed class Hidden : ITableEntity
    {
        private string _partitionKey = "";
        private string _rowKey = "";
        private DateTimeOffset? _timestamp;
        private ETag _etag;

        public string? Name { get; set; }

        string ITableEntity.PartitionKey
        {
            get => _partitionKey;
            set => _partitionKey = value;
        }

        string ITableEntity.RowKey
        {
            get => _rowKey;
            set => _rowKey = value;
        }

        DateTimeOffset? ITableEntity.Timestamp
        {
            get => _timestamp;
            set => _timestamp = value;
        }

        ETag ITableEntity.ETag
        {
            get => _etag;
            set => _etag = value;
        }
    }
}
