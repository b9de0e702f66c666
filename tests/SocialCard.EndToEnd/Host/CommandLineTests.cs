using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace SocialCard.EndToEnd.Host;

public sealed class CommandLineTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    [Theory]
    [InlineData("--port takes a number", "--port", "70000")]
    [InlineData("--port takes a number", "--port", "high")]
    [InlineData("--bogus", "--bogus")]
    [InlineData("--ephemeral brings its own storage", "--ephemeral", "--storage", "UseDevelopmentStorage=true")]
    [InlineData("--seed and --no-seed", "--seed", "--no-seed")]
    [InlineData("--virtual-clock moves the time of one process", "--virtual-clock", "--durable", "azureStorage")]
    [InlineData("--seed demo lives through a year: add --virtual-clock", "--seed", "demo")]
    [InlineData("'elsewhere'", "--durable", "elsewhere")]
    [InlineData("connection string is malformed", "--storage", "AccountName")]
    [InlineData(
        "The storage cannot be reached at http://127.0.0.1:9",
        "--storage",
        "AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a")]
    public async Task A_faulty_command_line_ends_with_one_line_and_code_1(string message, params string[] arguments)
    {
        await using var host = HostProcess.Start(arguments);

        await RefusedAsync(host, message);
    }

    [Fact]
    public async Task Help_names_every_option_and_ends_with_code_0()
    {
        await using var host = HostProcess.Start(["--help"]);

        var (code, errors) = await host.EndAsync();

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.All(
            ["--port", "--storage", "--ephemeral", "--durable", "--virtual-clock", "--seed", "--no-seed"],
            option => Assert.Contains(host.Output, line => line.Contains(option, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_demo_wants_an_empty_storage()
    {
        await using (var first = await Service.StartOnAsync(fixture.Azurite.ConnectionString))
        {
            Assert.Equal(0, await first.StopAsync());
        }

        await using var host = HostProcess.Start(
            ["--storage", fixture.Azurite.ConnectionString, "--port", "0", "--virtual-clock", "--seed", "demo"]);

        await RefusedAsync(host, "--seed demo begins in an empty storage");
    }

    [Fact]
    public async Task A_busy_port_ends_with_one_line_and_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var host = HostProcess.Start(
            ["--storage", fixture.Azurite.ConnectionString, "--port", port.ToString(CultureInfo.InvariantCulture)]);

        await RefusedAsync(host, $"Port {port} on 127.0.0.1 is in use; choose another with --port.");
    }

    [Fact]
    public async Task Without_Node_the_host_says_what_is_missing()
    {
        await using var host = HostProcess.Start(
            ["--ephemeral", "--port", "0"], environment: new Dictionary<string, string> { ["PATH"] = AppContext.BaseDirectory });

        await RefusedAsync(host, "'node' cannot be run; Azurite needs Node.js 20 or later on the PATH.");
    }

    [Fact]
    public async Task A_second_host_on_the_same_hub_is_refused()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var first = HostProcess.Start(["--storage", azurite.ConnectionString, "--port", "0"]);
        await first.ReadyAsync();

        await using var second = HostProcess.Start(["--storage", azurite.ConnectionString, "--port", "0"]);

        await RefusedAsync(second, "hub");
    }

    [Theory]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 99 } } }""", "batchSize must be from 1 to 32")]
    [InlineData("""{ "version": """, "host.json")]
    public async Task A_faulty_host_file_ends_with_one_line_and_code_1(string json, string message)
    {
        var folder = Directory.CreateTempSubdirectory("socialcard-copy-");
        try
        {
            foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
                .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.json")))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), json);

            await using var host = HostProcess.Start(["--storage", fixture.Azurite.ConnectionString, "--port", "0"], folder.FullName);

            await RefusedAsync(host, message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_faulty_regions_file_ends_with_one_line_and_code_1()
    {
        var regions = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(regions, """{ "national": 7 }""");

            await using var host = HostProcess.Start(
                ["--storage", fixture.Azurite.ConnectionString, "--port", "0"],
                environment: new Dictionary<string, string> { ["Regions__File"] = regions });

            await RefusedAsync(host, "cannot be used. $");
        }
        finally
        {
            File.Delete(regions);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signal_stops_the_host_and_its_Azurite_in_order(bool interrupt)
    {
        await using var host = HostProcess.Start(["--ephemeral", "--virtual-clock", "--port", "0"]);
        var address = await host.ReadyAsync();
        using var http = new HttpClient();
        var health = JsonDocument.Parse(await http.GetStringAsync(new Uri(address, "/admin/health"))).RootElement;
        var azurite = Assert.Single(ChildrenOf(host.Id));

        if (interrupt)
        {
            host.Interrupt();
        }
        else
        {
            host.Terminate();
        }

        var (code, errors) = await host.EndAsync();

        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.False(IsRunning(azurite));
    }

    [Fact]
    public async Task Azurite_ends_with_a_host_that_is_killed()
    {
        await using var host = HostProcess.Start(["--ephemeral", "--port", "0"]);
        await host.ReadyAsync();
        var azurite = Assert.Single(ChildrenOf(host.Id));

        host.Kill();

        await SampleHost.EventuallyAsync(() => !IsRunning(azurite));
    }

    [Fact]
    public async Task A_host_whose_Azurite_ends_stops_with_one_line_and_code_1()
    {
        await using var host = HostProcess.Start(["--ephemeral", "--port", "0"]);
        await host.ReadyAsync();

        using (var azurite = Process.GetProcessById(Assert.Single(ChildrenOf(host.Id))))
        {
            azurite.Kill();
        }

        await RefusedAsync(host, "Azurite has ended unexpectedly");
    }

    private static async Task RefusedAsync(HostProcess host, string message)
    {
        var (code, errors) = await host.EndAsync();

        Assert.Contains(message, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    // Linux and macOS only, as are the signals of these tests.
    private static List<int> ChildrenOf(int parent)
    {
        using var list = Process.Start(
            new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        var lines = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(pair => int.Parse(pair[1], CultureInfo.InvariantCulture) == parent)
            .Select(pair => int.Parse(pair[0], CultureInfo.InvariantCulture))];
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
