using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialCard.Functions.Api;

namespace SocialCard.EndToEnd.Worker;

/// <summary>The app at work under a Functions host: its functions are loaded, and the host has them invoked.</summary>
internal sealed class HostedWorker : IApiServer, IAsyncDisposable
{
    private readonly WorkerProcess process;
    private readonly WorkerStream stream;
    private readonly FunctionsHost host;

    private HostedWorker(WorkerProcess process, WorkerStream stream, FunctionsHost host) =>
        (this.process, this.stream, this.host) = (process, stream, host);

    /// <summary>What the worker announced at its start.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = null!;

    /// <summary>The worker's own list of its functions, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = null!;

    /// <summary>What came of loading each function, by name.</summary>
    public IReadOnlyDictionary<string, StatusResult> Loads { get; private set; } = null!;

    public Uri Api { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The messages of the app's logs that reached the host.</summary>
    public IEnumerable<string> Logs => stream.Logs.Select(log => log.Message);

    public bool HasExited => process.HasExited;

    /// <summary>Starts a worker and goes through the handshake as the host does.</summary>
    public static async Task<HostedWorker> StartAsync(FunctionsHost host, IEnumerable<(string Name, string Value)> settings)
    {
        var id = Guid.NewGuid().ToString();
        var process = WorkerProcess.Start(id, host.Address, settings);
        try
        {
            var worker = new HostedWorker(process, await process.UntilAsync(host.StreamOfAsync(id)), host);
            await worker.InitializeAsync();
            return worker;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The bindings of a function.</summary>
    public static IEnumerable<JsonNode> BindingsOf(RpcFunctionMetadata function) =>
        function.RawBindings.Select(binding => JsonNode.Parse(binding)!);

    /// <summary>The bindings of a function that go in: its trigger and its client of workflows.</summary>
    public static IEnumerable<JsonNode> InputsOf(RpcFunctionMetadata function) =>
        BindingsOf(function).Where(binding => (string?)binding["direction"] == "In");

    /// <summary>The functions that a trigger fires.</summary>
    /// <param name="trigger">The type of the binding.</param>
    public IEnumerable<string> FunctionsOf(string trigger) => Functions.Values
        .Where(function => BindingsOf(function).Any(binding => (string?)binding["type"] == trigger))
        .Select(function => function.Name);

    /// <summary>What a host sends for clients of its workflows, in the form of its Durable extension.</summary>
    public static string ClientOf(FunctionsHost host) => JsonSerializer.Serialize(new
    {
        taskHubName = "SocialCard",
        connectionName = "AzureWebJobsStorage",
        rpcBaseUrl = host.Address,
        httpBaseUrl = new Uri(host.Address, "runtime/webhooks/durabletask"),
        requiredQueryStringParameters = "code=none",
        maxGrpcMessageSizeInBytes = FunctionsHost.MaxMessageBytes,
        grpcHttpClientTimeout = JsonSerializer.Serialize(TimeSpan.FromMinutes(1)),
    });

    /// <summary>Has a function invoked.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="trigger">What the trigger hands over.</param>
    /// <param name="metadata">What the trigger knows besides, such as the values in a route.</param>
    /// <param name="invocationId">The invocation's id, where it has to be known beforehand.</param>
    /// <param name="client">What a client of workflows is made of, where it is not this host's.</param>
    /// <exception cref="WorkerGoneException">The worker went away before it answered.</exception>
    public async Task<InvocationResponse> InvokeAsync(
        string function,
        TypedData trigger,
        IEnumerable<KeyValuePair<string, string>>? metadata = null,
        string? invocationId = null,
        string? client = null)
    {
        var request = new InvocationRequest
        {
            InvocationId = invocationId ?? Guid.NewGuid().ToString(),
            FunctionId = Functions[function].FunctionId,
            TraceContext = new(),
        };
        foreach (var binding in InputsOf(Functions[function]))
        {
            var data = (string?)binding["type"] == "durableClient" ? new TypedData { String = client ?? ClientOf(host) } : trigger;
            request.InputData.Add(new ParameterBinding { Name = (string?)binding["name"], Data = data });
        }

        foreach (var (name, value) in metadata ?? [])
        {
            request.TriggerMetadata.Add(name, new TypedData { String = value });
        }

        return (await process.UntilAsync(stream.AskAsync(new() { InvocationRequest = request }))).InvocationResponse;
    }

    /// <summary>Waits until its port for HTTP is open, or closed.</summary>
    public async Task UntilPortIsAsync(bool open)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await IsOpenAsync() != open)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }

        async Task<bool> IsOpenAsync()
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(Api.Host, Api.Port, patience.Token);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    /// <summary>Ends the process in order (SIGTERM) and tells its exit code.</summary>
    public Task<int> TerminateAsync() => process.TerminateAsync();

    public ValueTask DisposeAsync()
    {
        Http?.Dispose();
        return process.DisposeAsync();
    }

    private async Task InitializeAsync()
    {
        var folder = WorkerProcess.Folder;
        var start = new WorkerInitRequest { HostVersion = "4.1037.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        Capabilities = (await AskAsync(new() { WorkerInitRequest = start })).WorkerInitResponse.Capabilities;
        var list = await AskAsync(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } });
        Functions = list.FunctionMetadataResponse.FunctionMetadataResults.ToDictionary(function => function.Name);
        Loads = (await Task.WhenAll(Functions.Values.Select(LoadAsync))).ToDictionary();

        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "host.json")))!;
        var prefix = (string)settings["extensions"]!["http"]!["routePrefix"]!;
        Api = new Uri(new Uri(Capabilities["HttpUri"]), ApiRoute.V1);
        Http = new HttpClient(new HttpProxy(this, prefix)) { Timeout = TimeSpan.FromMinutes(5) };
        // It calls the host before its own port is open; the real host tries again.
        await process.UntilAsync(UntilPortIsAsync(open: true));
    }

    private async Task<KeyValuePair<string, StatusResult>> LoadAsync(RpcFunctionMetadata function)
    {
        var answer = await AskAsync(new() { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } });
        return new(function.Name, answer.FunctionLoadResponse.Result);
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage question) => process.UntilAsync(stream.AskAsync(question));
}
