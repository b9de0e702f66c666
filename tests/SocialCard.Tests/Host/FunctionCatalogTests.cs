using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using SocialCard.Embedded;
using SocialCard.Embedded.Functions;

namespace SocialCard.Tests.Host;

public sealed class FunctionCatalogTests
{
    private static readonly Dictionary<string, string?> Settings = new() { ["Daily"] = "0 0 19 * * *", ["Inbox"] = "inbox-1" };

    [Fact]
    public void Functions_are_found_by_their_attribute_and_keep_what_their_triggers_say()
    {
        var catalog = Load(typeof(Sample));

        Assert.Equal(["Anything", "Get", "Plain", "Put"], catalog.Http.Select(function => function.Method.Name).Order());
        var get = catalog.Http.Single(function => function.Method.Name == "Get");
        Assert.Equal("api/things/{id}/{size:int}", get.Route.RawText);
        Assert.Equal(["get"], get.Verbs);
        var anything = catalog.Http.Single(function => function.Method.Name == "Anything");
        Assert.Equal("api/Anything", anything.Route.RawText);
        Assert.Empty(anything.Verbs);
        Assert.Equal(["inbox-1", "parcels", "raw"], catalog.Queues.Select(function => function.Queue).Order());
        var timer = Assert.Single(catalog.Timers);
        Assert.True(timer.RunOnStartup);
        Assert.False(timer.UseMonitor);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 1, 19, 0, 0, TimeSpan.Zero),
            timer.Schedule.Next(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(["Named", "Orchestrate"], catalog.Orchestrators.Select(function => function.Name).Order());
        Assert.Equal("Add", Assert.Single(catalog.Activities).Name);
    }

    [Fact]
    public async Task An_HTTP_function_gets_request_route_query_and_cancellation()
    {
        using var aborted = new CancellationTokenSource();
        var id = Guid.NewGuid();
        var context = new DefaultHttpContext { RequestAborted = aborted.Token };
        context.Request.RouteValues["id"] = id.ToString();
        context.Request.RouteValues["size"] = "7";
        context.Request.QueryString = new QueryString("?color=RED&day=2026-03-01");

        var result = await InvokeAsync(Load(typeof(Sample)).Http, "Get", context, aborted.Token);

        var ok = Assert.IsType<Ok<string>>(Assert.IsType<Results<Ok<string>, NotFound>>(result).Result);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{id} 7 Red 2026-03-01 10 True True"), ok.Value);
    }

