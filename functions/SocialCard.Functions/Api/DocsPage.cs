using System.Text;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace SocialCard.Functions.Api;

/// <summary>
/// A page on which people read the description of the API and try it with their own key. It is Scalar's, whose script lies in its
/// package, so that neither the build nor the reader fetches anything from elsewhere; its Content-Security-Policy sees to that.
/// </summary>
public static class DocsPage
{
    private const string Route = ApiRoute.V1 + "docs";
    private const string ScriptRoute = Route + "/scalar.js";

    // Scalar puts its styles into the page itself; everything else comes from this service.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The addresses are relative to the page, and so know nothing of the prefix under which it stands.
    private static readonly byte[] Html = Encoding.UTF8.GetBytes("""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <link rel="icon" href="data:,">
          <title>SocialCard API</title>
        </head>
        <body>
          <noscript>This page needs JavaScript. The description itself is at <a href="openapi.yaml">openapi.yaml</a>.</noscript>
          <script id="api-reference" data-url="openapi.yaml" data-configuration='{
            "withDefaultFonts": false, "telemetry": false, "agent": {"disabled": true}, "mcp": {"disabled": true},
            "showDeveloperTools": "never", "hideClientButton": true, "persistAuth": false,
            "authentication": {"preferredSecurityScheme": "apiKey"}, "orderSchemaPropertiesBy": "preserve"}'></script>
          <script src="docs/scalar.js"></script>
        </body>
        </html>
        """);

    private static readonly Lazy<byte[]> Script = new(ReadScript);

    /// <summary>Gives the page.</summary>
    [Function(nameof(GetDocs))]
    [ExcludeFromDescription]
    public static FileContentHttpResult GetDocs(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return PackedFile.AnswerPlain(request, Html, "text/html; charset=utf-8");
    }

    /// <summary>Gives the page's script, packed as it lies in Scalar's package unless the caller cannot unpack it.</summary>
    [Function(nameof(GetDocsScript))]
    [ExcludeFromDescription]
    public static FileContentHttpResult GetDocsScript(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ScriptRoute)] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PackedFile.Answer(request, Script.Value, "text/javascript; charset=utf-8");
    }

    private static byte[] ReadScript()
    {
        const string name = "ScalarStaticAssets.scalar.js";
        using var stream = typeof(ScalarOptions).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The package Scalar.AspNetCore carries no {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
