using System.Collections.Concurrent;
using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SocialCard.Tests;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>
/// Somebody in front of the page. Everything is found as he finds it, by what it is and what it is called; and when he leaves, the page has
/// to have been quiet: no error, no call that the description does not list, nothing from elsewhere.
/// </summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>How long a busy machine may take for what takes a moment.</summary>
    private const float Patience = 90_000;

    private static readonly string Pictures =
        Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults", "console")).FullName;

    private readonly IBrowserContext context;
    private readonly Service service;
    private readonly ConcurrentQueue<string> faults = [];

    private Visitor(IBrowserContext context, Service service, IPage page) => (this.context, this.service, Page) = (context, service, page);

    public IPage Page { get; }

    /// <summary>The statuses that a test brings about on purpose; a browser reports each as an error.</summary>
    public HashSet<int> Expected { get; } = [];

    private Uri Address => new(service.Api, "/console/");

    public static async Task<Visitor> OpenAsync(IBrowserContext context, Service service)
    {
        context.SetDefaultTimeout(Patience);
        SetDefaultExpectTimeout(Patience);
        var visitor = new Visitor(context, service, await context.NewPageAsync());
        visitor.Watch();
        await visitor.Page.GotoAsync(visitor.Address.ToString());
        return visitor;
    }

    /// <summary>Signs in with a partner's key.</summary>
    public async Task SignInAsync(string partner)
    {
        await Page.GetByLabel("接口密钥").FillAsync($"local-{partner}-key");
        await Press("登录");
        await Expect(Page.GetByText(partner, new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Goes to a screen by the menu.</summary>
    public async Task OpenAsync(string screen)
    {
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "菜单" }).GetByRole(AriaRole.Link, new() { Name = screen, Exact = true })
            .ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = screen, Exact = true, Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Goes to a place by its address.</summary>
    /// <param name="place">What stands behind the hash.</param>
    public async Task GoToAsync(string place)
    {
        var before = await Page.EvaluateHandleAsync("document.querySelector('main > *')");
        await Page.EvaluateAsync("place => { location.hash = `#/${place}`; }", place);
        await Page.WaitForFunctionAsync("before => document.querySelector('main > *') !== before", before);
    }

    /// <summary>Looks a card up by its number.</summary>
    public async Task OpenCardAsync(string number)
    {
        await OpenAsync("查找");
        await Page.GetByLabel("卡号", new() { Exact = true }).FillAsync(number);
        await Press("打开");
        await SeesAsync($"社保卡 {number}");
    }

    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    /// <summary>Fills in what a command asks for, and sends it.</summary>
    public async Task CarryOutAsync(string command, params IEnumerable<(string Label, string Value)> values)
    {
        await Press(command);
        var dialog = Page.GetByRole(AriaRole.Dialog);
        foreach (var (label, value) in values)
        {
            await dialog.GetByLabel(label).FillAsync(value);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = command, Exact = true }).ClickAsync();
        await Expect(dialog).Not.ToBeVisibleAsync();
    }

    /// <summary>Waits until a text stands in the screen.</summary>
    public Task SeesAsync(string text) => Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>Keeps a picture of what is shown, among what CI leaves behind.</summary>
    public async Task<byte[]> PictureAsync(string name, bool whole = true)
    {
        await Page.EvaluateAsync("document.activeElement?.blur()");
        var file = Path.Combine(Pictures, $"{name}.png");
        return await Page.ScreenshotAsync(new() { Path = file, FullPage = whole, Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>Fails where axe finds something serious on what is shown.</summary>
    public async Task IsAccessibleAsync()
    {
        var found = await Page.RunAxe();
        var serious = found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(!serious.Any(), $"{Page.Url}\n{string.Join('\n', serious)}");
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        var expected = Expected.Select(status => string.Create(CultureInfo.InvariantCulture, $"status of {status}")).ToList();
        var unexpected = faults.Where(fault => !expected.Exists(status => fault.Contains(status, StringComparison.Ordinal)));
        Assert.True(!unexpected.Any(), string.Join('\n', unexpected));
    }

    private void Watch()
    {
        Page.PageError += (_, fault) => faults.Enqueue($"The page failed: {fault}");
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                faults.Enqueue($"The console says: {message.Text} ({message.Location})");
            }
        };
        Page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            var isKnown = asked.Authority == service.Api.Authority
                && (asked.AbsolutePath.StartsWith("/console", StringComparison.Ordinal)
                    || asked.AbsolutePath == "/admin/clock"
                    || asked.AbsolutePath.StartsWith("/.auth/", StringComparison.Ordinal)
                    || ApiDocument.Lists(request.Method, asked.AbsolutePath));
            if (!isKnown)
            {
                faults.Enqueue($"The page asks for what the description does not list: {request.Method} {request.Url}");
            }
        };
    }
}