    [Theory]
    [InlineData("id", "no-guid", "'id'")]
    [InlineData("size", "99999999999", "'size'")]
    [InlineData("size", null, "'size' is missing")]
    public async Task A_route_value_of_the_wrong_form_is_a_bad_request(string name, string? value, string message)
    {
        var context = new DefaultHttpContext();
        context.Request.RouteValues["id"] = Guid.NewGuid().ToString();
        context.Request.RouteValues["size"] = "7";
        context.Request.RouteValues[name] = value;

        var fault = await Assert.ThrowsAsync<BadHttpRequestException>(() => InvokeAsync(Load(typeof(Sample)).Http, "Get", context));

        Assert.Equal(StatusCodes.Status400BadRequest, fault.StatusCode);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_object_is_handed_on_as_the_result()
    {
        var result = await InvokeAsync(Load(typeof(Sample)).Http, "Plain", new DefaultHttpContext());

        Assert.Equal(new Parcel("p", 3), result);
    }

    [Theory]
    [InlineData("Text", """{"weight":3}""", "text {\"weight\":3}")]
    [InlineData("FromJson", """{"ID":"p","weight":3}""", "parcel p 3")]
    [InlineData("Raw", """{"weight":3}""", "raw 12")]
    public async Task A_queue_function_gets_text_JSON_or_bytes(string function, string body, string expected)
    {
        var heard = new Heard();
        var queue = Load(typeof(Sample)).Queues.Single(one => one.Method.Name == function);

        await queue.Method.InvokeScopedAsync(Services(heard), BinaryData.FromString(body), default);

        Assert.Equal([expected], heard.Words);
    }

    [Fact]
    public async Task A_timer_function_gets_its_timer_info()
    {
        var heard = new Heard();

        await Load(typeof(Sample)).Timers[0].Method.InvokeScopedAsync(Services(heard), new TimerInfo { IsPastDue = true }, default);

        Assert.Equal(["timer True"], heard.Words);
    }

    [Fact]
    public async Task An_orchestrator_gets_its_context_and_its_input()
    {
        var context = new Mock<TaskOrchestrationContext>();
        context.Setup(one => one.GetInput<Parcel>()).Returns(new Parcel("p", 3));
        var orchestrator = Load(typeof(Sample)).Orchestrators.Single(one => one.Name == "Orchestrate");

        var result = await orchestrator.InvokeAsync(new FunctionCall(Services(new Heard()), context.Object, default));

        Assert.Equal("p 3", result);
    }

    [Theory]
    [InlineData("""{"Id":"p","Weight":3}""", "p 4")]
    [InlineData(null, "nothing")]
    public async Task An_activity_gets_its_input_from_JSON(string? input, string expected)
    {
        var activity = Load(typeof(Sample)).Activities[0];

        var result = await activity.InvokeScopedAsync(Services(new Heard()), new ActivityCall("Add", "instance", input), default);

        Assert.Equal(expected, result);
    }

    [Fact]
    public async Task Every_invocation_has_a_new_object_and_a_scope_of_its_own()
    {
        var heard = new Heard();
        var services = Services(heard);
        var timer = Load(typeof(Scoped)).Timers[0].Method;

        await timer.InvokeScopedAsync(services, new TimerInfo(), default);
        await timer.InvokeScopedAsync(services, new TimerInfo(), default);

        Assert.Equal(["run in 1", "disposed 1", "run in 2", "disposed 2"], heard.Words);
    }

    [Fact]
    public async Task What_a_function_throws_arrives_unwrapped()
    {
        var thrower = Load(typeof(Throwing)).Timers;

        await Assert.ThrowsAsync<InvalidDataException>(
            () => thrower[0].Method.InvokeScopedAsync(Services(new Heard()), new TimerInfo(), default));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => thrower[1].Method.InvokeScopedAsync(Services(new Heard()), new TimerInfo(), default));
    }

