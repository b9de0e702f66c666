using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.EndToEnd.Api;

/// <summary>
/// Stands between a service and its storage: notes every request, and takes the storage away when a test says so.
/// </summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly HttpMessageInvoker upstream = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentQueue<StorageCall> calls = new();
    private readonly Dictionary<int, Uri> targets = [];
    private readonly WebApplication web;
    private int answersToLose;
    private HeldTransaction? held;

    private StorageProxy()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        web = builder.Build();
        web.Run(PassOnAsync);
    }

    /// <summary>The storage as the service is to see it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether the storage is out of reach: every connection breaks off.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whose path has this in it is out of reach too.</summary>
    public string? DownFor { get; set; }

    /// <summary>The requests so far, but for those that a host sends as long as it lives: looks at its queues, and its lease.</summary>
    public IReadOnlyList<StorageCall> Calls => [.. calls.Where(call => !call.IsHeartbeat)];

    /// <summary>All the requests so far.</summary>
    public IReadOnlyList<StorageCall> AllCalls => [.. calls];

    public static async Task<StorageProxy> StartAsync(Azurite azurite)
    {
        var proxy = new StorageProxy();
        await proxy.web.StartAsync();
        var ports = proxy.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(
            address => new Uri(address).Port).ToList();
        var connection = azurite.ConnectionString;
        foreach (var (service, port) in new[] { ("QueueEndpoint=", ports[0]), ("TableEndpoint=", ports[1]) })
        {
            var start = connection.IndexOf(service, StringComparison.Ordinal) + service.Length;
            var end = connection.IndexOf(';', start) is var semicolon and >= 0 ? semicolon : connection.Length;
            var target = new Uri(connection[start..end]);
            proxy.targets[port] = target;
            connection = string.Concat(connection[..start], new UriBuilder(target) { Port = port }.Uri.ToString(), connection[end..]);
        }

        proxy.ConnectionString = connection;
        return proxy;
    }

    /// <summary>Holds the next transaction on its way there, or, its effect being done, on its way back.</summary>
    public HeldTransaction HoldTheNextTransaction(bool onItsWayBack) => held = new(onItsWayBack);

    /// <summary>Lets the next transaction through and breaks off before its answer.</summary>
    public void LoseTheNextAnswerToATransaction() => Interlocked.Exchange(ref answersToLose, 1);

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        upstream.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        calls.Enqueue(new(context.Request.Method, path[(path.IndexOf('/', 1) + 1)..]));
        if (IsDown || (DownFor is { } part && path.Contains(part, StringComparison.Ordinal)))
        {
            context.Abort();
            return;
        }

        var hold = path.EndsWith("$batch", StringComparison.Ordinal) ? Interlocked.Exchange(ref held, null) : null;
        if (hold is { IsOnItsWayBack: false })
        {
            await hold.WaitAsync(context.RequestAborted);
        }

        var target = new UriBuilder(targets[context.Connection.LocalPort]) { Path = path, Query = context.Request.QueryString.Value };
        using var request = new HttpRequestMessage(new HttpMethod(
            context.Request.Method), target.Uri)
        { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await upstream.SendAsync(request, context.RequestAborted);
        if (path.EndsWith("$batch", StringComparison.Ordinal) && Interlocked.Exchange(ref answersToLose, 0) > 0)
        {
            context.Abort();
            return;
        }

        if (hold is { IsOnItsWayBack: true })
        {
            await hold.WaitAsync(context.RequestAborted);
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

/// <summary>A transaction that is kept waiting.</summary>
internal sealed class HeldTransaction(bool onItsWayBack)
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOnItsWayBack { get; } = onItsWayBack;

    /// <summary>Waits until the transaction is there.</summary>
    /// <param name="cause">What is to lead to it, whose failure ends the waiting.</param>
    public async Task ArrivedAsync(Task cause)
    {
        if (await Task.WhenAny(arrived.Task, cause) == cause)
        {
            await cause;
            Assert.Fail("It ended without a transaction.");
        }
    }

    /// <summary>Lets it go on.</summary>
    public void Release() => released.SetResult();

    /// <summary>Keeps it until it is released or whoever sent it is gone.</summary>
    public Task WaitAsync(CancellationToken gone)
    {
        arrived.SetResult();
        return released.Task.WaitAsync(gone);
    }
}

/// <summary>One request to the storage.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the account.</param>
internal sealed record StorageCall(string Method, string Path)
{
    /// <summary>Whether a host sends it as long as it lives.</summary>
    public bool IsHeartbeat => (Method, Path) is ("GET", "card-usages/messages"
        or "civil-events/messages" or "contribution-records/messages") || IsLease || IsWatch;

    /// <summary>Whether the timer function that watches the poison queues sends it, every few minutes.</summary>
    private bool IsWatch => Method is "GET" && Path.EndsWith("-poison", StringComparison.Ordinal);

    /// <summary>Whether it renews the lease of the hub.</summary>
    public bool IsLease => Method is "PUT" or "MERGE" && Path.EndsWith("RowKey='lease')", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}";
}
