using DurableTask.AzureStorage;

namespace SocialCard.Embedded.Durable.AzureStorage;

/// <summary>
/// The framework's own provider on Azure Storage, the backend of the Azure deployment; several processes share a hub of it.
/// </summary>
internal static class AzureStorageProvider
{
    /// <summary>The longest timer that is one message: a message waits seven days at most.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    /// <summary>Makes the provider as the Functions host makes it of the same host.json.</summary>
    public static AzureStorageOrchestrationService Create(
        DurableTaskSettings hub, StorageAccountClientProvider storage, ILoggerFactory loggers) => new(new()
        {
            TaskHubName = hub.HubName,
            WorkerId = $"{Environment.MachineName}-{Environment.ProcessId}",
            StorageAccountClientProvider = storage,
            PartitionCount = hub.StorageProvider.PartitionCount,
            MaxQueuePollingInterval = hub.StorageProvider.MaxQueuePollingInterval,
            ControlQueueVisibilityTimeout = hub.StorageProvider.ControlQueueVisibilityTimeout,
            WorkItemQueueVisibilityTimeout = hub.StorageProvider.WorkItemQueueVisibilityTimeout,
            MaxConcurrentTaskOrchestrationWorkItems = hub.MaxConcurrentOrchestratorFunctions,
            MaxConcurrentTaskActivityWorkItems = hub.MaxConcurrentActivityFunctions,
            UseAppLease = false,
            ThrowExceptionOnInvalidDedupeStatus = true,
            LoggerFactory = new MaskedLoggers(loggers),
        });
}
