using System.Reflection;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SocialCard.Functions;
using SocialCard.Functions.Storage;

namespace SocialCard.Tests;

public sealed class SocialCardServicesTests
{
    [Fact]
    public void Every_function_can_be_made_from_the_registered_services()
    {
        var keys = Directory.CreateTempSubdirectory("socialcard-test-");
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Keys:Directory", keys.FullName)]).Build();
            var services = new ServiceCollection()
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IConfiguration>(configuration)
                .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
                .AddSingleton<ILoggerFactory, NullLoggerFactory>()
                .AddSingleton(new TableServiceClient("UseDevelopmentStorage=true"))
                .AddSingleton(new QueueServiceClient("UseDevelopmentStorage=true"))
                .AddSingleton(new RawQueues(new QueueServiceClient("UseDevelopmentStorage=true")))
                .AddSingleton(new BlobServiceClient("UseDevelopmentStorage=true"))
                .AddSocialCard(configuration);
            using var provider = services.BuildServiceProvider(
                new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

            var classes = typeof(SocialCardServices).Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method => method.GetCustomAttribute<FunctionAttribute>() is not null))
                .Where(type => !(type.IsAbstract && type.IsSealed))
                .ToList();
            Assert.NotEmpty(classes);
            Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(provider, type)));
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }
}