    [Theory]
    [InlineData(typeof(NoTrigger), "exactly one trigger and has 0")]
    [InlineData(typeof(TwoTriggers), "exactly one trigger and has 2")]
    [InlineData(typeof(FunctionKey), "authorization level Function")]
    [InlineData(typeof(MvcResult), "return an IResult")]
    [InlineData(typeof(BodyParameter), "'Parcel parcel'")]
    [InlineData(typeof(QueueWithResult), "returns String")]
    [InlineData(typeof(OtherStorage), "'Elsewhere'")]
    [InlineData(typeof(UnknownSetting), "no setting 'Missing'")]
    [InlineData(typeof(BadSchedule), "schedule '* * *'")]
    [InlineData(typeof(ActivityContext), "binds the activity's input, not TaskOrchestrationContext")]
    [InlineData(typeof(WrongContext), "binds a TaskOrchestrationContext, not String")]
    [InlineData(typeof(WrongTimer), "binds a TimerInfo, not String")]
    [InlineData(typeof(ClientAsParameter), "'DurableTaskClient client'")]
    [InlineData(typeof(ReturnsValueTask), "ValueTask")]
    [InlineData(typeof(AsyncVoid), "async void")]
    [InlineData(typeof(Generic), "generic")]
    [InlineData(typeof(BadRoute), "cannot run here")]
    [InlineData(typeof(SameName), "another function has this name")]
    public void A_signature_that_the_host_does_not_run_is_refused_by_name(Type type, string message)
    {
        var fault = Assert.Throws<HostStartException>(() => Load(type));

        Assert.StartsWith("Function Refused (", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private static FunctionCatalog Load(Type type) =>
        FunctionCatalog.Load([type], new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), "api");

    private static ServiceProvider Services(Heard heard) =>
        new ServiceCollection().AddSingleton(heard).AddScoped<Numbered>().BuildServiceProvider();

    private static Task<object?> InvokeAsync(
        IReadOnlyList<HttpFunction> functions, string name, HttpContext context, CancellationToken cancellation = default) =>
        functions.Single(function => function.Method.Name == name)
            .Method.InvokeAsync(new FunctionCall(Services(new Heard()), context, cancellation));

    public sealed class Heard
    {
        public List<string> Words { get; } = [];
    }

    public sealed class Numbered(Heard heard) : IDisposable
    {
        public int Number { get; } = heard.Words.Count(word => word.StartsWith("run", StringComparison.Ordinal)) + 1;

        public void Dispose() => heard.Words.Add($"disposed {Number}");
    }

    public sealed record Parcel(string Id, int Weight);

    public enum Color
    {
        Red,
    }

    public sealed class Sample(Heard heard)
    {
        [Function("Get")]
        public static Task<Results<Ok<string>, NotFound>> GetAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}/{size:int}")] HttpRequest request,
            Guid id,
            int size,
            Color color,
            DateOnly? day,
            string? absent,
            CancellationToken cancellation,
            int limit = 10) => Task.FromResult<Results<Ok<string>, NotFound>>(TypedResults.Ok(string.Create(
                CultureInfo.InvariantCulture,
                $"{id} {size} {color} {day:yyyy-MM-dd} {limit} {absent is null} {cancellation == request.HttpContext.RequestAborted}")));

        [Function("Put")]
        public static IResult Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", "post", Route = "things")] HttpRequest request) =>
            TypedResults.Text(request.Method);

