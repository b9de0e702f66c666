using Azure.Monitor.OpenTelemetry.Exporter;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialCard.Functions;
using SocialCard.Functions.Keys;
using SocialCard.Functions.Observability;
using SocialCard.Functions.Partners;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware(async (context, next) =>
{
    try
    {
        await next();
    }
    catch (Exception failure) when (context.GetHttpContext() is { Response.HasStarted: false } http
        && Problems.OfFailure(http.Response, failure) is { } problem)
    {
        await problem.ExecuteAsync(http);
    }
});
builder.UseWorkflowClient();

var storage = new StorageConnection(builder.Configuration);
var tables = storage.CreateTables();
builder.Services.AddSingleton(tables);
builder.Services.AddSingleton(storage.CreateQueues());
builder.Services.AddSingleton(storage.CreateRawQueues());
builder.Services.AddSingleton(storage.CreateBlobs());

// With Azurite the key ring is a folder beside its data; in Azure a blob, wrapped by a key that does not leave the vault.
if (builder.Configuration["Keys:Directory"] is { Length: > 0 } directory)
{
    builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(directory));
}
else
{
    builder.Services.AddKeyRing(
        new BlobClient(new Uri(Setting("DataProtection:BlobUri")), storage.Credential),
        new VaultKey(new Uri(Setting("DataProtection:KeyUri")), storage.Credential),
        isInUse: () => PartnerRepository.HasPartners(tables));
}

// The alerts ask Application Insights; what it gets of the worker are the metrics, which hold no personal data.
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } insights)
{
    builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter(SocialCardTelemetry.Name)
        .AddAzureMonitorMetricExporter(exporter => exporter.ConnectionString = insights));
}

#pragma warning disable RS0030 // Here the clock is chosen.
builder.Services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
builder.Services.AddSocialCard(builder.Configuration);

var app = builder.Build();
try
{
    app.Services.OpenKeyRing();
}
catch (KeyRingException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

await app.RunAsync();
return 0;

string Setting(string name) =>
    builder.Configuration[name] ?? throw new InvalidOperationException($"The setting {name} is missing.");
