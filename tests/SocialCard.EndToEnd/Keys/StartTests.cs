using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Functions;

namespace SocialCard.EndToEnd.Keys;

/// <summary>The app as Azure starts it, with a key ring that it cannot open.</summary>
public sealed class StartTests
{
    private const string Nowhere = "https://127.0.0.1:1/";

    [Fact]
    public async Task Without_its_key_ring_the_app_ends_with_one_line_before_it_asks_its_host_for_work()
    {
        await using var identity = await StartIdentityAsync();
        var tokens = identity.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var key = Convert.ToBase64String(new byte[32]);
        var start = new ProcessStartInfo("dotnet", typeof(SocialCardServices).Assembly.Location)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AzureWebJobsStorage__blobServiceUri"] = Nowhere,
                ["AzureWebJobsStorage__queueServiceUri"] = Nowhere,
                ["AzureWebJobsStorage__tableServiceUri"] = Nowhere,
                ["AzureWebJobsStorage__clientId"] = "8e3c1a52-3f0f-4a36-9d0f-0f5f4d1f2a11",
                ["DataProtection__BlobUri"] = Nowhere + "data-protection/keys.xml",
                ["DataProtection__KeyUri"] = "https://kv-test.vault.azure.net/keys/data-protection",
                ["IDENTITY_ENDPOINT"] = tokens,
                ["IDENTITY_HEADER"] = "of-this-test",
                ["Keys__HolderPepper"] = key,
                ["Keys__PasswordKey"] = key,
                ["Keys__RequestKey"] = key,
            },
        };
        using var app = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        var (output, error) = (app.StandardOutput.ReadToEndAsync(patience.Token), app.StandardError.ReadToEndAsync(patience.Token));
        await app.WaitForExitAsync(patience.Token);

        Assert.Equal("", await output);
        var line = Assert.Single((await error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"The key ring {Nowhere}data-protection/keys.xml cannot be read: Connection", line, StringComparison.Ordinal);
        Assert.Equal(1, app.ExitCode);
    }

    /// <summary>What Azure gives an app beside itself: tokens for its identity.</summary>
    private static async Task<WebApplication> StartIdentityAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var identity = builder.Build();
        identity.Run(context => context.Response.WriteAsJsonAsync(new
        {
            access_token = "a-token",
            expires_on = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            resource = context.Request.Query["resource"].ToString(),
            token_type = "Bearer",
        }));
        await identity.StartAsync();
        return identity;
    }
}
