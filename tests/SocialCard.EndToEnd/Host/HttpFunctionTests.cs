using System.Net;
using System.Text;
using System.Text.Json;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace SocialCard.EndToEnd.Host;

[Collection(AzuriteFixture.Collection)]
public sealed class HttpFunctionTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private SampleHost host = null!;

    public async Task InitializeAsync() =>
        host = await SampleHost.StartAsync(fixture.Azurite.ConnectionString, [typeof(Sample), typeof(Starter)]);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("GET", "api/typed/7?shout=true", 200, "application/json", "\"SEVEN\"")]
    [InlineData("GET", "api/typed/8", 404, null, "")]
    [InlineData("POST", "api/text", 200, "text/plain", "POST text")]
    [InlineData("GET", "api/object", 200, "application/json", """{"id":"p"}""")]
    [InlineData("GET", "api/nothing", 204, null, "")]
    [InlineData("PUT", "api/Own", 418, null, "")]
    public async Task A_function_answers_with_what_it_returns(string method, string address, int status, string? type, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "api/typed/seven", 400, "bad-request")]
    [InlineData("GET", "api/fail", 500, "internal-error")]
    [InlineData("GET", "api/outage", 503, "storage-unavailable")]
    public async Task What_a_function_cannot_answer_is_a_problem_that_tells_nothing_of_the_inside(
        string method, string address, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Http.SendAsync(request);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.Equal(status == 503, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData("GET", "api/unknown", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "admin/clock", 404)]
    [InlineData("DELETE", "api/text", 405)]
    public async Task What_no_function_takes_has_no_answer_but_a_status(string method, string address, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal((status, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_body_over_the_servers_limit_is_too_large()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("{}")));
        content.Headers.ContentLength = 2;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/limited") { Content = content };
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("body-too-large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestration_started_over_HTTP_runs_its_activity()
    {
        var answer = await host.Http.GetStringAsync("api/orchestrate/abc");

        Assert.Equal("\"abc!\"", answer);
    }

    [Fact]
    public async Task Health_names_every_dependency()
    {
        var health = await host.GetJsonAsync("admin/health");

        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(
            ["engine ok", "queues ok", "tables ok"],
            health.GetProperty("dependencies").EnumerateObject().Select(one => $"{one.Name} {one.Value}").Order());
    }

    public static class Sample
    {
        [Function("Typed")]
        public static Results<Ok<string>, NotFound> Typed(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{number}")] HttpRequest request,
            int number,
            bool shout = false)
        {
            Assert.NotNull(request);
            return number == 7 ? TypedResults.Ok(shout ? "SEVEN" : "seven") : TypedResults.NotFound();
        }

        [Function("Text")]
        public static string Text([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "text")] HttpRequest request) =>
            $"{request.Method} text";

        [Function("Object")]
        public static Task<Parcel> ObjectAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "object")] HttpRequest _) =>
            Task.FromResult(new Parcel("p"));

        [Function("Nothing")]
        public static Task<Parcel?> NothingAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "nothing")] HttpRequest _) =>
            Task.FromResult<Parcel?>(null);

        [Function("Own")]
        public static void Own([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            request.HttpContext.Response.StatusCode = StatusCodes.Status418ImATeapot;

        [Function("Fail")]
        public static async Task<IResult> FailAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException($"secret of {request.Path}");
        }

        [Function("Outage")]
        public static IResult Outage([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "outage")] HttpRequest request) =>
            throw new AggregateException(
                new RequestFailedException(0, $"secret of {request.Path}"), new RequestFailedException(503, "secret"));

        [Function("Limited")]
        public static IResult Limited([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "limited")] HttpRequest request) =>
            throw new BadHttpRequestException($"{request.ContentLength} bytes are too many.", StatusCodes.Status413PayloadTooLarge);

        [Function("Orchestrate")]
        public static async Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context, string text) =>
            await context.CallActivityAsync<string>("Emphasize", text);

        [Function("Emphasize")]
        public static string Emphasize([ActivityTrigger] string text) => text + "!";
    }

    public sealed class Starter(DurableTaskClient workflows)
    {
        [Function("Start")]
        public async Task<IResult> StartAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orchestrate/{text}")] HttpRequest request,
            string text,
            CancellationToken cancellation)
        {
            Assert.NotNull(request);
            var id = await workflows.ScheduleNewOrchestrationInstanceAsync("Orchestrate", text, cancellation: cancellation);
            var metadata = await workflows.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellation);
            return TypedResults.Ok(metadata.ReadOutputAs<string>());
        }
    }

    public sealed record Parcel(string Id);
}
