using BenchmarkDotNet.Running;
using SocialCard.Benchmarks;

// The hot paths take the options of BenchmarkDotNet, such as --filter *Card*.
if (args is ["micro", .. var options])
{
    BenchmarkRunner.Run(typeof(Load).Assembly, null, options);
    return 0;
}

// A million workflows, or another number, fill the emulator: not one of those that run together.
if (args is ["scale", .. var number])
{
    await ScaleBenchmark.RunAsync(number.FirstOrDefault());
    return 0;
}

Dictionary<string, Func<Task>> benchmarks = new()
{
    ["durable"] = DurableBenchmark.RunAsync,
    ["http"] = HttpBenchmark.RunAsync,
    ["idle"] = IdleBenchmark.RunAsync,
    ["cost"] = CostBenchmark.RunAsync,
};
if (args.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Choose among: {string.Join(' ', benchmarks.Keys)} scale micro.");
    return 1;
}

foreach (var name in args.Length == 0 ? benchmarks.Keys : args.AsEnumerable())
    await benchmarks[name]();

return 0;
