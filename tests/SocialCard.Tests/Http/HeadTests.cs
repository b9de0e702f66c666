using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Functions;

namespace SocialCard.Tests.Http;

public sealed class HeadTests
{
    /// <summary>RFC 9110, 9.3.2: HEAD is GET without the body, and both are what every server takes.</summary>
    [Fact]
    public void What_can_be_read_can_be_asked_for_its_head()
    {
        var readable = typeof(SocialCardServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Methods ?? [])
            .Where(methods => methods.Contains("get") || methods.Contains("head")).ToList();

        Assert.NotEmpty(readable);
        Assert.All(readable, methods => Assert.Equal(["get", "head"], methods));
    }
}
