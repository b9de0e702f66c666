using System.CommandLine;
using System.Globalization;
using SocialCard.Embedded.OpenApi;
using SocialCard.Embedded.Simulation;

namespace SocialCard.Embedded;

/// <summary>The options of the embedded host, and its run from the first line on the console to the exit code.</summary>
internal static class CommandLine
{
    private const string DemoSeed = "demo";

    /// <summary>After this long, an orderly stop is given up.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the app until a signal or a failure; the exit code is 0 after an orderly stop.</summary>
    public static async Task<int> RunAsync(string[] arguments, EmbeddedApp app)
    {
        var parsed = Create(app).Parse(arguments);
        if (parsed.Errors is not [var first, ..])
        {
            return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = StopLimit, EnableDefaultExceptionHandler = false });
        }

        await Console.Error.WriteLineAsync($"{ConsoleLine.Joined(first.Message)} See --help.");
        return 1;
    }

    private static RootCommand Create(EmbeddedApp app)
    {
        var port = new Option<int>("--port")
        {
            Description = "TCP port on 127.0.0.1; 0 takes a free one.",
            HelpName = "n",
            // The port of the core tools of Azure Functions, so that clients need not know which host they talk to.
            DefaultValueFactory = _ => 7071,
            CustomParser = argument =>
            {
                if (ushort.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }

                argument.AddError($"--port takes a number from 0 to {ushort.MaxValue}.");
                return 0;
            },
        };
        var storage = new Option<string?>("--storage")
        {
            Description = "Storage connection string. Without it, the setting AzureWebJobsStorage; without that, the development storage"
                + " (UseDevelopmentStorage=true), for which the host starts Azurite if nothing listens there, with its data in .azurite.",
            HelpName = "connection",
        };
        var ephemeral = new Option<bool>("--ephemeral")
        {
            Description = "Run on a private Azurite in memory, on free ports; everything is gone at exit.",
        };
        var virtualClock = new Option<bool>("--virtual-clock")
        {
            Description = "Let POST /admin/clock move the clock forward: {\"advanceDays\":300}, {\"advance\":\"1.02:03:04\"} or"
                + " {\"to\":\"2027-03-01T00:00:00Z\"}. The time is kept over a restart.",
        };
        var durable = new Option<string>("--durable")
        {
            Description = "What stores the workflows: embedded, for one process, or azureStorage, the backend of the Azure deployment,"
                + " which several processes on one storage share.",
            DefaultValueFactory = _ => "embedded",
        }.AcceptOnlyFromAmong("embedded", "azureStorage");
        var seed = new Option<string?>("--seed")
        {
            Description = "Load the sample partners of infra/embedded/sample-data where there are none (on for a storage on this machine);"
                + " demo: and let a city of 300 cards live through a year.",
            HelpName = "true|false|demo",
            Arity = ArgumentArity.ZeroOrOne,
        };
        seed.AcceptOnlyFromAmong("true", "false", DemoSeed);
        var noSeed = new Option<bool>("--no-seed") { Description = "Load no sample partners." };

        RootCommand command = new("SocialCard on one machine: the functions, their durable engine and, if need be, the storage emulator.")
        {
            port, storage, ephemeral, durable, virtualClock, seed, noSeed, OpenApiCommand.Create(), SimulateCommand.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(ephemeral) && result.GetResult(storage) is not null)
            {
                result.AddError("--ephemeral brings its own storage; leave out --storage.");
            }

            if (result.GetValue(virtualClock) && result.GetValue(durable) == "azureStorage")
            {
                result.AddError("--virtual-clock moves the time of one process; --durable azureStorage is for several.");
            }

            if (result.GetValue(seed) == DemoSeed && !result.GetValue(virtualClock))
            {
                result.AddError("--seed demo lives through a year: add --virtual-clock.");
            }

            if (result.GetValue(noSeed) && result.GetResult(seed) is not null)
            {
                result.AddError("--seed and --no-seed exclude each other.");
            }
        });
        command.SetAction((parsed, stop) => RunAsync(app, new EmbeddedHostOptions
        {
            Port = parsed.GetValue(port),
            Storage = parsed.GetValue(storage),
            Ephemeral = parsed.GetValue(ephemeral),
            Durable = Enum.Parse<DurableProvider>(parsed.GetValue(durable)!, ignoreCase: true),
            VirtualClock = parsed.GetValue(virtualClock),
            Seed = parsed.GetValue(noSeed) ? false
                : parsed.GetResult(seed) is { Implicit: false } ? parsed.GetValue(seed) is not "false" : null,
            Demo = parsed.GetValue(seed) is DemoSeed,
            Progress = Console.Out,
        }, stop));
        return command;
    }

    private static async Task<int> RunAsync(EmbeddedApp app, EmbeddedHostOptions options, CancellationToken stop)
    {
        try
        {
            await using var host = await EmbeddedHost.StartAsync(options, app, stop);
            Console.WriteLine(host.ReadyLine);
            if (await Task.WhenAny(host.Failure, Task.Delay(Timeout.Infinite, stop)) is Task<string> failure)
            {
                await Console.Error.WriteLineAsync(await failure);
                return 1;
            }

            Console.WriteLine("Stopping.");
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (HostStartException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
