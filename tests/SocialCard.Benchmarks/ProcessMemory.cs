using System.Diagnostics;

namespace SocialCard.Benchmarks;

/// <summary>The memory of this process once all that is no longer used is given back.</summary>
/// <param name="Heap">The managed heap, in MiB.</param>
/// <param name="WorkingSet">What of the process stands in memory, in MiB.</param>
internal readonly record struct ProcessMemory(double Heap, double WorkingSet)
{
    private const double MiB = 1 << 20;

    public static ProcessMemory Read()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new(GC.GetTotalMemory(forceFullCollection: true) / MiB, process.WorkingSet64 / MiB);
    }

    public static ProcessMemory operator -(ProcessMemory after, ProcessMemory before) =>
        new(after.Heap - before.Heap, after.WorkingSet - before.WorkingSet);
}
