using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace SocialCard.EndToEnd.Worker;

/// <summary>The host's end of the durable clients: notes what the app starts and the events that it raises; nothing runs.</summary>
internal sealed class TaskHub : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private readonly ConcurrentDictionary<string, CreateInstanceRequest> instances = new();
    private readonly ConcurrentQueue<RaiseEventRequest> events = new();

    /// <summary>The workflows that were started, by instance.</summary>
    public IReadOnlyDictionary<string, CreateInstanceRequest> Instances => instances;

    /// <summary>The events that were raised, oldest first.</summary>
    public IReadOnlyCollection<RaiseEventRequest> Events => events;

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context) =>
        instances.TryAdd(request.InstanceId, request)
            ? Task.FromResult(new CreateInstanceResponse { InstanceId = request.InstanceId })
            : throw new RpcException(new Status(StatusCode.AlreadyExists, $"There is an instance {request.InstanceId}."));

    public override Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) =>
        Task.FromResult(instances.TryGetValue(request.InstanceId, out var started)
            ? new GetInstanceResponse { Exists = true, OrchestrationState = new() { InstanceId = started.InstanceId, Name = started.Name } }
            : new GetInstanceResponse());

    /// <summary>Nothing runs here, so nothing has ended that a purge could find.</summary>
    public override Task<QueryInstancesResponse> QueryInstances(QueryInstancesRequest request, ServerCallContext context) =>
        Task.FromResult(new QueryInstancesResponse());

    public override Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context)
    {
        events.Enqueue(request);
        return Task.FromResult(new RaiseEventResponse());
    }
}
