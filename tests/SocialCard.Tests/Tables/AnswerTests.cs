using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace SocialCard.Tests.Tables;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"The entity exists."}}}""", "application/json")]
    [InlineData("""<?xml version="1.0" encoding="utf-8"?><Error><Code>EntityAlreadyExists</Code><Message>The entity exists.</Message></Error>""", "application/xml")]
    [InlineData("""<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>EntityAlreadyExists</code><message xml:lang="en-US">The entity exists.</message></error>""", "application/xml")]
    public async Task An_error_has_the_services_code_and_message(string body, string contentType)
    {
        var service = new FakeService().Answers(HttpStatusCode.Conflict, body, contentType);
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal((409, "EntityAlreadyExists"), (error.Status, error.ErrorCode));
        Assert.True(error.ErrorCode == TableErrorCode.EntityAlreadyExists);
        Assert.StartsWith("The entity exists.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_a_body_has_the_code_of_the_header()
    {
        var service = new FakeService().Answers(HttpStatusCode.PreconditionFailed, "", "application/json", ("x-ms-error-code", "UpdateConditionNotSatisfied"));
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.DeleteEntityAsync("p", "r", new ETag("x")));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (error.Status, error.ErrorCode));
    }

    [Theory]
    [InlineData("<html><body>Bad gateway<br></body>", "text/html")]
    [InlineData("{\"odata.error\":", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("no format at all", "text/plain")]
    public async Task An_error_that_is_not_the_services_keeps_its_status(string body, string contentType)
    {
        var service = new FakeService().Answers(HttpStatusCode.Forbidden, body, contentType);
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.GetEntityAsync<TableEntity>("p", "r"));
        Assert.Equal(403, error.Status);
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_is_not_taken_for_one_that_exists()
    {
        var service = new FakeService().Answers(HttpStatusCode.Conflict, """{"odata.error":{"code":"TableBeingDeleted"}}""");
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.CreateIfNotExistsAsync());
        Assert.True(error.ErrorCode == TableErrorCode.TableBeingDeleted);
    }

    [Fact]
    public async Task A_query_goes_on_after_an_empty_page_and_where_a_partition_starts()
    {
        var service = new FakeService()
            .Answers(HttpStatusCode.OK, """{"odata.metadata":"m","value":[]}""", "application/json", ("x-ms-continuation-NextPartitionKey", "1!4!cA--"))
            .Answers(HttpStatusCode.OK, """{"value":[{"odata.etag":"e","PartitionKey":"p","RowKey":"r"}]}""", "application/json", ("x-ms-continuation-NextPartitionKey", "1!4!cQ--"), ("x-ms-continuation-NextRowKey", "1!4!cg--"))
            .Answers(HttpStatusCode.OK, """{"odata.metadata":"m","extra":{"a":[1]},"value":[{"PartitionKey":"q","RowKey":"r"}]}""");
        var rows = await service.Table.QueryAsync<TableEntity>("X eq 'a&b'", maxPerPage: 10).ToListAsync();

        Assert.Equal(["p", "q"], rows.Select(row => row.PartitionKey));
        Assert.Equal(new ETag("e"), rows[0].ETag);
        Assert.All(service.Requests, request => Assert.Contains("filter=X%20eq%20%27a%26b%27", request.Uri.AbsoluteUri, StringComparison.Ordinal));
        Assert.DoesNotContain("Next", service.Requests[0].Uri.Query, StringComparison.Ordinal);
        Assert.Contains("NextPartitionKey=1%214%21cA--", service.Requests[1].Uri.AbsoluteUri, StringComparison.Ordinal);
        Assert.DoesNotContain("NextRowKey", service.Requests[1].Uri.Query, StringComparison.Ordinal);
        Assert.Contains("NextRowKey=1%214%21cg--", service.Requests[2].Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_services_annotations_and_numbers_become_typed_values()
    {
        const string Row = """
            {"odata.metadata":"https://account.table.core.windows.net/$metadata#cards/@Element","odata.etag":"W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"",
             "PartitionKey":"p","RowKey":"r","Timestamp":"2026-01-01T00:00:00.1234567Z","Age":23,"Amount":200.23,"Whole":5.0,"Big":1E+300,
             "Code@odata.type":"Edm.Guid","Code":"c9da6455-213d-42c9-9a79-3e9149a57833","Since@odata.type":"Edm.DateTime","Since":"2008-07-10T00:00:00Z",
             "Active":true,"Orders@odata.type":"Edm.Int64","Orders":"255","Infinite@odata.type":"Edm.Double","Infinite":"-Infinity",
             "Bytes@odata.type":"Edm.Binary","Bytes":"AQID","Text":"\u5361"}
            """;
        var service = new FakeService().Answers(HttpStatusCode.OK, Row);
        TableEntity row = await service.Table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(new ETag("W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\""), row.ETag);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567), row.Timestamp);
        Assert.Equal((23, 200.23, 5.0, 1e300), (row.GetInt32("Age"), row.GetDouble("Amount"), row.GetDouble("Whole"), row.GetDouble("Big")));
        Assert.Equal((new Guid("c9da6455-213d-42c9-9a79-3e9149a57833"), true, 255L), (row.GetGuid("Code"), row.GetBoolean("Active"), row.GetInt64("Orders")));
        Assert.Equal((new DateTime(2008, 7, 10, 0, 0, 0, DateTimeKind.Utc), "卡"), (row.GetDateTime("Since"), row.GetString("Text")));
        Assert.Equal(double.NegativeInfinity, row.GetDouble("Infinite"));
        Assert.Equal([1, 2, 3], row.GetBinary("Bytes"));
        Assert.Equal([1, 2, 3], row.GetBinaryData("Bytes")!.ToArray());
        Assert.False(row.ContainsKey("odata.metadata"));
        Assert.Throws<InvalidOperationException>(() => row.GetInt32("Text"));
        Assert.Null(row.GetInt32("Missing"));
        Assert.Null(row["Missing"]);
    }

    [Fact]
    public async Task A_stored_value_that_does_not_fit_the_class_is_named()
    {
        var service = new FakeService().Answers(HttpStatusCode.OK, """{"PartitionKey":"p","RowKey":"r","Count":"many"}""");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => service.Table.GetEntityAsync<Counter>("p", "r"));
        Assert.Contains("Count", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_reads_the_properties_it_has_in_whatever_order_they_come()
    {
        var service = new FakeService().Answers(HttpStatusCode.OK, """{"Other":[],"Count":3,"RowKey":"r","X@odata.type":"Edm.Int64","X":"1","odata.etag":"e","PartitionKey":"p"}""");
        Counter counter = await service.Table.GetEntityAsync<Counter>("p", "r");
        Assert.Equal(("p", "r", 3, new ETag("e")), (counter.PartitionKey, counter.RowKey, counter.Count, counter.ETag));
    }

    [Fact]
    public async Task A_class_with_a_property_that_cannot_be_stored_is_refused()
    {
        var service = new FakeService();
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => service.Table.AddEntityAsync(new Unstorable { PartitionKey = "p", RowKey = "r" }));
        Assert.Contains(nameof(Unstorable.Address), error.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    private sealed class Counter : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public int Count { get; private set; }
    }

    private sealed class Unstorable : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public Uri? Address { get; set; }
    }
}
