using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialCard;
using SocialCard.Http;

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

var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
if (builder.Configuration["AzureWebJobsStorage"] is { Length: > 0 } connection)
{
    builder.Services.AddSingleton(new TableServiceClient(connection));
    builder.Services.AddSingleton(new QueueServiceClient(connection, queueOptions));
}
else
{
    TokenCredential identity = new DefaultAzureCredential();
    builder.Services.AddSingleton(new TableServiceClient(new Uri(Setting("AzureWebJobsStorage:tableServiceUri")), identity));
    builder.Services.AddSingleton(new QueueServiceClient(new Uri(Setting("AzureWebJobsStorage:queueServiceUri")), identity, queueOptions));
}

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSocialCard(builder.Configuration);
await builder.Build().RunAsync();

string Setting(string name) =>
    builder.Configuration[name] ?? throw new InvalidOperationException($"The setting {name} is missing.");
