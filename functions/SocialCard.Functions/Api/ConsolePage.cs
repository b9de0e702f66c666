using System.Collections.Frozen;
using Microsoft.AspNetCore.Routing;

namespace SocialCard.Functions.Api;

/// <summary>
/// The console: the page on which people work with the service. It is a client of the API like any other, so its files need no key. They
/// are built from <c>functions/SocialCard.Console</c> and lie in this assembly, packed; nothing of the page comes from elsewhere.
/// </summary>
public static class ConsolePage
{
    private const string Folder = "console/";
    private const string Packed = ".gz";

    // A script that is not the page's, a frame around it and a form that leaves it are refused; so is HTML made of text, but by the one
    // policy of the library that draws the page and by one of the page's own, which takes nothing but the empty text.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
        + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html default";

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(ConsolePage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..^Packed.Length], Read);

    /// <summary>Gives the page, or a file of it.</summary>
    [Function(nameof(GetConsole))]
    [ExcludeFromDescription]
    public static Results<FileContentHttpResult, NotFound> GetConsole(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Folder + "{*path}")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var name = request.RouteValues["path"] is string { Length: > 0 } path ? path : "index.html";
        if (!Files.TryGetValue(name, out var content))
        {
            return TypedResults.NotFound();
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var isNamedByContent = name.StartsWith("assets/", StringComparison.Ordinal);
        return PackedFile.Answer(
            request, content, MediaTypeOf(name), isNamedByContent ? PackedFile.Immutable : PackedFile.Revalidated);
    }

    private static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new NotSupportedException($"The console has a file of a kind that is not known: {other}."),
    };

    private static byte[] Read(string name)
    {
        using var stream = typeof(ConsolePage).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
