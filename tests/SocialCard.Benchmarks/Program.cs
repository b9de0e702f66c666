using BenchmarkDotNet.Running;
using SocialCard.Benchmarks;

string[] all = ["durable", "http", "idle"];
string[] asked = args.Length == 0 ? all : args;
if (asked.Except([.. all, "micro"]).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Choose among: {string.Join(' ', all)} micro.");
    return 1;
}

foreach (var name in asked)
{
    switch (name)
    {
        case "durable":
            await DurableBenchmark.RunAsync();
            break;
        case "http":
            await HttpBenchmark.RunAsync();
            break;
        case "idle":
            await IdleBenchmark.RunAsync();
            break;
        default:
            BenchmarkRunner.Run(typeof(Load).Assembly);
            break;
    }
}

return 0;
