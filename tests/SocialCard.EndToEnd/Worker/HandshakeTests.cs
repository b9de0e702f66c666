using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using NCrontab;
using SocialCard.Embedded.Functions;
using SocialCard.Functions;

namespace SocialCard.EndToEnd.Worker;

/// <summary>What the host learns of the app, from its folder and from the worker itself, is what the embedded host serves.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class HandshakeTests(WorkerFixture live)
{
    private const string DurableClient = "durableClient";

    private static readonly JsonArray Metadata = Read("functions.metadata").AsArray();

    [Theory]
    [InlineData("host.json")]
    [InlineData("functions.metadata")]
    [InlineData("worker.config.json")]
    [InlineData("extensions.json")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.Storage.Queues.dll")]
    public void Folder_has_what_the_host_looks_for(string file) => Assert.True(File.Exists(Path.Combine(WorkerProcess.Folder, file)));

    [Fact]
    public void Worker_configuration_names_the_app_and_lets_the_worker_list_its_functions()
    {
        var description = Read("worker.config.json")["description"]!;
        Assert.Equal("dotnet-isolated", (string?)description["language"]);
        Assert.True(File.Exists(Path.Combine(WorkerProcess.Folder, (string)description["defaultWorkerPath"]!)));
        Assert.Equal("true", (string?)description["workerIndexing"]);
    }

    [Fact]
    public void Every_extension_of_the_host_is_where_the_list_says()
    {
        var paths = Read("extensions.json")["extensions"]!.AsArray().Select(extension => (string)extension!["hintPath"]!);
        Assert.All(paths, path => Assert.True(File.Exists(Path.Combine(WorkerProcess.Folder, path)), path));
    }

    [Fact]
    public void Worker_announces_its_own_port_for_HTTP()
    {
        Assert.True(Uri.TryCreate(live.Worker.Capabilities["HttpUri"], UriKind.Absolute, out var address));
        Assert.True(address.IsLoopback);
    }

    [Fact]
    public void Worker_lists_the_functions_of_the_file_with_the_bindings_of_their_parameters()
    {
        Assert.Equal(
            Metadata.Select(function => $"{function!["name"]} {function["entryPoint"]} {function["scriptFile"]}").Order(),
            Functions.Select(function => $"{function.Name} {function.EntryPoint} {function.ScriptFile}").Order());
        Assert.All(Metadata, function => Assert.Equal(
            function!["bindings"]!.AsArray().Select(TextOf!),
            HostedWorker.BindingsOf(live.Worker.Functions[(string)function["name"]!]).Where(IsOfParameter).Select(TextOf)));

        // The file has the fields in another order than the worker, and writes down what is empty.
        static string TextOf(JsonNode binding) => string.Join(' ', binding.AsObject()
            .Where(field => field.Value is not JsonObject { Count: 0 })
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={field.Value?.ToJsonString()}"));
    }

    [Fact]
    public void Worker_and_embedded_host_serve_the_same_functions_under_the_same_routes_queues_and_schedules()
    {
        var settings = new ConfigurationBuilder().Build();
        var prefix = live.Worker.Api.AbsolutePath.Trim('/');
        var catalog = FunctionCatalog.Load(typeof(SocialCardServices).Assembly.GetTypes(), settings, prefix);
        Assert.Equal(Described(catalog).Order(), Described(Functions, prefix).Order());
    }

    [Fact]
    public void Every_binding_is_a_parameter_of_the_method_that_the_embedded_host_calls()
    {
        Assert.All(Functions, function =>
        {
            var dot = function.EntryPoint.LastIndexOf('.');
            var type = typeof(SocialCardServices).Assembly.GetType(function.EntryPoint[..dot], throwOnError: true)!;
            var parameters = type.GetMethod(function.EntryPoint[(dot + 1)..])!.GetParameters()
                .Select(parameter => (parameter.Name, Binding: parameter.GetCustomAttribute<BindingAttribute>()?.GetType().Name))
                .Where(parameter => parameter.Binding is not null)
                .Select(parameter => $"{parameter.Name}: {parameter.Binding}".ToUpperInvariant());
            var bindings = HostedWorker.InputsOf(function).Where(IsOfParameter).Select(
                input => $"{input["name"]}: {input["type"]}Attribute".ToUpperInvariant());
            Assert.Equal(parameters, bindings);
        });
    }

    [Fact]
    public void Every_function_but_orchestrations_has_a_client_of_workflows_sent() => Assert.Equal(
        Functions.Select(function => function.Name).Except(live.Worker.FunctionsOf("orchestrationTrigger")).Order(),
        live.Worker.FunctionsOf(DurableClient).Order());

    [Fact]
    public void Every_function_loads()
    {
        Assert.NotEmpty(live.Worker.Loads);
        Assert.All(live.Worker.Loads, load =>
            Assert.True(load.Value.Status == StatusResult.Types.Status.Success, $"{load.Key}: {load.Value.Exception?.Message}"));
    }

    private static bool IsOfParameter(JsonNode binding) => (string?)binding["type"] != DurableClient;

    private IEnumerable<RpcFunctionMetadata> Functions => live.Worker.Functions.Values;

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(WorkerProcess.Folder, file)))!;

    private static IEnumerable<string> Described(FunctionCatalog catalog) =>
    [
        .. catalog.Http.Select(http => $"{http.Method.Name} http {string.Join(',', http.Verbs)} {http.Route.RawText}"),
        .. catalog.Queues.Select(queue => $"{queue.Method.Name} queue {queue.Queue}"),
        .. catalog.Timers.Select(timer =>
            $"{timer.Method.Name} timer {Occurrences(timer.Schedule.Next)} {timer.UseMonitor} {timer.RunOnStartup}"),
        .. catalog.Orchestrators.Select(orchestrator => $"{orchestrator.Name} orchestration"),
        .. catalog.Activities.Select(activity => $"{activity.Name} activity"),
    ];

    private static IEnumerable<string> Described(IEnumerable<RpcFunctionMetadata> functions, string prefix) =>
        from function in functions
        from binding in HostedWorker.BindingsOf(function)
        let described = (string)binding["type"]! switch
        {
            "httpTrigger" => $"http {string.Join(',', binding["methods"]?.AsArray() ?? [])} {prefix}/{binding["route"]}",
            "queueTrigger" => $"queue {binding["queueName"]}",
            "timerTrigger" => $"timer {Occurrences(NextOf((string)binding["schedule"]!))} "
                + $"{(bool?)binding["useMonitor"] ?? true} {(bool?)binding["runOnStartup"] ?? false}",
            "orchestrationTrigger" => "orchestration",
            "activityTrigger" => "activity",
            DurableClient or "http" => null,
            var other => $"{other}, which the embedded host does not know",
        }
        where described is not null
        select $"{function.Name} {described}";

    private static string Occurrences(Func<DateTimeOffset, DateTimeOffset?> next)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return string.Join(' ', Enumerable.Range(0, 3).Select(_ => at = next(at)!.Value));
    }

    // As the Functions host reads a schedule.
    private static Func<DateTimeOffset, DateTimeOffset?> NextOf(string schedule)
    {
        var crontab = CrontabSchedule.Parse(schedule, new() { IncludingSeconds = true });
        return after => new DateTimeOffset(crontab.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);
    }
}
