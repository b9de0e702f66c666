using System.Net;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.Tests.Tables;

public sealed partial class TransactionProtocolTests
{
    // As the service answers.
    private const string ServiceSuccess = """
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83
        Content-Type: multipart/mixed; boundary=changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c

        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 204 No Content
        X-Content-Type-Options: nosniff
        Cache-Control: no-cache
        Preference-Applied: return-no-content
        DataServiceVersion: 3.0;
        Location: https://account.table.core.windows.net/cards(PartitionKey='p',RowKey='1')
        DataServiceId: https://account.table.core.windows.net/cards(PartitionKey='p',RowKey='1')
        ETag: W/"datetime'2026-01-01T00%3A00%3A00.1234567Z'"


        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 204 No Content
        X-Content-Type-Options: nosniff
        Cache-Control: no-cache
        DataServiceVersion: 1.0;


        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c--
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--

        """;

    private const string ServiceFailure = """
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83
        Content-Type: multipart/mixed; boundary=changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c

        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 412 Precondition Failed
        X-Content-Type-Options: nosniff
        Cache-Control: no-cache
        Preference-Applied: return-no-content
        DataServiceVersion: 3.0;
        Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8

        {"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"1:The update condition specified in the request was not satisfied.\nRequestId:00000000-0000-0000-0000-000000000000\nTime:2026-01-01T00:00:00.0000000Z"}}}
        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c--
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--

        """;

    // As Azurite 3.37.0 answers.
    private const string EmulatorSuccess = """
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83
        Content-Type: multipart/mixed; boundary=changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c

        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 204 No Content
        X-Content-Type-Options: nosniff
        Cache-Control: no-cache
        DataServiceVersion: 3.0;
        ETag: W/"datetime'2026-01-01T00%3A00%3A00.1234567Z'"


        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 204 No Content
        X-Content-Type-Options: nosniff
        Cache-Control: no-cache
        DataServiceVersion: 1.0;


        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c--
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--

        """;

    private const string EmulatorFailure = """
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83
        Content-Type: multipart/mixed; boundary=changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c

        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 412 Precondition Failed
        Content-ID: 2
        DataServiceVersion: 3.0;
        Content-Type: application/json;odata=minimalmetadata;charset=utf-8

        {"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"1:The update condition specified in the request was not satisfied.\nRequestId:00000000-0000-0000-0000-000000000000\nTime:2026-01-01T00:00:00.000Z"}}}
        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c--
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--

        """;

    // Of a transaction that is too long, with the stray line before the status.
    private const string EmulatorRefusal = """
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83
        Content-Type: multipart/mixed; boundary=changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c

        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c
        HTTP/1.1 400 Bad Request
        X-Content-Type-Options: nosniff
        DataServiceVersion: 3.0;
        Content-Type: application/json;odata=minimalmetadata;charset=utf-8

        {"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"0:The batch request operation exceeds the maximum 100 changes per change set.\nTime:2026-01-01T00:00:00.0000000Z"}}}
        --changesetresponse_dd66fe01-2b50-4a5b-a4d5-2d3a2b1f5d2c--
        --batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--

        """;

    private const string ContentType = "multipart/mixed; boundary=batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83";

    private static readonly TableTransactionAction[] s_actions =
    [
        new(TableTransactionActionType.Add, new TableEntity("p", "1") { ["N"] = 1 }),
        new(TableTransactionActionType.Delete, new TableEntity("p", "it's"), new ETag("W/\"2\"")),
    ];

    [Fact]
    public async Task A_transaction_is_one_changeset_of_requests()
    {
        var service = Answering(ServiceSuccess);
        await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.SubmitTransactionAsync(
        [
            .. s_actions,
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "3")),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "4")),
        ]));

        var request = service.Requests.Single();
        Assert.Equal(("POST", "/$batch"), (request.Method, request.Uri.AbsolutePath));
        var boundary = Assert.Single(Boundary().Matches(request.Headers["Content-Type"])).Groups[1].Value;
        Assert.StartsWith("multipart/mixed", request.Headers["Content-Type"], StringComparison.Ordinal);
        var lines = request.Body.Split("\r\n");
        Assert.DoesNotContain('\n', string.Concat(lines));
        Assert.Equal($"--{boundary}", lines[0]);
        Assert.Contains($"--{boundary}--", lines);
        var changeset = Assert.Single(Boundary().Matches(lines[1])).Groups[1].Value;
        var parts = request.Body.Split($"--{changeset}\r\n")[1..].Select(part => part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).ToArray();
        Assert.Equal(4, parts.Length);
        Assert.StartsWith("POST https://account.table.core.windows.net/cards HTTP/1.1\r\n", parts[0], StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n{\"PartitionKey\":\"p\",\"RowKey\":\"1\",\"N\":1}\r\n", parts[0], StringComparison.Ordinal);
        Assert.StartsWith("DELETE https://account.table.core.windows.net/cards(PartitionKey='p',RowKey='it%27%27s')", parts[1], StringComparison.Ordinal);
        Assert.Contains("\r\nIf-Match: W/\"2\"\r\n", parts[1], StringComparison.Ordinal);
        Assert.StartsWith("PATCH ", parts[2], StringComparison.Ordinal);
        Assert.Contains("\r\nIf-Match: *\r\n", parts[2], StringComparison.Ordinal);
        Assert.StartsWith("PUT ", parts[3], StringComparison.Ordinal);
        Assert.DoesNotContain("If-Match", parts[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceSuccess)]
    [InlineData(EmulatorSuccess)]
    public async Task A_transaction_that_succeeded_has_an_answer_for_each_action(string answer)
    {
        var response = await Answering(answer).Table.SubmitTransactionAsync(s_actions);
        Assert.Equal([204, 204], response.Value.Select(part => part.Status));
        Assert.Equal(new ETag("W/\"datetime'2026-01-01T00%3A00%3A00.1234567Z'\""), response.Value[0].Headers.ETag);
        Assert.Null(response.Value[1].Headers.ETag);
        Assert.Equal("No Content", response.Value[0].ReasonPhrase);
    }

    [Theory]
    [InlineData(ServiceFailure)]
    [InlineData(EmulatorFailure)]
    public async Task A_transaction_that_failed_names_the_action(string answer)
    {
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Answering(answer).Table.SubmitTransactionAsync(s_actions));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
        Assert.Contains("The update condition specified in the request was not satisfied.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_with_a_stray_line_is_understood()
    {
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Answering(EmulatorRefusal).Table.SubmitTransactionAsync(s_actions));
        Assert.Equal((400, "InvalidInput", 0), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task A_transaction_refused_as_a_whole_is_an_ordinary_error()
    {
        var service = new FakeService().Answers(HttpStatusCode.Forbidden, """{"odata.error":{"code":"AuthenticationFailed"}}""");
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.SubmitTransactionAsync(s_actions));
        Assert.Equal((403, "AuthenticationFailed"), (error.Status, error.ErrorCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83--")]
    public async Task An_answer_that_leaves_actions_out_is_an_error(string answer)
    {
        await Assert.ThrowsAsync<RequestFailedException>(() => Answering(answer).Table.SubmitTransactionAsync(s_actions));
    }

    private static FakeService Answering(string answer) =>
        new FakeService().Answers(HttpStatusCode.Accepted, answer.ReplaceLineEndings("\r\n"), ContentType);

    [GeneratedRegex("boundary=([\\w-]+)")]
    private static partial Regex Boundary();
}
