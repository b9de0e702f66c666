using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SocialCard.Functions.Api;

/// <summary>Gives integrators the descriptions of the interfaces; they hold no secret, and nobody needs a key for them.</summary>
[Tags("Descriptions")]
public static class InterfaceDescriptions
{
    /// <summary>The HTTP API and the webhooks, as OpenAPI 3.1.</summary>
    public const string OpenApi = "openapi.yaml";

    /// <summary>The queues, as AsyncAPI 3.0.</summary>
    public const string AsyncApi = "asyncapi.yaml";

    /// <summary>Gives the description of the HTTP API.</summary>
    [Function(nameof(GetOpenApi))]
    [OpenToAll]
    [FileAnswer("application/yaml", HasETag = true)]
    public static FileContentHttpResult GetOpenApi(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + OpenApi)]
        HttpRequest request) => Described(request, OpenApi);

    /// <summary>Gives the description of the queues.</summary>
    [Function(nameof(GetAsyncApi))]
    [OpenToAll]
    [FileAnswer("application/yaml", HasETag = true)]
    public static FileContentHttpResult GetAsyncApi(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + AsyncApi)]
        HttpRequest request) => Described(request, AsyncApi);

    private static FileContentHttpResult Described(HttpRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var stream = typeof(InterfaceDescriptions).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
        return TypedResults.File(content, "application/yaml", entityTag: tag);
    }
}
