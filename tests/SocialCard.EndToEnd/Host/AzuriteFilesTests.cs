using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using SocialCard.Embedded.Storage;

namespace SocialCard.EndToEnd.Host;

/// <summary>The emulator that the host starts, as the death of the host leaves it.</summary>
public sealed class AzuriteFilesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-azurite-");

    public void Dispose() => files.Delete(recursive: true);

    [Fact]
    public async Task Azurite_writes_its_files_though_its_killed_parent_reads_no_more_of_what_it_says()
    {
        // Installs the emulator where that has not been done.
        await (await Azurite.StartAsync()).DisposeAsync();
        using (var orphan = Start())
        {
            await new QueueServiceClient(await ConnectionOfAsync(orphan)).CreateQueueAsync("kept");

            // What a killed parent does to its pipes.
            orphan.StandardOutput.Close();
            orphan.StandardError.Close();
            orphan.StandardInput.Close();

            // The next one does not wait for the end of the first to be started.
            using var next = Start();
            Assert.True(await new QueueServiceClient(await ConnectionOfAsync(next)).GetQueueClient("kept").ExistsAsync());
            await orphan.WaitForExitAsync().WaitAsync(Patience);
            next.StandardInput.Close();
            await next.WaitForExitAsync().WaitAsync(Patience);
        }

        Assert.False(File.Exists(Path.Combine(files.FullName, "azurite.pid")));
    }

    private Process Start() => Process.Start(new ProcessStartInfo("node",
        [
            "azurite.mjs", "--skipApiVersionCheck", "--disableTelemetry", "--location", files.FullName,
            .. AzuritePorts.Free.Arguments,
        ])
    {
        WorkingDirectory = LocalFolders.Find(null).Tools,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Waits for the last of its services, the tables: an Azurite that is to end before that writes nothing.</summary>
    private static async Task<string> ConnectionOfAsync(Process azurite)
    {
        var ports = AzuritePorts.Free;
        using var patience = new CancellationTokenSource(Patience);
        while (await azurite.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (AzuriteProcess.Listening().Match(line) is not { Success: true } match)
            {
                continue;
            }

            var port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            switch (match.Groups["service"].Value)
            {
                case "Queue": ports = ports with { Queue = port }; break;
                case "Table": return AzuriteProcess.ConnectionStringTo(ports);
            }
        }

        throw new InvalidOperationException("Azurite has ended.");
    }
}
