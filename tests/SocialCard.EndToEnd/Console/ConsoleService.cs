using Microsoft.Playwright;

namespace SocialCard.EndToEnd.Console;

/// <summary>A service on trial, and a browser beside it: Debian's Chromium, or another that is in the path.</summary>
public sealed class ConsoleService : IAsyncLifetime
{
    public const string Collection = "The console in a browser";

    private const float StartLimitMilliseconds = 120_000;

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    internal Service Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Service = await Service.StartEphemeralAsync(("RateLimit__PerSecond", "100000"), ("RateLimit__Burst", "100000"));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = FindBrowser(), Args = ["--no-sandbox"], Timeout = StartLimitMilliseconds });
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Service.DisposeAsync();
    }

    /// <summary>Opens the page in a window of its own, as somebody does who has never been there.</summary>
    internal Task<Visitor> VisitAsync(int width = 1280, int height = 860) => VisitAsync(Service, width, height);

    /// <summary>Opens the page of another service.</summary>
    internal async Task<Visitor> VisitAsync(Service service, int width = 1280, int height = 860)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            Locale = "zh-CN",
        });
        return await Visitor.OpenAsync(context, service);
    }

    private static string FindBrowser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Browsers.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"The tests of the console need a browser in the path: {string.Join(", ", Browsers)}.");
}

[CollectionDefinition(ConsoleService.Collection)]
public sealed class SharedConsoleService : ICollectionFixture<ConsoleService>, ICollectionFixture<DemoService>;
