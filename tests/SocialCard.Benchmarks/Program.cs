using System.Globalization;
using BenchmarkDotNet.Running;
using SocialCard.Benchmarks;

// The hot paths take the options of BenchmarkDotNet, such as --filter *Card*.
if (args is ["micro", .. var options])
{
    BenchmarkRunner.Run(typeof(Load).Assembly, null, options);
    return 0;
}

// As many workflows as the emulator can hold, a million unless another number is given; not among those that run together.
if (args is ["scale", .. var number])
{
    var text = number.FirstOrDefault("1000000");
    if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var instances) || instances < 1_000)
    {
        await Console.Error.WriteLineAsync("scale takes the number of workflows, at least 1000.");
        return 1;
    }

    await ScaleBenchmark.RunAsync(instances);
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
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Choose: {string.Join(' ', benchmarks.Keys)} scale micro.");
    return 1;
}

foreach (var name in args.Length == 0 ? benchmarks.Keys : args.AsEnumerable())
{
    await benchmarks[name]();
}

return 0;
