using System.Globalization;
using BenchmarkDotNet.Running;
using SocialCard.Benchmarks;

// The hot paths take the options of BenchmarkDotNet, such as --filter *Card*.
if (args is ["micro", .. var options])
{
    BenchmarkRunner.Run(typeof(Load).Assembly, null, options);
    return 0;
}

// As many workflows as the emulator can hold, a million unless another number is given, or as many people; not among those that run
// together.
if (args is ["scale" or "holders", .. var number])
{
    var isOfPeople = args[0] == "holders";
    var text = number.FirstOrDefault(isOfPeople ? "100000" : "1000000");
    if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var many) || many < 1_000)
    {
        await Console.Error.WriteLineAsync($"{args[0]} takes the number of {(isOfPeople ? "people" : "workflows")}, at least 1000.");
        return 1;
    }

    await (isOfPeople ? HoldersBenchmark.RunAsync(many) : ScaleBenchmark.RunAsync(many));
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
    await Console.Error.WriteLineAsync(
        $"There is no benchmark '{unknown}'. Choose: {string.Join(' ', benchmarks.Keys)} scale holders micro.");
    return 1;
}

foreach (var name in args.Length == 0 ? benchmarks.Keys : args.AsEnumerable())
{
    await benchmarks[name]();
}

return 0;
