using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.EndToEnd.Worker;

/// <summary>The side of the Functions host that workers see: the stream of messages, and the hub of the workflows.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>The longest message that the host takes and sends, in bytes.</summary>
    public const int MaxMessageBytes = int.MaxValue;

    private readonly WorkerStreams streams = new();
    private readonly WebApplication web;

    private FunctionsHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = options.MaxSendMessageSize = MaxMessageBytes);
        builder.Services.AddSingleton(streams).AddSingleton(TaskHub);
        web = builder.Build();
        web.UseRouting();
        web.MapGrpcService<WorkerStreams>();
        web.MapGrpcService<TaskHub>();
    }

    /// <summary>Where workers and their durable clients find the host.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What the app's durable clients ask for.</summary>
    public TaskHub TaskHub { get; } = new();

    public static async Task<FunctionsHost> StartAsync()
    {
        var host = new FunctionsHost();
        await host.web.StartAsync();
        host.Address = new Uri(host.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    /// <summary>The stream of the worker with an id, once it has called.</summary>
    public Task<WorkerStream> StreamOfAsync(string workerId) => streams.OfAsync(workerId);

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private sealed class WorkerStreams : FunctionRpc.FunctionRpcBase
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerStream>> awaited = new();

        public Task<WorkerStream> OfAsync(string workerId) => Awaited(workerId).Task;

        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            var stream = new WorkerStream();
            Awaited(requestStream.Current.StartStream.WorkerId).SetResult(stream);
            await stream.RunAsync(requestStream, responseStream, context.CancellationToken);
        }

        private TaskCompletionSource<WorkerStream> Awaited(string workerId) =>
            awaited.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}

/// <summary>The open call of one worker: questions and their answers.</summary>
internal sealed class WorkerStream
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> unanswered = new();
    private readonly Channel<StreamingMessage> questions = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentQueue<RpcLog> logs = new();

    /// <summary>What the worker has logged through the host.</summary>
    public IReadOnlyCollection<RpcLog> Logs => logs;

    /// <summary>Asks the worker and waits for its answer.</summary>
    /// <exception cref="WorkerGoneException">The worker went away without one.</exception>
    public Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = unanswered.GetOrAdd(question.RequestId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return questions.Writer.TryWrite(question) ? answer.Task : throw Gone();
    }

    /// <summary>Passes on questions and answers until the worker goes away.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker, CancellationToken gone)
    {
        try
        {
            await Task.WhenAll(ReadAsync(fromWorker, gone), WriteAsync(toWorker, gone));
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or OperationCanceledException)
        {
            // That it is gone is what the open questions are told.
        }
        finally
        {
            questions.Writer.TryComplete();
            foreach (var (_, answer) in unanswered)
            {
                answer.TrySetException(Gone());
            }
        }
    }

    private static WorkerGoneException Gone() => new("The worker has left its stream.");

    private async Task ReadAsync(IAsyncStreamReader<StreamingMessage> fromWorker, CancellationToken gone)
    {
        while (await fromWorker.MoveNext(gone))
        {
            var message = fromWorker.Current;
            if (message.RpcLog is { } log)
            {
                logs.Enqueue(log);
            }
            else if (unanswered.TryRemove(message.RequestId, out var answer))
            {
                answer.TrySetResult(message);
            }
        }

        questions.Writer.Complete();
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken gone)
    {
        await foreach (var question in questions.Reader.ReadAllAsync(gone))
        {
            await toWorker.WriteAsync(question, gone);
        }
    }
}

/// <summary>A worker went away while the host waited for it.</summary>
internal sealed class WorkerGoneException(string how) : Exception(how);
