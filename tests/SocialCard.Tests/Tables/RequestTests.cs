using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace SocialCard.Tests.Tables;

public sealed class RequestTests
{
    [Fact]
    public async Task A_request_says_what_it_wants()
    {
        var service = new FakeService().Answers(HttpStatusCode.NoContent);
        await service.Table.AddEntityAsync(new TableEntity("p", "r") { ["Long"] = 1L, ["Text"] = "卡", ["Timestamp"] = DateTimeOffset.UnixEpoch, ["odata.etag"] = "x" });

        var request = service.Requests.Single();
        Assert.Equal(("POST", "https://account.table.core.windows.net/cards"), (request.Method, request.Uri.AbsoluteUri));
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("return-no-content", request.Headers["Prefer"]);
        Assert.Equal("2020-12-06", request.Headers["x-ms-version"]);
        Assert.Equal("3.0", request.Headers["DataServiceVersion"]);
        Assert.NotEmpty(request.Headers["x-ms-client-request-id"]);
        var body = JsonDocument.Parse(request.Body).RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString());
        Assert.Equal(
            new Dictionary<string, string?> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["Long@odata.type"] = "Edm.Int64", ["Long"] = "1", ["Text"] = "卡" },
            body);
    }

    [Fact]
    public async Task A_request_is_signed_over_its_date_and_its_escaped_path()
    {
        var service = new FakeService().Answers(HttpStatusCode.NotFound);
        await service.Table.GetEntityIfExistsAsync<TableEntity>("it's", "卡 %", ["A", "B"]);

        var request = service.Requests.Single();
        Assert.Equal("/cards(PartitionKey='it%27%27s',RowKey='%E5%8D%A1%20%25')", request.Uri.AbsolutePath);
        Assert.Contains("select=A%2CB", request.Uri.Query, StringComparison.Ordinal);
        Assert.Equal(Signature(FakeService.Key, $"{request.Headers["x-ms-date"]}\n/account{request.Uri.AbsolutePath}"), request.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_retry_is_signed_anew()
    {
        var rotated = Convert.ToBase64String(new byte[32]);
        var service = new FakeService().Answers(HttpStatusCode.ServiceUnavailable);
        service.After(() => service.Credential.SetAccountKey(rotated)).Answers(HttpStatusCode.NoContent);
        await service.Table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });

        Assert.Equal(2, service.Requests.Count);
        foreach (var (key, request) in new[] { FakeService.Key, rotated }.Zip(service.Requests))
            Assert.Equal(Signature(key, $"{request.Headers["x-ms-date"]}\n/account{request.Uri.AbsolutePath}"), request.Headers["Authorization"]);
        Assert.Equal(service.Requests[0].Body, service.Requests[1].Body);
        Assert.Equal(service.Requests[0].Headers["x-ms-client-request-id"], service.Requests[1].Headers["x-ms-client-request-id"]);
    }

    [Fact]
    public async Task Only_an_error_that_may_pass_is_retried()
    {
        var service = new FakeService().Answers(HttpStatusCode.BadRequest);
        await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Single(service.Requests);

        service = new FakeService();
        for (var i = 0; i < 4; i++)
            service.Answers(HttpStatusCode.InternalServerError);
        await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal(4, service.Requests.Count);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "PATCH")]
    [InlineData(TableUpdateMode.Replace, "PUT")]
    public async Task An_update_is_conditional_and_an_upsert_is_not(TableUpdateMode mode, string method)
    {
        var service = new FakeService().Answers(HttpStatusCode.NoContent).Answers(HttpStatusCode.NoContent);
        await service.Table.UpdateEntityAsync(new TableEntity("p", "r"), new ETag("W/\"1\""), mode);
        await service.Table.UpsertEntityAsync(new TableEntity("p", "r"), mode);
        Assert.All(service.Requests, request => Assert.Equal(method, request.Method));
        Assert.Equal("W/\"1\"", service.Requests[0].Headers["If-Match"]);
        Assert.False(service.Requests[1].Headers.ContainsKey("If-Match"));
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1/cards", "devstoreaccount1")]
    [InlineData($"AccountName=a;AccountKey={FakeService.Key};DefaultEndpointsProtocol=https;EndpointSuffix=core.chinacloudapi.cn", "https://a.table.core.chinacloudapi.cn/cards", "a")]
    [InlineData($"AccountName=a;AccountKey={FakeService.Key};TableEndpoint=http://127.0.0.1:12345/a/", "http://127.0.0.1:12345/a/cards", "a")]
    [InlineData("TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=?sv=1&sig=s%3D", "https://a.table.core.windows.net/cards?sv=1&sig=s%3D", "a")]
    public async Task A_connection_string_says_where_and_as_whom(string connectionString, string address, string account)
    {
        var service = new FakeService().Answers(HttpStatusCode.NoContent);
        var table = new TableClient(connectionString, "cards", service.Options);
        await table.AddEntityAsync(new TableEntity("p", "r"));
        Assert.Equal(account, table.AccountName);
        Assert.Equal(address, service.Requests.Single().Uri.AbsoluteUri);
        Assert.Equal(address.Split('?')[0], table.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData($"AccountKey={FakeService.Key}")]
    [InlineData("AccountName=a;EndpointSuffix=core.windows.net")]
    [InlineData($"AccountName=a;AccountKey={FakeService.Key};TableEndpoint=relative")]
    public void A_connection_string_that_says_too_little_is_refused_without_telling_its_secrets(string connectionString)
    {
        var error = Assert.ThrowsAny<FormatException>(() => new TableClient(connectionString, "cards"));
        Assert.DoesNotContain(FakeService.Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.table.core.windows.net/cards?sv=1&sig=s", "cards")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/cards?sv=1&sig=s", "cards")]
    public async Task An_address_with_a_signature_names_the_table(string address, string name)
    {
        var service = new FakeService().Answers(HttpStatusCode.NotFound);
        var table = new TableClient(new Uri(address), service.Options);
        await table.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.Equal(name, table.Name);
        Assert.Contains("sv=1&sig=s", service.Requests.Single().Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_does_not_go_over_an_open_connection()
    {
        Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("http://a.table.core.windows.net"), new AzureSasCredential("sig=s")));
    }

    [Fact]
    public async Task A_token_is_asked_for_the_storage_service()
    {
        var service = new FakeService().Answers(HttpStatusCode.NoContent);
        var credential = new FakeCredential();
        var table = new TableClient(new Uri("https://a.table.core.windows.net"), "cards", credential, service.Options);
        await table.AddEntityAsync(new TableEntity("p", "r"));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.Equal("Bearer token", service.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task An_operation_is_traced_with_its_error()
    {
        var traced = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Azure.Data.Tables", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (traced)
                    traced.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var service = new FakeService().Answers(HttpStatusCode.Conflict, """{"odata.error":{"code":"EntityAlreadyExists"}}""");
        using var caller = new Activity("caller").Start();
        await Assert.ThrowsAsync<RequestFailedException>(() => service.Table.AddEntityAsync(new TableEntity("p", "r")));

        var operation = Assert.Single(traced, activity => activity.TraceId == caller.TraceId);
        Assert.Equal(("TableClient.AddEntity", ActivityStatusCode.Error), (operation.DisplayName, operation.Status));
        Assert.Equal("EntityAlreadyExists", operation.GetTagItem("error.type"));
    }

    private static string Signature(string key, string text) =>
        $"SharedKeyLite account:{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)))}";

    private sealed class FakeCredential : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
