namespace SocialCard.Embedded.Storage;

/// <summary>
/// The development storage of several hosts: when the one that had started Azurite has ended, the next that misses it starts it again, on
/// the same files and ports.
/// </summary>
internal sealed class SharedAzurite : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;
    private AzuriteProcess? azurite;

    public SharedAzurite(HostStorage storage, LocalFolders folders, TextWriter progress) =>
        watching = Task.Run(() => WatchAsync(storage, folders, progress));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        stopping.Dispose();
    }

    private async Task WatchAsync(HostStorage storage, LocalFolders folders, TextWriter progress)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, stopping.Token);
                if (await HostStorage.ConnectFaultAsync(storage.Tables.Uri, stopping.Token) is not null)
                {
                    azurite = await AzuriteProcess.StartOnFilesAsync(
                        folders.Tools, folders.Data, AzuritePorts.DevelopmentStorage, progress, stopping.Token);
                }
            }
            catch (Exception fault) when (fault is HostStartException || stopping.IsCancellationRequested)
            {
                // Another host was quicker, or Azurite is still closing; the next look tells.
            }
        }
    }
}