        [Function("Plain")]
        public static Task<Parcel> Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "parcel")] HttpRequest _) =>
            Task.FromResult(new Parcel("p", 3));

        [Function("Anything")]
        public static string Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Method;

        [Function("Text")]
        public Task Text([QueueTrigger("%Inbox%")] string message) => Hear($"text {message}");

        [Function("FromJson")]
        public Task FromJson([QueueTrigger("parcels", Connection = "AzureWebJobsStorage")] Parcel parcel) =>
            Hear($"parcel {parcel.Id} {parcel.Weight}");

        [Function("Raw")]
        public void Raw([QueueTrigger("raw")] BinaryData message) => heard.Words.Add($"raw {message.ToMemory().Length}");

        [Function("Daily")]
        public Task Daily([TimerTrigger("%Daily%", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) =>
            Hear($"timer {timer.IsPastDue}");

        [Function("Orchestrate")]
        public static Task<string> OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context, Parcel parcel) =>
            Task.FromResult($"{parcel.Id} {context.GetInput<Parcel>()!.Weight}");

        [Function("Aliased")]
        public static Task NamedAsync([OrchestrationTrigger(Orchestration = "Named")] TaskOrchestrationContext context) =>
            Task.FromResult(context.InstanceId);

        [Function("Add")]
        public static Task<string> AddAsync([ActivityTrigger] Parcel? parcel, CancellationToken cancellation) =>
            Task.FromResult(parcel is null || cancellation.IsCancellationRequested ? "nothing" : $"{parcel.Id} {parcel.Weight + 1}");

        public static void NoFunction(string text) => Assert.NotNull(text);

        private Task Hear(string word)
        {
            heard.Words.Add(word);
            return Task.CompletedTask;
        }
    }

    public sealed class Scoped(Heard heard, Numbered numbered)
    {
        [Function("Run")]
        public async Task RunAsync([TimerTrigger("0 0 0 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            heard.Words.Add($"run in {numbered.Number}");
            Assert.NotNull(timer);
        }
    }

    public static class Throwing
    {
        [Function("AtOnce")]
        public static void AtOnce([TimerTrigger("0 0 0 * * *")] TimerInfo timer) => throw new InvalidDataException($"{timer.IsPastDue}");

        [Function("Later")]
        public static async Task LaterAsync([TimerTrigger("0 0 0 * * *")] TimerInfo timer)
        {
            await Task.Yield();
            throw new InvalidDataException($"{timer.IsPastDue}");
        }
    }

    public static class NoTrigger
    {
        [Function("Refused")]
        public static void Run(string text) => Assert.NotNull(text);
    }

    public static class TwoTriggers
    {
        [Function("Refused")]
        public static void Run([QueueTrigger("q")] string text, [TimerTrigger("0 0 0 * * *")] TimerInfo timer) =>
            Assert.NotEqual<object>(text, timer);
    }

    public static class FunctionKey
    {
        [Function("Refused")]
        public static string Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => request.Method;
    }

    public static class MvcResult
    {
        [Function("Refused")]
        public static ActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            new ContentResult { Content = request.Method };
    }

    public static class BodyParameter
    {
        [Function("Refused")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, Parcel parcel) =>
            request.Method + parcel;
    }

    public static class QueueWithResult
    {
        [Function("Refused")]
        public static string Run([QueueTrigger("q")] string text) => text;
    }

    public static class OtherStorage
    {
        [Function("Refused")]
        public static void Run([QueueTrigger("q", Connection = "Elsewhere")] string text) => Assert.NotNull(text);
    }

    public static class UnknownSetting
    {
        [Function("Refused")]
        public static void Run([QueueTrigger("%Missing%")] string text) => Assert.NotNull(text);
    }

    public static class BadSchedule
    {
        [Function("Refused")]
        public static void Run([TimerTrigger("* * *")] TimerInfo timer) => Assert.NotNull(timer);
    }

    public static class ActivityContext
    {
        [Function("Refused")]
        public static void Run([ActivityTrigger] TaskOrchestrationContext context) => Assert.NotNull(context);
    }

    public static class WrongContext
    {
        [Function("Refused")]
#pragma warning disable DURABLE1001 // The very fault that is to be refused.
        public static void Run([OrchestrationTrigger] string context) => Assert.NotNull(context);
#pragma warning restore DURABLE1001
    }

    public static class WrongTimer
    {
        [Function("Refused")]
        public static void Run([TimerTrigger("0 0 0 * * *")] string timer) => Assert.NotNull(timer);
    }

    public static class ClientAsParameter
    {
        [Function("Refused")]
        public static void Run([QueueTrigger("q")] string text, [DurableClient] DurableTaskClient client) =>
            Assert.NotEqual<object>(text, client);
    }

    public static class ReturnsValueTask
    {
        [Function("Refused")]
        public static ValueTask Run([QueueTrigger("q")] string text) => new(Task.FromResult(text));
    }

    public static class AsyncVoid
    {
        [Function("Refused")]
#pragma warning disable AZFW0002 // The very fault that is to be refused.
        public static async void Run([QueueTrigger("q")] string text)
#pragma warning restore AZFW0002
        {
            await Task.Yield();
            Assert.NotNull(text);
        }
    }

    public static class Generic
    {
        [Function("Refused")]
        public static void Run<T>([QueueTrigger("q")] T message) => Assert.NotNull(message);
    }

    public static class BadRoute
    {
        [Function("Refused")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{b")] HttpRequest request) => request.Method;
    }

    public static class SameName
    {
        [Function("refused")]
        public static void Run([QueueTrigger("q")] string text) => Assert.NotNull(text);

        [Function("Refused")]
        public static void RunToo([QueueTrigger("q")] string text) => Assert.NotNull(text);
    }
}
