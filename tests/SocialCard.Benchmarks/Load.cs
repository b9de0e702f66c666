using System.Diagnostics;

namespace SocialCard.Benchmarks;

/// <summary>How many repetitions a second were done, and how long one took.</summary>
/// <param name="PerSecond">Repetitions a second.</param>
/// <param name="P50">The median, in milliseconds.</param>
/// <param name="P99">What 99 of 100 stay under, in milliseconds.</param>
internal sealed record Load(double PerSecond, double P50, double P99)
{
    /// <summary>Repeats an action, so many at once, so many times in all.</summary>
    public static async Task<Load> MeasureAsync(int inFlight, int times, Func<int, Task> action)
    {
        var next = -1;
        var took = new double[times];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(RepeatAsync)));
        var elapsed = watch.Elapsed;
        Array.Sort(took);
        return new(times / elapsed.TotalSeconds, took[times / 2], took[times * 99 / 100]);

        async Task RepeatAsync()
        {
            while (Interlocked.Increment(ref next) is var turn && turn < times)
            {
                var start = Stopwatch.GetTimestamp();
                await action(turn);
                took[turn] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }
    }
}
